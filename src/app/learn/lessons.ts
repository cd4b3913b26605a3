import architecture from './pages/architecture.md';
import bestPractices from './pages/best-practices.md';
import compare from './pages/compare.md';
import continuous from './pages/continuous.md';
import controlPlane from './pages/control-plane.md';
import flameGraph from './pages/flame-graph.md';
import overhead from './pages/overhead.md';
import sampling from './pages/sampling.md';
import sdkEbpf from './pages/sdk-ebpf.md';
import signals from './pages/signals.md';
import traces from './pages/traces.md';
import types from './pages/types.md';

/** The pages by their part of the address, in the order in which one reads them. Written as runbooks are. */
export const LESSONS: Readonly<Record<string, string>> = {
  signals,
  continuous,
  types,
  sampling,
  'flame-graph': flameGraph,
  compare,
  traces,
  overhead,
  'sdk-ebpf': sdkEbpf,
  architecture,
  'control-plane': controlPlane,
  'best-practices': bestPractices,
};

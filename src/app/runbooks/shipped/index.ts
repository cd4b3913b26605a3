import type { ShippedRunbook } from '../../../links/runbookUrl';

import apiServerLatency from './api-server-latency.md';
import blockingIo from './blocking-io.md';
import controllerManagerSlow from './controller-manager-slow.md';
import cpuRegressionAfterDeploy from './cpu-regression-after-deploy.md';
import cpuSaturation from './cpu-saturation.md';
import cpuThrottling from './cpu-throttling.md';
import deadlock from './deadlock.md';
import etcdMemory from './etcd-memory.md';
import gcPressure from './gc-pressure.md';
import goroutineLeak from './goroutine-leak.md';
import ingesterDown from './ingester-down.md';
import kubeletCpu from './kubelet-cpu.md';
import latencyWithoutCpu from './latency-without-cpu.md';
import lockContention from './lock-contention.md';
import memoryLeak from './memory-leak.md';
import nativeMemory from './native-memory.md';
import objectStorage from './object-storage.md';
import outOfMemory from './out-of-memory.md';
import profilesDropped from './profiles-dropped.md';
import profilingGaps from './profiling-gaps.md';
import profilingOverhead from './profiling-overhead.md';
import schedulerQueue from './scheduler-queue.md';
import slowQueries from './slow-queries.md';
import threadLeak from './thread-leak.md';

/** Front matter and Markdown of each runbook that comes with the app, in the order of the list. */
export const SHIPPED_TEXTS: Readonly<Record<ShippedRunbook, string>> = {
  'cpu-regression-after-deploy': cpuRegressionAfterDeploy,
  'cpu-throttling': cpuThrottling,
  'cpu-saturation': cpuSaturation,
  'memory-leak': memoryLeak,
  'out-of-memory': outOfMemory,
  'native-memory': nativeMemory,
  'gc-pressure': gcPressure,
  'goroutine-leak': goroutineLeak,
  'thread-leak': threadLeak,
  deadlock,
  'lock-contention': lockContention,
  'blocking-io': blockingIo,
  'latency-without-cpu': latencyWithoutCpu,
  'profiling-gaps': profilingGaps,
  'api-server-latency': apiServerLatency,
  'scheduler-queue': schedulerQueue,
  'etcd-memory': etcdMemory,
  'controller-manager-slow': controllerManagerSlow,
  'kubelet-cpu': kubeletCpu,
  'ingester-down': ingesterDown,
  'profiles-dropped': profilesDropped,
  'slow-queries': slowQueries,
  'object-storage': objectStorage,
  'profiling-overhead': profilingOverhead,
};

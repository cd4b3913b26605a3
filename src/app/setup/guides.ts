import { t } from '@grafana/i18n';

import anyAlloyEbpf from './guides/any-alloy-ebpf.md';
import anyOtelEbpf from './guides/any-otel-ebpf.md';
import anyOthers from './guides/any-others.md';
import dotnetRecord from './guides/dotnet-record.md';
import dotnetSdk from './guides/dotnet-sdk.md';
import goPull from './guides/go-pull.md';
import goRecord from './guides/go-record.md';
import goSdk from './guides/go-sdk.md';
import javaAlloy from './guides/java-alloy.md';
import javaRecord from './guides/java-record.md';
import javaSdk from './guides/java-sdk.md';
import nodeRecord from './guides/node-record.md';
import nodeSdk from './guides/node-sdk.md';
import pythonRecord from './guides/python-record.md';
import pythonSdk from './guides/python-sdk.md';
import rubyRecord from './guides/ruby-record.md';
import rubySdk from './guides/ruby-sdk.md';
import rustRecord from './guides/rust-record.md';
import rustSdk from './guides/rust-sdk.md';

export const LANGUAGES = ['go', 'java', 'python', 'node', 'ruby', 'rust', 'dotnet', 'any'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Way = 'sdk' | 'pull' | 'ebpf' | 'otel' | 'others' | 'record';

/** How to get profiles of a program in one language, in one way. */
export interface Guide {
  language: Language;
  way: Way;
  /** Markdown; {{service}} and {{address}} are filled in. */
  text: string;
  /** Page of the tool's own documentation, against which names and options were checked. */
  documentation: string;
}

const PYROSCOPE = 'https://grafana.com/docs/pyroscope/latest/configure-client/';

export const GUIDES: readonly Guide[] = [
  { language: 'go', way: 'sdk', text: goSdk, documentation: `${PYROSCOPE}language-sdks/go_push/` },
  { language: 'go', way: 'pull', text: goPull, documentation: `${PYROSCOPE}grafana-alloy/go_pull/` },
  { language: 'go', way: 'record', text: goRecord, documentation: 'https://pkg.go.dev/net/http/pprof' },
  { language: 'java', way: 'sdk', text: javaSdk, documentation: `${PYROSCOPE}language-sdks/java/` },
  { language: 'java', way: 'pull', text: javaAlloy, documentation: `${PYROSCOPE}grafana-alloy/java/` },
  {
    language: 'java',
    way: 'record',
    text: javaRecord,
    documentation: 'https://github.com/async-profiler/async-profiler',
  },
  { language: 'python', way: 'sdk', text: pythonSdk, documentation: `${PYROSCOPE}language-sdks/python/` },
  { language: 'python', way: 'record', text: pythonRecord, documentation: 'https://github.com/benfred/py-spy' },
  { language: 'node', way: 'sdk', text: nodeSdk, documentation: `${PYROSCOPE}language-sdks/nodejs/` },
  { language: 'node', way: 'record', text: nodeRecord, documentation: 'https://nodejs.org/api/cli.html#--cpu-prof' },
  { language: 'ruby', way: 'sdk', text: rubySdk, documentation: `${PYROSCOPE}language-sdks/ruby/` },
  { language: 'ruby', way: 'record', text: rubyRecord, documentation: 'https://rbspy.github.io/' },
  { language: 'rust', way: 'sdk', text: rustSdk, documentation: `${PYROSCOPE}language-sdks/rust/` },
  { language: 'rust', way: 'record', text: rustRecord, documentation: 'https://docs.rs/pprof' },
  { language: 'dotnet', way: 'sdk', text: dotnetSdk, documentation: `${PYROSCOPE}language-sdks/dotnet/` },
  {
    language: 'dotnet',
    way: 'record',
    text: dotnetRecord,
    documentation: 'https://learn.microsoft.com/dotnet/core/diagnostics/dotnet-trace',
  },
  { language: 'any', way: 'ebpf', text: anyAlloyEbpf, documentation: `${PYROSCOPE}grafana-alloy/ebpf/` },
  { language: 'any', way: 'otel', text: anyOtelEbpf, documentation: `${PYROSCOPE}opentelemetry/ebpf-profiler/` },
  { language: 'any', way: 'others', text: anyOthers, documentation: 'https://www.parca.dev/docs/parca-agent/' },
];

/** The guides of a language, the recommended one first. */
export function guidesOf(language: Language): Guide[] {
  return GUIDES.filter((guide) => guide.language === language);
}

/** A name is the same in every language of the page, but for the last. */
export function languageName(language: Language): string {
  const names = {
    go: 'Go',
    java: 'Java',
    python: 'Python',
    node: 'Node.js',
    ruby: 'Ruby',
    rust: 'Rust',
    dotnet: '.NET',
  };
  return language === 'any' ? t('app.setup.any', 'Anything (eBPF)') : names[language];
}

export function wayName(way: Way): string {
  switch (way) {
    case 'sdk':
      return t('app.setup.way.sdk', 'SDK that pushes');
    case 'pull':
      return t('app.setup.way.pull', 'Collector that pulls');
    case 'ebpf':
      return t('app.setup.way.ebpf', 'Grafana Alloy, eBPF');
    case 'otel':
      return t('app.setup.way.otel', 'OpenTelemetry, eBPF');
    case 'others':
      return t('app.setup.way.others', 'Other sources');
    case 'record':
      return t('app.setup.way.record', 'Record with a command');
  }
}

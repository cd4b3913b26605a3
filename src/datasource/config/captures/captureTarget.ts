/** A capture target as jsonData has it; the backend's names (pkg/capture/settings.go). */
export interface StoredTarget {
  /** Never changed: the secrets' keys hold it. */
  id: string;
  name?: string;
  kind?: string;
  url?: string;
  instances?: Array<{ name?: string; url: string }>;
  path?: string;
  labels?: Record<string, string>;
  mostSeconds?: number;
  atOnce?: number;
  basicAuthUser?: string;
  tlsServerName?: string;
  tlsSkipVerify?: boolean;
}

export const SECRETS = ['bearerToken', 'basicAuthPassword', 'tlsCACert', 'tlsClientCert', 'tlsClientKey'] as const;

export type SecretName = (typeof SECRETS)[number];

/** Key of a target's secret in secureJsonData. */
export function secretKey(id: string, secret: SecretName): string {
  return `capture.${id}.${secret}`;
}

/** What a kind of program usually is: where it serves profiles, and what it takes to be let in. */
export interface TargetPreset {
  kind: string;
  /** Its name is the same in every language. */
  name: string;
  url: string;
  secrets: readonly SecretName[];
}

/** Ports, paths and authentication as the programs ship; docs/captures.md has the sources and what else to set. */
export const PRESETS: readonly TargetPreset[] = [
  { kind: 'go', name: 'Go (net/http/pprof)', url: 'http://localhost:6060', secrets: [] },
  {
    kind: 'kube-apiserver',
    name: 'kube-apiserver',
    url: 'https://kubernetes.default.svc:6443',
    secrets: ['bearerToken', 'tlsCACert'],
  },
  {
    kind: 'kube-scheduler',
    name: 'kube-scheduler',
    url: 'https://control-plane:10259',
    secrets: ['bearerToken', 'tlsCACert'],
  },
  {
    kind: 'kube-controller-manager',
    name: 'kube-controller-manager',
    url: 'https://control-plane:10257',
    secrets: ['bearerToken', 'tlsCACert'],
  },
  { kind: 'kubelet', name: 'kubelet', url: 'https://node-1:10250', secrets: ['bearerToken', 'tlsCACert'] },
  {
    kind: 'etcd',
    name: 'etcd',
    url: 'https://control-plane:2379',
    secrets: ['tlsCACert', 'tlsClientCert', 'tlsClientKey'],
  },
  { kind: 'coredns', name: 'CoreDNS', url: 'http://kube-dns.kube-system.svc:6053', secrets: [] },
  { kind: 'prometheus', name: 'Prometheus', url: 'http://prometheus:9090', secrets: [] },
  { kind: 'grafana', name: 'Grafana', url: 'http://localhost:6060', secrets: [] },
  { kind: 'pyroscope', name: 'Pyroscope', url: 'http://pyroscope:4040', secrets: [] },
];

/** A target made of a preset, under an id that no other has. */
export function targetOfPreset({ kind, name, url }: TargetPreset, others: readonly StoredTarget[]): StoredTarget {
  const isTaken = (id: string) => others.some((other) => other.id === id);
  let id = kind;
  for (let number = 2; isTaken(id); number++) {
    id = `${kind}-${number}`;
  }
  return { id, kind, name: id === kind ? name : `${name} ${id.slice(kind.length + 1)}`, url };
}

/** Lines `name=value`; lines without a name are left out. */
export function readLabels(text: string): Record<string, string> {
  const pairs = text.split('\n').map((line) => {
    const [name = '', ...value] = line.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

export function writeLabels(labels: Record<string, string> = {}): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** Lines `url` or `name url`. */
export function readInstances(text: string): NonNullable<StoredTarget['instances']> {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '')
    .map((words) =>
      words.length > 1 ? { name: words.slice(0, -1).join(' '), url: words[words.length - 1] } : { url: words[0] }
    );
}

export function writeInstances(instances: StoredTarget['instances'] = []): string {
  return instances.map(({ name, url }) => [name, url].filter(Boolean).join(' ')).join('\n');
}

/** Whether an address is one that the backend takes. */
export function isAddress(text: string): boolean {
  if (!/^https?:\/\/[^/?#]+(\/[^?#]*)?$/.test(text)) {
    return false;
  }
  try {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  } catch {
    return false;
  }
}

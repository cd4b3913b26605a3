import { t } from '@grafana/i18n';

import type { CaptureMode, ProfileName } from './profileKinds';

/** A usual problem of a control plane: whose profiles to take, and what to look for in them. */
export interface Scenario {
  id: string;
  title: string;
  /** Kind of the target. */
  kind: string;
  captures: ScenarioCapture[];
  lookFor: string;
}

interface ScenarioCapture {
  profile: ProfileName;
  mode: CaptureMode;
  seconds: number;
}

const CPU: ScenarioCapture = { profile: 'cpu', mode: 'once', seconds: 30 };
const GOROUTINES: ScenarioCapture = { profile: 'goroutine', mode: 'once', seconds: 0 };
const HEAP: ScenarioCapture = { profile: 'heap', mode: 'once', seconds: 0 };

/** What was added in some seconds. */
const added = (profile: ProfileName, seconds: number): ScenarioCapture => ({ profile, mode: 'delta', seconds });

export function scenarios(): Scenario[] {
  return [
    {
      id: 'apiserver-latency',
      title: t('app.captures.scenario.apiserver', 'API server is slow'),
      kind: 'kube-apiserver',
      captures: [CPU, GOROUTINES, added('mutex', 10)],
      lookFor: t(
        'app.captures.scenario.apiserver-look',
        'CPU: encoding of large lists (json, protobuf, conversion), admission webhooks, x509 verification. Goroutines: thousands under etcd3 or the watch cache mean that etcd or slow watchers hold requests up; many under the fair-queueing filter mean that requests wait for their turn. Mutex: the lock of the watch cache.'
      ),
    },
    {
      id: 'scheduler-queue',
      title: t('app.captures.scenario.scheduler', 'Scheduler’s queue grows'),
      kind: 'kube-scheduler',
      captures: [CPU, GOROUTINES, added('block', 10)],
      lookFor: t(
        'app.captures.scenario.scheduler-look',
        'CPU: which plugin’s Filter or Score is widest (affinity between pods and topology spread cost most in large clusters), and the snapshot of the cache. Goroutines: many in bind wait for the API server, not for the scheduler. Block needs --contention-profiling.'
      ),
    },
    {
      id: 'etcd-memory',
      title: t('app.captures.scenario.etcd', 'etcd takes memory'),
      kind: 'etcd',
      captures: [HEAP, added('allocs', 30), GOROUTINES],
      lookFor: t(
        'app.captures.scenario.etcd-look',
        'Memory in use: the index of keys (mvcc, btree) grows with revisions that are not compacted, watch streams with slow watchers. Added: range requests of whole prefixes, lists without a limit. The mapped database is not in the heap: look at its size and defragment.'
      ),
    },
    {
      id: 'controller-manager-slow',
      title: t('app.captures.scenario.controller-manager', 'Controllers lag behind'),
      kind: 'kube-controller-manager',
      captures: [CPU, GOROUTINES, HEAP],
      lookFor: t(
        'app.captures.scenario.controller-manager-look',
        'CPU: which controller’s sync is widest; garbage collection and endpoint slices are usual. Goroutines: workers in the rate limiter of client-go are throttled by --kube-api-qps. Heap: caches of the informers grow with the objects of the cluster.'
      ),
    },
    {
      id: 'node-cpu',
      title: t('app.captures.scenario.kubelet', 'Kubelet takes CPU on a node'),
      kind: 'kubelet',
      captures: [CPU, GOROUTINES, HEAP],
      lookFor: t(
        'app.captures.scenario.kubelet-look',
        'CPU: cAdvisor reading the statistics of containers (many cgroups, exec probes every second), listing of containers by PLEG, image garbage collection. Goroutines: many in probes mean that exec probes hang. If the kubelet is idle, the node’s CPU goes to containers: look at their profiles.'
      ),
    },
  ];
}

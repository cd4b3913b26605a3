import { t } from '@grafana/i18n';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import { RAW } from '../../flamegraph/raw';

import type { Coverage, CoveredService, NotableLabel } from './readCoverage';

/** Something that a service lacks or does wrong, what that makes impossible, and what to do about it. */
export interface Gap {
  kind: 'version' | 'instance' | 'namespace' | 'silent' | 'cumulative' | 'ids' | 'many';
  what: string;
  impossible: string;
  cure: string;
}

/** How long a service may send nothing, in ms, before it counts as silent: some SDKs send once a minute, late. */
export const SILENT_AFTER = 5 * 60_000;

/**
 * What is missing of one service.
 *
 * @param end end of the range that was looked at, in ms since the epoch
 */
export function gapsOf(service: CoveredService, { labels }: Coverage, end: number): Gap[] {
  return [
    ...silences(service, end),
    ...missingLabels(service),
    ...totals(service),
    ...labels.filter(({ services }) => services.includes(service.name)).map(tooMuch),
  ];
}

function silences({ types }: CoveredService, end: number): Gap[] {
  const silent = types.filter(({ last }) => last > 0 && end - last > SILENT_AFTER);
  if (silent.length === 0) {
    return [];
  }
  const since = Math.max(...silent.map(({ last }) => last));
  const names = silent.map(({ id }) => describeProfileType(id).title).join(', ');
  const isAll = silent.length === types.length;
  return [
    {
      kind: 'silent',
      what: isAll
        ? t('app.coverage.gap.silent', 'Silent since {{since}}', { since: clock(since), ...RAW })
        : t('app.coverage.gap.silent-types', 'Silent since {{since}}: {{names}}', {
            since: clock(since),
            names,
            ...RAW,
          }),
      impossible: t(
        'app.coverage.gap.silent-impossible',
        'Nothing newer can be seen, compared or alerted on. No profiles must not look like health.'
      ),
      cure: t(
        'app.coverage.gap.silent-cure',
        'Is the program still running, did its address of the profile server change, does the server refuse its profiles? The alert rule “no profiles received” tells next time.'
      ),
    },
  ];
}

function missingLabels({ version, instance, namespace }: CoveredService): Gap[] {
  const gaps: Gap[] = [];
  if (version === '') {
    gaps.push({
      kind: 'version',
      what: t('app.coverage.gap.version', 'No label of the version'),
      impossible: t(
        'app.coverage.gap.version-impossible',
        'Deploys are not marked, versions cannot be compared, and no regression can be blamed on a deploy.'
      ),
      cure: t(
        'app.coverage.gap.version-cure',
        'Give the SDK or the collector a label “version”, from the build or the image’s tag.'
      ),
    });
  }
  if (instance === '') {
    gaps.push({
      kind: 'instance',
      what: t('app.coverage.gap.instance', 'No label of the pod or host'),
      impossible: t(
        'app.coverage.gap.instance-impossible',
        'Memory and goroutines are shown as a mean per profile, not as what is in use; a regression of one pod cannot be told from one of all.'
      ),
      cure: t('app.coverage.gap.instance-cure', 'Give it a label “pod”, or “instance” outside Kubernetes.'),
    });
  }
  if (namespace === '') {
    gaps.push({
      kind: 'namespace',
      what: t('app.coverage.gap.namespace', 'No label of the namespace'),
      impossible: t(
        'app.coverage.gap.namespace-impossible',
        'Services of one name in several namespaces or environments are added up.'
      ),
      cure: t('app.coverage.gap.namespace-cure', 'Give it a label “namespace”.'),
    });
  }
  return gaps;
}

function totals({ types }: CoveredService): Gap[] {
  const growing = types.filter(({ cumulative }) => cumulative);
  if (growing.length === 0) {
    return [];
  }
  const names = growing.map(({ id }) => describeProfileType(id).title).join(', ');
  return [
    {
      kind: 'cumulative',
      what: t('app.coverage.gap.cumulative', 'Totals since the start: {{names}}', { names, ...RAW }),
      impossible: t(
        'app.coverage.gap.cumulative-impossible',
        'Each pull adds the whole life of the process again. Series, comparisons and regressions of these types are refused.'
      ),
      cure: t(
        'app.coverage.gap.cumulative-cure',
        'Pull the delta endpoints of godeltaprof in place of the plain ones, or push with the SDK.'
      ),
    },
  ];
}

function tooMuch({ name, values, ids, examples }: NotableLabel): Gap {
  const known = { name, values, examples: examples.join(', '), ...RAW };
  const impossible = t(
    'app.coverage.gap.many-impossible',
    'Every value is a series of its own: storage and queries become slow and dear, and a series by this label shows a fraction of it.'
  );
  return ids
    ? {
        kind: 'ids',
        what: t('app.coverage.gap.ids', 'Label “{{name}}” holds ids, e.g. {{examples}}', known),
        impossible,
        cure: t(
          'app.coverage.gap.ids-cure',
          'Send the route’s pattern (/orders/:id) in place of the address; keep ids of tenants and users out of labels, or out of all but the largest.'
        ),
      }
    : {
        kind: 'many',
        what: t('app.coverage.gap.many', 'Label “{{name}}” has {{values}} values', known),
        impossible,
        cure: t('app.coverage.gap.many-cure', 'Drop the label at the collector, or group its values.'),
      };
}

function clock(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

import type { PluginExtensionAddedLinkConfig, RawTimeRange, ScopedVars } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config, getTemplateSrv, locationService } from '@grafana/runtime';

import { profilesUrl, tracesUrl } from '../../links/appUrl';
import { DATASOURCE_TYPE, type LinkedRange } from '../../links/linked';
import pluginJson from '../../plugin.json';

import { type AnyQuery, profiledServiceOf, serviceOfLabels } from './profiledService';
import { profileUrlOfTrace, type TraceContext, tracesToProfilesOf } from './profiledTrace';

/** A panel of a dashboard, or a pane of Explore. */
interface QueriesContext {
  targets?: readonly AnyQuery[];
  timeRange?: Readonly<RawTimeRange>;
  scopedVars?: ScopedVars;
  /** The last answers. Their request names the data source of each query, which a panel's own queries may leave out. */
  data?: { request?: { targets?: readonly AnyQuery[] } };
}

interface AlertContext {
  instance?: { labels?: Record<string, string> };
}

const [ofQueries, ofAlert, ofTrace, ofSpans] = pluginJson.extensions.addedLinks;

/** Range of the profile that an alert leads to. */
const LAST_HOUR: LinkedRange = { from: 'now-1h', to: 'now' };

/** Panels and panes with queries about a service: its profile in the same range. */
const profileOfQueries: PluginExtensionAddedLinkConfig<QueriesContext> = {
  ...ofQueries,
  icon: 'gf-grid',
  path: profilesUrl(),
  configure: (context) => {
    const fillIn = (text: string) => getTemplateSrv().replace(text, context?.scopedVars);
    const queries = [...(context?.targets ?? []), ...(context?.data?.request?.targets ?? [])];
    const service = profiledServiceOf(queries, fillIn);
    return (
      service && {
        // Grafana's menus cut off titles of 25 characters or more.
        title: t('app.extensions.service', 'Profile of this service'),
        path: profilesUrl({ ...service, range: linkedRange(context?.timeRange) }),
      }
    );
  },
};

/** Alerts that name a service in their labels. */
const profileOfAlert: PluginExtensionAddedLinkConfig<AlertContext> = {
  ...ofAlert,
  icon: 'gf-grid',
  path: profilesUrl(),
  configure: (context) => {
    const service = serviceOfLabels(context?.instance?.labels);
    return service === undefined
      ? undefined
      : {
          title: t('app.extensions.alert', 'Profile of this service'),
          path: profilesUrl({ service, range: LAST_HOUR }),
        };
  },
};

/** Traces of which spans carry a profile id. A link of an app leads into the app only, so Explore is opened by hand. */
const profileOfTrace: PluginExtensionAddedLinkConfig<TraceContext> = {
  ...ofTrace,
  icon: 'gf-grid',
  configure: (context) =>
    context && urlOfTrace(context) !== undefined
      ? { title: t('app.extensions.trace', 'Profile of this trace') }
      : undefined,
  onClick: (_, { context }) => {
    const url = context && urlOfTrace(context);
    if (url !== undefined) {
      locationService.push(url);
    }
  },
};

/** The same traces in the app: each span with the profile that its samples are in. */
const profilesOfSpans: PluginExtensionAddedLinkConfig<TraceContext> = {
  ...ofSpans,
  icon: 'list-ul',
  path: tracesUrl(),
  configure: (context) =>
    context?.datasource?.type === 'tempo' && urlOfTrace(context) !== undefined
      ? { title: t('app.extensions.spans', 'Profiles of its spans'), path: spansUrl(context) }
      : undefined,
};

export const addedLinks = { profileOfQueries, profileOfAlert, profileOfTrace, profilesOfSpans };

/** The screen's range holds the trace, for its own links to Tempo. */
function spansUrl({ traceID, datasource, startTime, endTime }: TraceContext): string {
  const range =
    startTime !== undefined && endTime !== undefined
      ? { from: Math.floor(startTime / 1000), to: Math.ceil(endTime / 1000) }
      : undefined;
  return tracesUrl({ tracesUid: datasource?.uid, traceId: traceID, range });
}

function urlOfTrace(trace: TraceContext): string | undefined {
  const sources = Object.values(config.datasources);
  const traces = sources.find(({ uid }) => uid === trace.datasource?.uid);
  const settings = tracesToProfilesOf(traces?.jsonData);
  const ours = sources.filter(({ type }) => type === DATASOURCE_TYPE);
  // Settings may name core's data source; its profiles are not ours to open.
  const isOurs = ours.some(({ uid }) => uid === settings?.datasourceUid);
  return profileUrlOfTrace(trace, isOurs ? settings : { ...settings, datasourceUid: undefined }, ours[0]?.uid);
}

function linkedRange(range: Readonly<RawTimeRange> | undefined): LinkedRange | undefined {
  const text = (time: RawTimeRange['from']) => (typeof time === 'string' ? time : time.valueOf());
  return range && { from: text(range.from), to: text(range.to) };
}

import { css } from '@emotion/css';
import React, { useEffect, useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { SceneAppPage, type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import { spanOf } from '../../../datasource/resources/span';
import { firstChoice } from '../../../datasource/profileTypes/profileType';
import { runbookUrl } from '../../../links/runbookUrl';
import { useDatasourceUid } from '../../screen/datasourceOf';
import { NoDatasource } from '../../screen/NoDatasource';
import { LiveBlockView } from '../blocks/LiveBlockView';
import { BlockProblem } from '../blocks/BlockProblem';
import type { LibraryEntry } from '../model/library';
import type { Runbook } from '../model/runbook';
import type { PlaceholderValues } from '../model/placeholders';
import { sectionsOf } from '../text/headings';
import { Markdown } from '../text/Markdown';

import { ExampleBar } from './ExampleBar';
import { Faults } from './Faults';
import { IncidentBar } from './IncidentBar';
import { OpenedLibrary } from './OpenedLibrary';
import { RunbookContext, type RunbookContextValue } from './RunbookContext';
import type { RunbookScene } from './RunbookScene';
import { screenUrlOf, shownIncident } from './screenLinks';
import { Sections } from './Sections';
import { UnknownRunbook } from './UnknownRunbook';
import { useChecklist } from './useChecklist';
import { type Found, useEvidence } from './useEvidence';
import { useLabels } from './useLabels';
import { useLibrary } from './useLibrary';

/** A runbook's page below its head. */
export function RunbookView({ model }: SceneComponentProps<RunbookScene>) {
  const { slug, settings, lesson } = model.useState();
  const opened = useLibrary(lesson ? undefined : settings.runbooks, lesson?.load);
  const datasourceUid = useDatasourceUid(model);
  return (
    <OpenedLibrary
      opened={opened}
      loading={lesson ? t('app.learn.opening', 'Opening the page…') : t('app.runbooks.loading', 'Opening the runbook…')}
      notLoaded={
        lesson
          ? t('app.learn.not-loaded', 'The pages could not be loaded')
          : t('app.runbooks.not-loaded', 'The runbooks could not be loaded')
      }
    >
      {({ entries }) => {
        const entry = entries.find(({ runbook }) => runbook.slug === slug);
        return entry ? (
          <OpenRunbook key={slug} model={model} entry={entry} datasourceUid={datasourceUid} />
        ) : (
          <UnknownRunbook slug={slug} runbooks={entries.map(({ runbook }) => runbook)} />
        );
      }}
    </OpenedLibrary>
  );
}

interface Props {
  model: RunbookScene;
  entry: LibraryEntry;
  datasourceUid: string;
}

function OpenRunbook({ model, entry, datasourceUid }: Props) {
  const styles = useStyles2(getStyles);
  const { runbook, text } = entry;
  const { incident, probe, lesson } = model.useState();
  const { value: timeRange, from } = sceneGraph.getTimeRange(model).useState();
  const range = spanOf(timeRange);
  const found = useEvidence({ datasourceUid, incident, frontMatter: runbook, range, findExample: lesson?.findExample });
  const { evidence, profileTypeId, service, services } = found;
  const labels = useLabels(datasourceUid, text, evidence);
  const { ticked, toggle } = useChecklist(runbook.slug, [
    service,
    incident.functionName,
    // A range that moves along is one and the same incident.
    /^\d|Z$/.test(from) ? range.start : undefined,
  ]);

  useEffect(() => model.open(runbook), [model, runbook]);
  useEffect(
    () => sceneGraph.getAncestor(model, SceneAppPage).setState({ title: runbook.title, subTitle: runbook.summary }),
    [model, runbook]
  );
  useEffect(() => {
    if (evidence) {
      model.look(evidence);
    }
  }, [model, evidence]);
  const probed =
    profileTypeId ?? firstChoice(services.services.find(({ name }) => name === service)?.profileTypes ?? []);
  useEffect(() => {
    if (service !== undefined && probed !== undefined) {
      probe.ask(service, probed);
    }
  }, [probe, service, probed]);

  const context = useMemo((): RunbookContextValue => {
    const shown = { datasourceUid, evidence, profileTypeId };
    return {
      values: valuesOf(datasourceUid, found, incident, labels),
      screenUrl: (screen, type = profileTypeId) => screenUrlOf(screen, { ...shown, profileTypeId: type }),
      runbookUrl: (slug) => runbookUrl(slug, shownIncident(incident, datasourceUid, evidence)),
      ticked,
      toggle,
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- of `found` only these parts count
  }, [datasourceUid, evidence, profileTypeId, service, incident, labels, ticked, toggle]);

  return (
    <RunbookContext.Provider value={context}>
      <div className={styles.page}>
        {datasourceUid === '' ? (
          <NoDatasource />
        ) : lesson ? (
          hasPictures(runbook) && <ExampleBar model={model} found={found} datasourceUid={datasourceUid} />
        ) : (
          <>
            <IncidentBar model={model} found={found} datasourceUid={datasourceUid} runbook={runbook} />
            <probe.Component model={probe} />
          </>
        )}
        <Faults faults={runbook.faults} origin={entry.origin} />
        <div className={styles.columns}>
          <article className={styles.text} aria-label={runbook.title}>
            {runbook.parts.map((part, at) => {
              switch (part.kind) {
                case 'text':
                  return <Markdown key={at} nodes={part.nodes} />;
                case 'broken':
                  return <BrokenPart key={at} part={part} />;
                case 'live':
                  return (
                    <div key={at} className={styles.block}>
                      <LiveBlockView
                        scene={model}
                        block={part.block}
                        chart={model.chartOf(part)}
                        datasourceUid={datasourceUid}
                        evidence={datasourceUid === '' ? undefined : evidence}
                        service={service}
                        choosing={found.choosing}
                      />
                    </div>
                  );
              }
            })}
          </article>
          <Sections sections={sectionsOf(runbook.parts)} />
        </div>
      </div>
    </RunbookContext.Provider>
  );
}

/** Whether anything on the page is drawn of a service. */
function hasPictures({ parts }: Runbook): boolean {
  return parts.some((part) => part.kind === 'live' && part.block.kind !== 'practices');
}

function BrokenPart({ part }: { part: { faults: Array<{ line: number; message: string }> } }) {
  return (
    <BlockProblem
      problems={part.faults.map(({ line, message }) =>
        t('app.runbooks.fault.at-line', 'Line {{line}}: {{message}}', {
          line,
          message,
          interpolation: { escapeValue: false },
        })
      )}
    />
  );
}

/** What stands for the names in double braces. Times are in UTC, as commands and other tools take them. */
function valuesOf(
  datasource: string,
  { evidence, service, profileTypeId }: Found,
  { functionName, version, baselineVersion }: RunbookScene['state']['incident'],
  labels: PlaceholderValues
): PlaceholderValues {
  const moment = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    ...labels,
    service,
    function: functionName,
    type: profileTypeId,
    version: evidence?.versions?.version ?? version,
    baselineVersion: evidence?.versions?.before ?? baselineVersion,
    from: moment(evidence?.range.start),
    to: moment(evidence?.range.end),
    baselineFrom: moment(evidence?.baseline.start),
    baselineTo: moment(evidence?.baseline.end),
    datasource: datasource === '' ? undefined : datasource,
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), flexGrow: 1, minWidth: 0 }),
  columns: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 200px',
    gap: theme.spacing(3),
    alignItems: 'start',
    [theme.breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  text: css({ minWidth: 0 }),
  block: css({ marginBottom: theme.spacing(2), minWidth: 0 }),
});

import React, { useId } from 'react';

import { CoreApp } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { Combobox, InlineSwitch, RadioButtonGroup } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import { comparedWithEarlier } from '../compare/presets';
import { isAgainstPreviousVersion } from '../compare/regressionBaseline';
import { isAlerting, queryTypeFor } from '../defaultQuery';
import { type HeatmapType, type Levels, type ProfilesQuery, QUERY_TYPES, type QueryType } from '../query';
import { CommittedInput } from './CommittedInput';
import { nameOfQueryType } from './optionsSummary';

interface Props {
  query: ProfilesQuery;
  draft?: Draft;
  app?: CoreApp;
  onApply: (change: Partial<ProfilesQuery>) => void;
  onDraft: (draft: Draft, change?: Partial<ProfilesQuery>) => void;
}

/** What is shown of the profiles, and how. */
export function ShownOptions({ query, draft, app, onApply, onDraft }: Props) {
  const id = useId();
  const queryType = queryTypeFor(query.queryType, app);
  const compares = draft?.right !== undefined;
  const narrows = draft?.function !== undefined || draft?.focus !== undefined;
  const choose = (chosen: QueryType) => {
    const isDynamic = isAgainstPreviousVersion(query);
    if (draft && needsBaseline(chosen) && (!compares || isDynamic)) {
      onDraft(comparedWithEarlier(draft, '1h'), { queryType: chosen, baseline: undefined });
    } else if (draft && isDynamic) {
      const { right: _right, ...alone } = draft;
      onDraft(alone, { queryType: chosen, baseline: undefined });
    } else {
      onApply({ queryType: chosen });
    }
  };
  return (
    <>
      <EditorField
        label={t('datasource.options.query-type.label', 'Show')}
        tooltip={t(
          'datasource.options.query-type.tooltip',
          'A flame graph shows where the whole range was spent, a series how much was spent over time. A diff shows what changed against a baseline, regressions which functions became dearer, and how sure that is.'
        )}
        error={t('datasource.options.query-type.unknown', 'This data source does not know the saved query type.')}
        invalid={!QUERY_TYPES.includes(queryType)}
      >
        <RadioButtonGroup<QueryType>
          options={queryTypesOf(app, compares).map((value) => ({ value, label: nameOfQueryType(value) }))}
          value={compares && queryType === 'profile' ? 'diff' : queryType}
          onChange={choose}
        />
      </EditorField>
      {isAlerting(app) && needsBaseline(queryType) && (
        <EditorField label={t('datasource.options.number.label', 'Number')}>
          <RadioButtonGroup<'ratio' | 'change'>
            options={[
              { value: 'ratio', label: t('datasource.options.number.ratio', 'Ratio') },
              { value: 'change', label: t('datasource.options.number.change', 'Change') },
            ]}
            value={query.number === 'change' ? 'change' : 'ratio'}
            onChange={(number) => onApply({ number })}
          />
        </EditorField>
      )}
      {narrows && (
        <>
          <EditorField
            label={t('datasource.options.function-value.label', 'Value of a function')}
            tooltip={t(
              'datasource.options.function-value.tooltip',
              'Total counts what a function calls, self does not.'
            )}
          >
            <RadioButtonGroup<'total' | 'self'>
              options={[
                { value: 'total', label: t('datasource.options.function-value.total', 'Total') },
                { value: 'self', label: t('datasource.options.function-value.self', 'Self') },
              ]}
              value={query.functionValue ?? 'total'}
              onChange={(functionValue) => onApply({ functionValue })}
            />
          </EditorField>
          <Switch
            id={`${id}-share`}
            label={t('datasource.options.as-share.label', 'As share')}
            tooltip={t('datasource.options.as-share.tooltip', 'The part of all stacks in place of the cost.')}
            value={query.asShare}
            onChange={(asShare) => onApply({ asShare })}
          />
        </>
      )}
      <EditorField
        label={t('datasource.options.levels.label', 'Levels')}
        htmlFor={`${id}-levels`}
        tooltip={t(
          'datasource.options.levels.tooltip',
          'Memory in use and goroutines are states: a flame graph shows the latest profile of each instance, or the average of the range.'
        )}
      >
        <Combobox<Levels>
          id={`${id}-levels`}
          width={16}
          options={[
            { value: 'latest', label: t('datasource.options.levels.latest', 'Latest') },
            { value: 'average', label: t('datasource.options.levels.average', 'Average') },
          ]}
          value={query.levels ?? 'latest'}
          onChange={({ value }) => onApply({ levels: value })}
        />
      </EditorField>
      {!isAlerting(app) && <SeriesOptions id={id} query={query} onApply={onApply} />}
    </>
  );
}

/** Not a text: it is the same in every language. */
const LEGEND_EXAMPLE = '{{service_name}}';

/** What belongs to series only: an alert rule evaluates lines and nothing else. */
function SeriesOptions({ id, query, onApply }: Pick<Props, 'query' | 'onApply'> & { id: string }) {
  const heatmap = query.includeHeatmap ? (query.heatmapType ?? 'individual') : 'none';
  return (
    <>
      <EditorField
        label={t('datasource.options.legend.label', 'Legend')}
        htmlFor={`${id}-legend`}
        tooltip={t(
          'datasource.options.legend.tooltip',
          'Names the lines of a series. The name of a label in two pairs of braces stands for its value.'
        )}
      >
        <CommittedInput
          id={`${id}-legend`}
          width={24}
          placeholder={LEGEND_EXAMPLE}
          value={query.legendFormat ?? ''}
          onCommit={(text) => onApply({ legendFormat: text || undefined })}
        />
      </EditorField>
      <EditorField
        label={t('datasource.options.heatmap.label', 'Heatmap')}
        htmlFor={`${id}-heatmap`}
        tooltip={t(
          'datasource.options.heatmap.tooltip',
          'Counts profiles or spans by time and cost, in place of the series.'
        )}
      >
        <Combobox<HeatmapType | 'none'>
          id={`${id}-heatmap`}
          width={16}
          options={[
            { value: 'none', label: t('datasource.options.heatmap.none', 'None') },
            { value: 'individual', label: t('datasource.options.heatmap.individual', 'Of profiles') },
            { value: 'span', label: t('datasource.options.heatmap.span', 'Of spans') },
          ]}
          value={heatmap}
          onChange={({ value }) =>
            onApply(
              value === 'none'
                ? { includeHeatmap: undefined, heatmapType: undefined }
                : { includeHeatmap: true, heatmapType: value }
            )
          }
        />
      </EditorField>
      <Switch
        id={`${id}-exemplars`}
        label={t('datasource.options.exemplars.label', 'Exemplars')}
        tooltip={t(
          'datasource.options.exemplars.tooltip',
          'Points that lead to single profiles, where the server keeps them.'
        )}
        value={query.includeExemplars}
        onChange={(includeExemplars) => onApply({ includeExemplars })}
      />
      <Switch
        id={`${id}-gaps`}
        label={t('datasource.options.fill-gaps.label', 'Show gaps')}
        tooltip={t('datasource.options.fill-gaps.tooltip', 'A line breaks where no profile arrived.')}
        value={query.fillGaps}
        onChange={(fillGaps) => onApply({ fillGaps })}
      />
      <Switch
        id={`${id}-annotations`}
        label={t('datasource.options.annotations.label', 'Marks')}
        tooltip={t('datasource.options.annotations.tooltip', 'What the server notes on a series, such as throttling.')}
        value={query.annotations}
        onChange={(annotations) => onApply({ annotations })}
      />
    </>
  );
}

interface SwitchProps {
  id: string;
  label: string;
  tooltip: string;
  value?: boolean;
  /** Undefined for off, which is what an absent field means. */
  onChange: (value: true | undefined) => void;
}

function Switch({ id, label, tooltip, value, onChange }: SwitchProps) {
  return (
    <EditorField label={label} tooltip={tooltip} htmlFor={id}>
      <InlineSwitch
        id={id}
        value={value ?? false}
        onChange={({ currentTarget }) => onChange(currentTarget.checked || undefined)}
      />
    </EditorField>
  );
}

function needsBaseline(queryType: QueryType): boolean {
  return queryType === 'diff' || queryType === 'regressions';
}

/** Explore shows both at once; alert rules use numbers: of lines, or of a comparison. */
function queryTypesOf(app: CoreApp | undefined, compares: boolean): QueryType[] {
  if (isAlerting(app)) {
    return compares ? ['metrics', 'diff', 'regressions'] : ['metrics', 'silent'];
  }
  return QUERY_TYPES.filter(
    (queryType) => (queryType !== 'both' || app === CoreApp.Explore) && (queryType !== 'profile' || !compares)
  );
}

import React, { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useAsync } from 'react-use';

import { CoreApp, type DataQuery, dateTime, LoadingState, rangeUtil, type RawTimeRange } from '@grafana/data';
import { getDataSourceSrv, locationService } from '@grafana/runtime';
import { Alert, Button, Stack } from '@grafana/ui';

import { ExploreResults } from './ExploreResults';
import { exploreSearch, type ExploreState, nextRefId, parseExplore } from './exploreState';
import { ExploreToolbar } from './ExploreToolbar';
import { QueryRow } from './QueryRow';
import { useExploreQuery } from './useExploreQuery';

const isNew = (query: DataQuery) => Object.keys(query).every((key) => ['refId', 'key', 'datasource'].includes(key));

function toTimeRange({ from, to }: RawTimeRange) {
  const absolute = (time: string) => (/^\d+$/.test(time) ? dateTime(Number(time)) : time);
  return rangeUtil.convertRawToRange({ from: absolute(String(from)), to: absolute(String(to)) });
}

/**
 * A page like Grafana's Explore, for one pane: the datasource's own query editor, a time range, and the answer drawn by
 * the panels that its frames ask for. Its address is one that Grafana's Explore understands.
 */
export function ExplorePage() {
  const { search, state } = useLocation();
  // A link to here opens a page of its own; what the page itself writes into the address keeps it.
  const page = state?.explorePage ?? `page${search}`;
  return <ExplorePane key={page} page={page} search={search} />;
}

function ExplorePane({ page, search }: { page: string; search: string }) {
  const [state, setState] = useState<ExploreState>(() => parseExplore(search));
  const [runs, setRuns] = useState(() => (state.queries.every(isNew) ? 0 : 1));
  const { value: datasource, error } = useAsync(() => getDataSourceSrv().get(state.datasource), [state.datasource]);
  const { data, run, cancel } = useExploreQuery();
  const range = toTimeRange(state.range);

  useEffect(() => {
    if (datasource && runs > 0) {
      locationService.replace({ search: exploreSearch(state), state: { explorePage: page } });
      run(datasource, state.queries, toTimeRange(state.range));
    }
    // A change of the query alone does not run it: its editor, a button or a new range does, by counting runs up.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [datasource, runs]);

  const runNow = () => setRuns((count) => count + 1);
  const changeRange = (next: RawTimeRange) => {
    setState((current) => ({ ...current, range: next }));
    runNow();
  };
  const changeQueries = (change: (queries: DataQuery[]) => DataQuery[]) =>
    setState((current) => ({ ...current, queries: change(current.queries) }));
  const removable = state.queries.length > 1;

  return (
    <Stack direction="column" gap={2}>
      <ExploreToolbar
        datasource={state.datasource}
        range={range}
        isLoading={data.state === LoadingState.Loading}
        onChangeDatasource={(uid) => setState({ ...state, datasource: uid, queries: [{ refId: 'A' }] })}
        onChangeRange={changeRange}
        onRun={runNow}
        onCancel={cancel}
      />
      {error && (
        <Alert severity="error" title="The datasource did not load">
          {error.message}
        </Alert>
      )}
      {datasource &&
        state.queries.map((query) => (
          <QueryRow
            key={query.refId}
            app={CoreApp.Explore}
            datasource={datasource}
            query={query}
            queries={state.queries}
            data={data}
            range={range}
            onChange={(changed) =>
              changeQueries((queries) => queries.map((other) => (other.refId === query.refId ? changed : other)))
            }
            onRunQuery={runNow}
            onRemove={
              removable
                ? () => {
                    changeQueries((queries) => queries.filter(({ refId }) => refId !== query.refId));
                    runNow();
                  }
                : undefined
            }
          />
        ))}
      <div>
        <Button
          variant="secondary"
          icon="plus"
          onClick={() => changeQueries((queries) => [...queries, { refId: nextRefId(queries) }])}
        >
          Add query
        </Button>
      </div>
      <ExploreResults
        data={data}
        onChangeTimeRange={({ from, to }) => changeRange({ from: dateTime(from), to: dateTime(to) })}
      />
    </Stack>
  );
}

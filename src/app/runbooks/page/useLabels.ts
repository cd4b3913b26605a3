import { useMemo } from 'react';
import { catchError, forkJoin, map, of } from 'rxjs';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { useDiscovery } from '../../resources/useDiscovery';
import { type Evidence, selectorOf } from '../blocks/question';
import { labelsIn, type PlaceholderValues } from '../model/placeholders';

/** Labels that a runbook's text names, as far as all profiles of the service have the same value. */
export function useLabels(datasourceUid: string, text: string, evidence: Evidence | undefined): PlaceholderValues {
  const discovery = useDiscovery(datasourceUid);
  const ask = useMemo(() => {
    const labels = labelsIn(text);
    if (!evidence || labels.length === 0) {
      return undefined;
    }
    const valuesOf = (label: string) =>
      discovery.labelValues(label, selectorOf(evidence), evidence.range).pipe(catchError(() => of([] as string[])));
    return () =>
      forkJoin(labels.map(valuesOf)).pipe(
        map((all) => Object.fromEntries(labels.map((label, at) => [label, onlyOne(all[at])])))
      );
  }, [discovery, text, evidence]);
  return useAnswer(ask).value ?? NONE;
}

const NONE: PlaceholderValues = {};

function onlyOne(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

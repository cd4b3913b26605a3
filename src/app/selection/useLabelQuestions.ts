import { useMemo } from 'react';
import { map } from 'rxjs';

import type { LabelQuestions } from '../../datasource/editor/labelQuestions';
import { SERVICE_LABEL } from '../../datasource/editor/useFirstChoice';
import type { Span } from '../../datasource/resources/span';
import { scopeOf } from '../../datasource/selector/selector';
import { useDiscovery } from '../resources/useDiscovery';

import { labelSelectorOf } from './profileSelection';

interface Asked {
  datasourceUid: string;
  service?: string;
  profileTypeId?: string;
  span: Span;
}

/** Which labels and values the filters can use: those of the service's profiles of the type, in the range. */
export function useLabelQuestions({ datasourceUid, service, profileTypeId = '', span }: Asked): LabelQuestions {
  const discovery = useDiscovery(datasourceUid);
  const { start, end } = span;
  return useMemo((): LabelQuestions => {
    const selectorOf = (filters: string) => labelSelectorOf({ service, filters });
    return {
      names: (filters) =>
        discovery
          .labelNames(scopeOf(selectorOf(filters), profileTypeId), { start, end })
          .pipe(map((names) => names.filter((name) => name !== SERVICE_LABEL))),
      values: (label, filters) =>
        discovery.labelValues(label, scopeOf(selectorOf(filters), profileTypeId, label), { start, end }),
    };
  }, [discovery, service, profileTypeId, start, end]);
}

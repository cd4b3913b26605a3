import { useCallback, useMemo, useState } from 'react';

import { Checklist } from '../model/checklist';

/** What is ticked off of a runbook for one incident, kept in the browser. */
export function useChecklist(slug: string, incident: ReadonlyArray<string | number | undefined>) {
  const key = JSON.stringify(incident);
  const checklist = useMemo(() => new Checklist(slug, JSON.parse(key) as string[]), [slug, key]);
  const [changed, setChanged] = useState<{ of: Checklist; ticked: ReadonlySet<string> }>();
  const ticked = useMemo(() => (changed?.of === checklist ? changed.ticked : checklist.read()), [changed, checklist]);
  const toggle = useCallback(
    (item: string) => {
      const next = new Set(ticked);
      if (!next.delete(item)) {
        next.add(item);
      }
      checklist.write(next);
      setChanged({ of: checklist, ticked: next });
    },
    [checklist, ticked]
  );
  return { ticked, toggle };
}

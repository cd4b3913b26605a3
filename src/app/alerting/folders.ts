/** A folder that rules can be put in. */
export interface RuleFolder {
  uid: string;
  title: string;
}

/** Reads Grafana's list of folders, by title; what is not whole is left out. */
export function readFolders(body: unknown): RuleFolder[] {
  return (Array.isArray(body) ? body : [])
    .flatMap((entry: Partial<Record<keyof RuleFolder, unknown>> | null) => {
      const { uid, title } = entry ?? {};
      return typeof uid === 'string' && typeof title === 'string' ? [{ uid, title }] : [];
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}

export const HOSTILE: Readonly<
  Record<
    | 'service'
    | 'version'
    | 'olderVersion'
    | 'labelName'
    | 'namespace'
    | 'symbol'
    | 'script'
    | 'link'
    | 'target'
    | 'instance'
    | 'datasource'
    | 'slug'
    | 'markdown',
    string
  >
>;
export function startHostileStand(): Promise<{ page: string; stop: () => Promise<void> }>;

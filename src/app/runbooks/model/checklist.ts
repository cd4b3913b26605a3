/** What is ticked off in a runbook's checklists, kept in the browser for one incident. */
export class Checklist {
  private readonly key: string;

  /** @param incident what tells incidents of one runbook apart: service, function and when it began */
  constructor(
    slug: string,
    incident: ReadonlyArray<string | number | undefined>,
    private readonly storage: Storage | undefined = sessionStorageIfAny()
  ) {
    this.key = `flamewatch.runbook.${slug}.${JSON.stringify(incident)}`;
  }

  read(): ReadonlySet<string> {
    try {
      const saved: unknown = JSON.parse(this.storage?.getItem(this.key) ?? '[]');
      return new Set(Array.isArray(saved) ? saved.filter((item) => typeof item === 'string') : []);
    } catch {
      return new Set();
    }
  }

  write(ticked: ReadonlySet<string>) {
    try {
      if (ticked.size === 0) {
        this.storage?.removeItem(this.key);
      } else {
        this.storage?.setItem(this.key, JSON.stringify([...ticked]));
      }
    } catch {
      // The storage is full or closed: the ticks hold as long as the page does.
    }
  }
}

/** Some browsers throw where storage is switched off. */
function sessionStorageIfAny(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

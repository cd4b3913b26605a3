/** Names, each once, in order of appearance. */
export class LabelDictionary {
  readonly labels: string[] = [];
  private readonly known = new Map<string, number>();

  constructor(labels: Iterable<string> = []) {
    for (const name of labels) {
      this.of(name);
    }
  }

  /** Index of a name in labels; a new name is added. */
  of(name: string): number {
    let label = this.known.get(name);
    if (label === undefined) {
      label = this.labels.length;
      this.labels.push(name);
      this.known.set(name, label);
    }
    return label;
  }
}

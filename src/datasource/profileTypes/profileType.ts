/** The parts of a profile type id, `<name>:<sample type>:<sample unit>:<period type>:<period unit>`. */
export interface ProfileType {
  id: string;
  /** The profile that the agent sends, e.g. process_cpu or memory. */
  name: string;
  /** What one column of that profile counts, e.g. cpu, alloc_space. */
  sampleType: string;
  /** nanoseconds, bytes, count, … */
  sampleUnit: string;
}

/** Reads an id; what is not one (a template variable, a short name) has only a name. */
export function readProfileType(id: string): ProfileType {
  const [name = '', sampleType = '', sampleUnit = ''] = id.includes('$') ? [id] : id.split(':');
  return { id, name, sampleType, sampleUnit };
}

/**
 * The type a newcomer looks at first: time on CPU, else any CPU type, else wall time, else the first in the list.
 * Undefined when there is none.
 */
export function firstChoice(ids: readonly string[]): string | undefined {
  const ranks: Array<(type: ProfileType) => boolean> = [
    (type) => type.sampleType === 'cpu' && type.name === 'process_cpu',
    (type) => type.sampleType === 'cpu',
    (type) => type.name.includes('cpu'),
    (type) => type.sampleType === 'wall',
  ];
  const types = ids.map(readProfileType);
  const best = ranks.map((matches) => types.find(matches)).find((type) => type !== undefined);
  return (best ?? types[0])?.id;
}

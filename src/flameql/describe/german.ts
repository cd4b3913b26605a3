import type { Wording } from './wording';

const MODES: Record<string, string> = {
  share: 'nach dem Anteil an jeder Seite',
  instance: 'je Instanz',
  rate: 'je Zeiteinheit',
  none: 'nach unveränderten Summen',
};

/** In the dative, after 'vor' and 'um'. */
const UNITS = {
  week: ['Woche', 'Wochen'],
  day: ['Tag', 'Tagen'],
  hour: ['Stunde', 'Stunden'],
  minute: ['Minute', 'Minuten'],
  second: ['Sekunde', 'Sekunden'],
} as const;

const IDS = {
  span: ['dem Span', 'Spans'],
  trace: ['dem Trace', 'Traces'],
  profile: ['dem Profil', 'Profilen'],
} as const;

const not = (negated: boolean) => (negated ? ' nicht' : '');
const quoted = (text: string) => `„${text}“`;

function listed(parts: readonly string[], word: string): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${word} ${parts[parts.length - 1]}`;
}

export const GERMAN: Wording = {
  chosenType: 'der gewählte Profiltyp',
  of: (selection) => ` von ${selection}`,
  allProfiles: 'allen Profilen',
  profilesWhere: (conditions) => `Profilen, für die gilt: ${conditions}`,
  with: (conditions) => `mit: ${conditions}`,
  is: (label, value, negated) => `${label} ist${not(negated)} ${value === '' ? 'leer' : quoted(value)}`,
  isOneOf: (label, values, negated) => `${label} ist${not(negated)} ${listed(values.map(quoted), 'oder')}`,
  isOneOfMany: (label, count, negated) => `${label} ist${negated ? ' keiner' : ' einer'} von ${count} Werten`,
  matches: (label, pattern, negated) => `${label} passt${not(negated)} auf ${pattern}`,
  fits: (variable) => `${variable} trifft zu`,
  and: (parts) => listed(parts, 'und'),
  earlier: (duration) => `vor ${duration}`,
  between: (from, to) => `von ${from} bis ${to}`,
  now: 'jetzt',
  ago: (duration) => `vor ${duration}`,
  count: (count, unit) => `${count} ${UNITS[unit][count === 1 ? 0 : 1]}`,
  comparedWith: (baseline, normalise) =>
    `verglichen mit ${baseline}, ${MODES[normalise ?? 'share'] ?? `normalisiert nach ${normalise}`}`,
  theSame: 'demselben',
  itself: 'sich selbst',
  normal: 'allem davon',
  by: (labels) => `eine Zeitreihe je ${labels}`,
  function: (pattern) => `nur Aufrufpfade durch Funktionen, auf die ${pattern} passt`,
  focus: (pattern) => `nur Stacks mit einer Funktion, auf die ${pattern} passt`,
  hide: (pattern) => `ohne Funktionen, auf die ${pattern} passt`,
  ids: (kind, id) => (typeof id === 'string' ? `nur von ${IDS[kind][0]} ${id}` : `nur von ${id} ${IDS[kind][1]}`),
  nodes: (count) => `höchstens ${count} Knoten des Flame-Graphs`,
  limit: (count) => `höchstens ${count} Zeitreihen oder Funktionen`,
  unusedNormalise: 'ohne Wirkung normalisiert, weil nichts verglichen wird',
  variable: (variable) => `und was ${variable} sagt`,
};

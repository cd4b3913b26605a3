export function fuzzByClock(name: string, property: import('fast-check').IRawProperty<unknown, boolean>): Promise<void>;

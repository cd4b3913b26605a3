/** Name of the variable that picks the data source of traces. */
export const TRACES_VARIABLE = 'traces';

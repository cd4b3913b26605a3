/** Bounds of one query; pkg/flameql/limits.go has the same. Texts are counted in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 65536;
/** Matchers of one operand. */
export const MAX_MATCHERS = 100;
/** Labels in `by (…)`. */
export const MAX_GROUP_BY = 20;
/** Ids in each of `span (…)`, `trace (…)`, `profile (…)`. */
export const MAX_IDS = 1000;
/** What a Pyroscope server accepts. */
export const MAX_NODES = 1 << 20;
export const MAX_LIMIT = 10000;
export const MAX_TYPE_PARTS = 5;

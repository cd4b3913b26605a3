/**
 * For texts with values in them: React escapes what it shows, so i18next must not, or a name such as `Vec<T>` and a share
 * such as `<0.01%` would show their entities.
 */
export const RAW = { interpolation: { escapeValue: false } } as const;

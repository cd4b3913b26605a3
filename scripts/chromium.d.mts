export const CHROMIUM_FLAGS: string[];
export function installedChromium(): Promise<string | undefined>;
export function findChromium(): Promise<string>;

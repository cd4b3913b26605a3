export function seed(store: string): Promise<void>;
export function pushProfile(store: string, service: string): Promise<void>;
export function pushMemory(store: string): Promise<void>;

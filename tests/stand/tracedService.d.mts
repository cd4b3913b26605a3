export function startTracedService(where: { service: string; store: string; page: string }): () => Promise<void>;

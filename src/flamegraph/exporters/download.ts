import type { ExportedFile } from './exporter';

/** How long a browser has to begin with reading the file. */
const KEPT_MS = 30_000;

/** Offers a file for saving. */
export function download({ name, type, content }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([content].flat(), { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not every browser has begun to read by the next task; the memory must not stay until the page goes either.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

import type { ExportedFile } from './exporter';

/** Offers a file for saving. */
export function download({ name, type, content }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read by the next task; the memory must not stay until the page goes.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

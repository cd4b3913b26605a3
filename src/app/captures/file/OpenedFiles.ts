import { SceneObjectBase, type SceneObjectState } from '@grafana/scenes';

import type { ImportedFile } from '../../../formats';

import { convertRecording } from './convertRecording';
import { fetchFile } from './fetchFile';
import { readBlob } from './readBlob';

/** A file and how far it is. */
export interface OpenedFile {
  readonly id: number;
  readonly name: string;
  /** Bytes as it lies on the disk; 0 while it is on its way. */
  readonly size: number;
  readonly state:
    | { readonly kind: 'reading'; readonly done?: number }
    /** A recording, which only the backend can read; not sent before the user agrees. */
    | { readonly kind: 'asking'; readonly bytes: Uint8Array }
    | { readonly kind: 'sending' }
    | { readonly kind: 'failed'; readonly sentence: string }
    | { readonly kind: 'read'; readonly file: ImportedFile };
}

interface OpenedFilesState extends SceneObjectState {
  files: readonly OpenedFile[];
}

/** Files that are opened at once at most; each takes memory. */
export const MOST_FILES = 20;

/** The files that are open. They live in the page alone, and are gone with it. */
export class OpenedFiles extends SceneObjectBase<OpenedFilesState> {
  private readonly running = new Map<number, AbortController>();
  private count = 0;

  constructor() {
    super({ files: [] });
    this.addActivationHandler(() => () => this.running.forEach((controller) => controller.abort()));
  }

  open(files: readonly File[]) {
    for (const file of files.slice(0, MOST_FILES - this.state.files.length)) {
      const id = this.add(file.name, file.size);
      void this.run(id, (signal) => this.read(id, file, signal));
    }
  }

  openUrl(address: string) {
    const id = this.add(address, 0);
    void this.run(id, async (signal) => {
      const { name, blob } = await fetchFile(address, signal);
      this.change(id, { name, size: blob.size });
      await this.read(id, blob, signal);
    });
  }

  /** Sends a recording to the backend: the user has agreed. */
  send(id: number, bytes: Uint8Array, datasourceUid: string) {
    this.change(id, { state: { kind: 'sending' } });
    void this.run(id, async (signal) => {
      const file = await convertRecording(bytes, datasourceUid, signal);
      this.change(id, { state: { kind: 'read', file } });
    });
  }

  /** Stops what goes on with a file and closes it. */
  close(id: number) {
    this.running.get(id)?.abort();
    this.setState({ files: this.state.files.filter((file) => file.id !== id) });
  }

  private async read(id: number, blob: Blob, signal: AbortSignal) {
    const read = await readBlob(blob, {
      signal,
      onProgress: (done) => this.change(id, { state: { kind: 'reading', done } }),
    });
    this.change(id, {
      state: read.kind === 'recording' ? { kind: 'asking', bytes: read.bytes } : { kind: 'read', file: read.file },
    });
  }

  private async run(id: number, task: (signal: AbortSignal) => Promise<void>) {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      await task(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) {
        const sentence = error instanceof Error ? error.message : String(error);
        this.change(id, { state: { kind: 'failed', sentence } });
      }
    } finally {
      this.running.delete(id);
    }
  }

  private add(name: string, size: number): number {
    const id = ++this.count;
    this.setState({ files: [...this.state.files, { id, name, size, state: { kind: 'reading' } }] });
    return id;
  }

  private change(id: number, change: Partial<OpenedFile>) {
    this.setState({ files: this.state.files.map((file) => (file.id === id ? { ...file, ...change } : file)) });
  }
}

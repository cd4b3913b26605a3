import { of, throwError } from 'rxjs';

import { setBackendSrv } from '@grafana/runtime';

import { originalBytes } from '../../../formats/read/testing/originals';

import { OpenedFiles } from './OpenedFiles';

// The tests' browser has neither workers nor all that its files can do.
beforeAll(() => {
  Blob.prototype.arrayBuffer ??= function arrayBuffer(this: Blob) {
    return new Promise<ArrayBuffer>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as ArrayBuffer);
      reader.readAsArrayBuffer(this);
    });
  };
});

function fileOf(name: string, bytes: Uint8Array): File {
  return new File([bytes as BlobPart], name);
}

/** The state of the last file once it is no longer on its way. */
function settled(model: OpenedFiles) {
  return new Promise<ReturnType<typeof last>>((resolve) => {
    const check = () => {
      const file = last(model);
      if (file.state.kind !== 'reading' && file.state.kind !== 'sending') {
        subscription.unsubscribe();
        resolve(file);
      }
    };
    const subscription = model.subscribeToState(check);
    check();
  });
}

function last(model: OpenedFiles) {
  return model.state.files[model.state.files.length - 1];
}

describe('opened files', () => {
  it('are read', async () => {
    const model = new OpenedFiles();
    model.open([fileOf('cpu', originalBytes('py-spy/cpu.speedscope.json'))]);
    const { state, name } = await settled(model);
    expect(name).toBe('cpu');
    expect(state.kind === 'read' && state.file.format).toBe('speedscope');
  });

  it('that are no profile say why', async () => {
    const model = new OpenedFiles();
    model.open([fileOf('notes', new Uint8Array(Buffer.from('hello\nworld\n')))]);
    expect((await settled(model)).state).toMatchObject({
      kind: 'failed',
      sentence: expect.stringContaining('text of no'),
    });
  });

  it('of 500 MB are refused before they are in memory', async () => {
    const large = fileOf('large', new Uint8Array(1));
    Object.defineProperty(large, 'size', { value: 500 * 2 ** 20 });
    const model = new OpenedFiles();
    model.open([large]);
    expect((await settled(model)).state).toMatchObject({ sentence: expect.stringContaining('500 MiB') });
  });

  it('are gone when they are closed, also while they are read', async () => {
    const model = new OpenedFiles();
    model.open([fileOf('cpu', originalBytes('go-runtime-pprof/cpu.before.pb.gz'))]);
    model.close(last(model).id);
    expect(model.state.files).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(model.state.files).toEqual([]);
  });

  it('of other hosts are not asked for', async () => {
    const asked = jest.fn();
    window.fetch = asked;
    const model = new OpenedFiles();
    model.openUrl('https://elsewhere.invalid/a');
    expect((await settled(model)).state).toMatchObject({ sentence: expect.stringContaining('of this Grafana') });
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('a recording', () => {
  const bytes = new Uint8Array([0x46, 0x4c, 0x52, 0, 1, 2, 3]);
  const pprof = Buffer.from(originalBytes('go-runtime-pprof/cpu.before.pb.gz')).toString('base64');
  const fetch = jest.fn();
  beforeEach(() => {
    fetch.mockReset();
    setBackendSrv({ fetch } as never);
  });

  it('is sent only when somebody says so, and read from the answer', async () => {
    const model = new OpenedFiles();
    model.open([fileOf('app.jfr', bytes)]);
    const { id, state } = await settled(model);
    expect(state).toMatchObject({ kind: 'asking' });
    expect(fetch).not.toHaveBeenCalled();

    fetch.mockReturnValue(of({ data: [{ name: 'process_cpu', pprof }] }));
    model.send(id, bytes, 'flames');
    const sent = (await settled(model)).state;
    expect(fetch.mock.calls[0][0]).toMatchObject({
      url: '/api/datasources/uid/flames/resources/convert/jfr',
      method: 'POST',
    });
    expect(sent.kind === 'read' && sent.file.parts.map(({ name }) => name)).toEqual(['process_cpu']);
  });

  it('that the backend refuses says why', async () => {
    const model = new OpenedFiles();
    model.open([fileOf('app.jfr', bytes)]);
    const { id } = await settled(model);
    fetch.mockReturnValue(throwError(() => ({ status: 403, data: { message: 'It needs the role Editor.' } })));
    model.send(id, bytes, 'flames');
    expect((await settled(model)).state).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('Editor') });
  });
});

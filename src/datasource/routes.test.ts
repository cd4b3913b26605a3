import pluginJson from './plugin.json';

/** Grafana lets a request through when no route's path begins it, and an empty path closes nothing. */
function roleFor(path: string): string | undefined {
  return pluginJson.routes.find((route) => path.startsWith(route.path))?.reqRole;
}

describe('routes of the datasource proxy', () => {
  it.each([
    'push.v1.PusherService/Push',
    'querier.v1.QuerierService/SelectSeries',
    'settings.v1.SettingsService/Set',
    'ingest',
    'api/v1/admin',
    'Debug/pprof',
    '_internal',
    '.',
    '9',
  ])('let only administrators reach %p', (path) => {
    expect(roleFor(path)).toBe('Admin');
  });

  it('close every character that a path can begin with', () => {
    const printable = Array.from({ length: 0x7f - 0x21 }, (_, i) => String.fromCharCode(0x21 + i));
    // A path ends at ? and #, and the proxy removes leading slashes.
    const cannotBegin = new Set(['/', '?', '#']);
    expect(printable.filter((first) => !cannotBegin.has(first) && roleFor(first) !== 'Admin')).toEqual([]);
  });
});

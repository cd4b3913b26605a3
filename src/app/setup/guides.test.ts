import { fillGuide, isAddress, isServiceName, UNKNOWN_ADDRESS } from './fillGuide';
import { GUIDES, guidesOf, LANGUAGES } from './guides';

it('has a way for every language, and to record every one but the kernel’s', () => {
  for (const language of LANGUAGES) {
    const ways = guidesOf(language).map(({ way }) => way);
    expect(ways.length).toBeGreaterThan(0);
    expect(ways.includes('record')).toBe(language !== 'any');
  }
});

it.each(GUIDES)('$language $way: leaves no placeholder, says what it costs or needs', ({ text, way }) => {
  const filled = fillGuide(text, 'orders', 'http://profiles:4040/');
  expect(filled).not.toMatch(/\{\{\s*\w+\s*\}\}/);
  if (way === 'sdk' || way === 'pull') {
    expect(filled).toContain('orders');
    expect(filled).toContain('http://profiles:4040');
    expect(filled).not.toContain('http://profiles:4040/"');
  }
  if (way !== 'others') {
    expect(text).toMatch(/^## What it (costs|needs)$/m);
  }
});

it.each(['a"; rm -rf /', '', '$(id)', '-x', 'a b', '../x', 'a'.repeat(101)])(
  'does not write the name %j into code',
  (name) => {
    expect(isServiceName(name)).toBe(false);
    expect(fillGuide('name = "{{service}}"', name, '')).toBe('name = "my-service"');
  }
);

it.each(['javascript:alert(1)', 'http://x"; y', 'http://a b', 'pyroscope:4040', 'http://user@host', ''])(
  'does not write the address %j into code',
  (address) => {
    expect(isAddress(address)).toBe(false);
    expect(fillGuide('{{address}}', 'a', address)).toBe(UNKNOWN_ADDRESS);
  }
);

it.each(['http://localhost:4040', 'https://profiles.example.org/path/', 'http://[::1]:4040'])('takes %j', (address) => {
  expect(isAddress(address)).toBe(true);
});

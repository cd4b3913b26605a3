/** Links and pictures of the documentation lead somewhere, and commands in it exist. Addresses outside are not asked. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';

import { ROOT } from './project.mjs';

const parser = new MarkdownIt({ html: false });
const read = (file) => readFileSync(path.join(ROOT, file), 'utf8');
const markdownIn = (folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name));

const PAGES = ['.', 'docs', 'src'].flatMap(markdownIn);

/** Every token of a page, the ones inside paragraphs too. */
const tokensOf = (text) => parser.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);

/** What a link or picture points to, as it is written. */
function targetsOf(text) {
  return tokensOf(text)
    .map((token) => token.attrGet('href') ?? token.attrGet('src'))
    .filter((target) => target !== null);
}

/** Names of a page's headings, as GitHub makes them. */
function anchorsOf(text) {
  const anchors = new Set();
  parser.parse(text, {}).forEach((token, index, tokens) => {
    if (token.type === 'heading_open') {
      const plain = tokens[index + 1].children
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join('');
      const name = plain
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-');
      let unique = name;
      for (let n = 1; anchors.has(unique); n++) {
        unique = `${name}-${n}`;
      }
      anchors.add(unique);
    }
  });
  return anchors;
}

/** @returns why a target leads nowhere, undefined when it does not */
function faultOf(page, target) {
  if (/^[a-z][a-z+.-]*:/i.test(target)) {
    const url = URL.canParse(target) ? new URL(target) : undefined;
    const isSafe = url && (url.protocol === 'mailto:' || (url.protocol === 'https:' && url.hostname.includes('.')));
    return isSafe || ['localhost', '127.0.0.1'].includes(url?.hostname) ? undefined : 'is no https:// address';
  }
  const [place, anchor] = decodeURI(target).split('#');
  const file = place === '' ? page : path.posix.join(path.posix.dirname(page), place);
  if (!existsSync(path.join(ROOT, file))) {
    return `is not there (${file})`;
  }
  return anchor && file.endsWith('.md') && !anchorsOf(read(file)).has(anchor)
    ? 'names a heading that is not there'
    : undefined;
}

test('the checks find what is wrong', () => {
  assert.deepEqual(targetsOf('[a](b.md) ![c](d.png) `[e](f)`'), ['b.md', 'd.png']);
  assert.deepEqual([...anchorsOf('# One `two`, three!\n## Ü\n## Ü')], ['one-two-three', 'ü', 'ü-1']);
  assert.match(faultOf('README.md', 'docs/none.md'), /is not there/);
  assert.match(faultOf('docs/store.md', '../README.md#nowhere'), /a heading/);
  assert.match(faultOf('README.md', 'http://example.com'), /no https/);
  assert.equal(faultOf('docs/store.md', '../README.md#read-on'), undefined);
  assert.equal(faultOf('README.md', 'https://grafana.com/docs/'), undefined);
});

for (const page of PAGES) {
  test(`links of ${page}`, () => {
    const faults = targetsOf(read(page)).map((target) => [target, faultOf(page, target)]);
    assert.deepEqual(
      faults.filter(([, fault]) => fault !== undefined).map(([target, fault]) => `${target} ${fault}`),
      []
    );
  });

  test(`examples in ${page}`, () => {
    const { scripts } = JSON.parse(read('package.json'));
    const shell = tokensOf(read(page)).filter(({ type, info }) => type === 'fence' && /^(sh|bash|shell)$/.test(info));
    const text = shell.map(({ content }) => content).join('\n');
    const commands = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name);
    assert.deepEqual(
      commands.filter((name) => !(name in scripts)),
      []
    );
    const packages = [...text.matchAll(/\bgo (?:run|build|test) (?:-\S+ )*(\.\/(?:cmd|pkg)\/[\w/-]+)/g)].map(
      ([, name]) => name
    );
    assert.deepEqual(
      packages.filter((name) => !existsSync(path.join(ROOT, name))),
      []
    );
    for (const { type, info, content } of tokensOf(read(page))) {
      if (type === 'fence' && info === 'json') {
        assert.doesNotThrow(() => JSON.parse(content), `JSON example in ${page}`);
      }
    }
  });
}

test('ARCHITECTURE.md names every room, and every file of the largest one', () => {
  const named = new Set(read('ARCHITECTURE.md').match(/`[^`]+`/g));
  const entries = (folder) => readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  const rooms = ['src', 'src/app', 'pkg', 'pkg/store', 'cmd'].flatMap((folder) =>
    entries(folder)
      .filter((entry) => entry.isDirectory() && !named.has(`\`${entry.name}/\``))
      .map(({ name }) => `${folder}/${name}`)
      .filter((room) => !named.has(`\`${room}/\``))
  );
  const files = entries('pkg/datasource')
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go') && !named.has(`\`${name}\``));
  assert.deepEqual([...rooms, ...files], []);
});

test('every page of docs/ is in the README, every picture on a page', () => {
  const readme = targetsOf(read('README.md')).map((target) => target.split('#')[0]);
  assert.deepEqual(
    markdownIn('docs').filter((page) => !readme.includes(page)),
    []
  );
  const shown = PAGES.flatMap((page) =>
    targetsOf(read(page)).map((target) => path.posix.join(path.posix.dirname(page), target))
  );
  const pictures = readdirSync(path.join(ROOT, 'docs', 'img')).map((name) => `docs/img/${name}`);
  assert.deepEqual(
    pictures.filter((picture) => !shown.includes(picture)),
    []
  );
});

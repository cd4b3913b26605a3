/**
 * Looks at what others wrote: known vulnerabilities and licences. `node scripts/supply.mjs`, part of `npm test`.
 *
 * Exceptions are in supplyExceptions.json, each with its reason: `advisories` by GHSA or GO number, `licences` by
 * `name@version`. An exception that nothing needs any more fails too. What a service that cannot be reached would have
 * said is reported as not checked.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { goModules, npmPackages } from './components.mjs';
import { ROOT } from './project.mjs';

const ALLOWED = new Set([
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'CC-BY-4.0',
  'Unlicense',
  'Zlib',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
  'MPL-2.0',
  'OFL-1.1',
  'Artistic-2.0',
  'WTFPL',
]);

/** An expression of SPDX is allowed when a choice of it is, and in that every part. */
export function isAllowed(expression) {
  const choices = expression.replace(/[()]/g, ' ').split(/\s+OR\s+/i);
  return choices.some((choice) => choice.split(/\s+AND\s+/i).every((name) => ALLOWED.has(name.trim())));
}

const exceptions = JSON.parse(await readFile(path.join(ROOT, 'scripts', 'supplyExceptions.json'), 'utf8'));
const used = { advisories: new Set(), licences: new Set() };

/** @returns whether a reason is written down for what was found */
function isExcepted(list, name) {
  if (!exceptions[list][name]) {
    return false;
  }
  used[list].add(name);
  return true;
}

const say = (line) => process.stdout.write(`${line}\n`);

async function checkLicences() {
  const all = [...(await goModules()), ...(await npmPackages())];
  if (!all.some(({ kind }) => kind === 'golang') || !all.some(({ kind }) => kind === 'npm')) {
    throw new Error('No modules or no packages were found: this script looks in the wrong place.');
  }
  const refused = all.filter(
    ({ name, version, licence }) => !isAllowed(licence) && !isExcepted('licences', `${name}@${version}`)
  );
  refused.forEach(({ name, version, licence }) => say(`${name}@${version} has the licence ${licence}`));
  say(`Licences: ${all.length} modules and packages, ${refused.length} not allowed.`);
  return { ok: refused.length === 0, checked: true };
}

/** npm's advisories of high and critical severity in what a production install has. */
function checkNpm() {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    shell: process.platform === 'win32',
    timeout: 60_000,
  });
  let report = {};
  try {
    report = JSON.parse(stdout);
  } catch {
    // npm says nothing that is JSON when it cannot reach the registry.
  }
  if (!report.vulnerabilities) {
    say(
      `npm audit: not checked, the registry answers no audits (${report.error?.summary || report.message || 'no answer'}).`
    );
    return { ok: true, checked: false };
  }
  const advisories = new Map();
  for (const { via } of Object.values(report.vulnerabilities)) {
    for (const one of via) {
      if (typeof one === 'object' && ['high', 'critical'].includes(one.severity)) {
        advisories.set(
          one.url.slice(one.url.lastIndexOf('/') + 1),
          `${one.name}: ${one.title} (${one.severity}, ${one.url})`
        );
      }
    }
  }
  const open = [...advisories].filter(([id]) => !isExcepted('advisories', id));
  open.forEach(([, text]) => say(text));
  say(`npm audit: ${advisories.size} high or critical, ${open.length} without an exception.`);
  return { ok: open.length === 0, checked: true };
}

/** @returns the empty text where an address answers */
const whyUnreachable = (url) =>
  fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    (answer) => (answer.ok ? '' : String(answer.status)),
    (error) => error.cause?.code ?? error.name
  );

/**
 * Vulnerabilities of Go modules and of Go itself that the backend or a program reaches. GOVULNDB names another copy of
 * the database, for networks without the public one: the address of a mirror, or file:///… of a folder.
 */
async function checkGo() {
  const at = process.env.GOVULNDB || 'https://vuln.go.dev';
  const unreachable = at.startsWith('file:') ? '' : await whyUnreachable(`${at}/index/db.json`);
  if (unreachable) {
    say(`govulncheck: not checked, the database of vulnerabilities cannot be reached (${unreachable}).`);
    return { ok: true, checked: false };
  }
  const { stdout, stderr } = spawnSync(
    'go',
    ['tool', 'govulncheck', '-db', at, '-format', 'json', './pkg', './cmd/...'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 << 20, timeout: 300_000 }
  );
  const reached = new Map();
  let finished = false;
  // A stream of JSON objects, each begun by a brace at the start of a line.
  for (const text of stdout.split(/^(?=\{)/m).filter((part) => part.trim() !== '')) {
    const { finding, progress, SBOM } = JSON.parse(text);
    finished ||= SBOM !== undefined || progress?.message?.startsWith('Checking the code') === true;
    if (finding?.trace.some(({ function: name }) => name)) {
      reached.set(finding.osv, `${finding.osv}: ${finding.trace[0].module} ${finding.trace[0].version ?? ''}`);
    }
  }
  if (!finished || stderr.includes('govulncheck:')) {
    say(`govulncheck failed: ${stderr}`);
    return { ok: false, checked: false };
  }
  const open = [...reached].filter(([id]) => !isExcepted('advisories', id));
  open.forEach(([, text]) => say(text));
  say(`govulncheck: ${reached.size} reached, ${open.length} without an exception.`);
  return { ok: open.length === 0, checked: true };
}

const results = { licences: await checkLicences(), npm: checkNpm(), go: await checkGo() };
const stale = [
  ...Object.keys(exceptions.licences).filter((name) => !used.licences.has(name)),
  ...(results.npm.checked && results.go.checked
    ? Object.keys(exceptions.advisories).filter((name) => !used.advisories.has(name))
    : []),
];
stale.forEach((name) => say(`The exception for ${name} is not needed any more: take it out.`));
process.exit(Object.values(results).every(({ ok }) => ok) && stale.length === 0 ? 0 : 1);

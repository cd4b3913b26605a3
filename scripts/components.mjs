/** What others wrote and this plugin ships: Go modules in its backend, npm packages in its bundles. */
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from './project.mjs';

/** Texts by which a licence is known, the narrower first; Mozilla's names the GPL as another choice. */
const LICENCE_TEXTS = [
  ['MPL-2.0', /Mozilla Public License,? (Version|v\.) ?2\.0/i],
  ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE/i],
  ['LGPL', /GNU LESSER GENERAL PUBLIC LICENSE/i],
  ['GPL', /GNU GENERAL PUBLIC LICENSE/i],
  ['Apache-2.0', /Apache License\s+Version 2\.0/i],
  ['BSD-3-Clause', /Redistribution and use[\s\S]*(neither the name|names? of)[\s\S]*may be used to endorse/i],
  ['BSD-2-Clause', /Redistribution and use in source and binary forms/i],
  ['ISC', /Permission to use, copy, modify, and\/?(or)? distribute this software/i],
  ['MIT', /Permission is hereby granted, free of charge/i],
  ['Unlicense', /This is free and unencumbered software/i],
  ['CC0-1.0', /CC0 1\.0 Universal/i],
];

/** @returns the SPDX name of the licence in a module's folder, 'unknown' where none is recognised */
export async function licenceIn(folder) {
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|unlicense)/i.test(name)).sort();
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8').catch(() => '');
    const known = LICENCE_TEXTS.find(([, wording]) => wording.test(text));
    if (known) {
      return known[0];
    }
  }
  return 'unknown';
}

/** Modules whose packages are in the backend of any platform that is shipped. */
export async function goModules() {
  const template = '{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}';
  const lines = new Set();
  for (const GOOS of ['linux', 'darwin', 'windows']) {
    const { status, stdout, stderr } = spawnSync('go', ['list', '-deps', '-f', template, './pkg'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, GOOS, CGO_ENABLED: '0' },
    });
    if (status !== 0) {
      throw new Error(`go list cannot say what the backend is made of: ${stderr}`);
    }
    stdout.split('\n').forEach((line) => line !== '' && lines.add(line));
  }
  return Promise.all(
    [...lines].sort().map(async (line) => {
      const [name, version, folder] = line.split('\t');
      return { kind: 'golang', name, version, licence: await licenceIn(folder) };
    })
  );
}

/** Packages that a production install has, by the lock file; what Grafana shares at run time is among them. */
export async function npmPackages() {
  const { packages } = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(packages).filter(
    ([place, entry]) => place !== '' && !entry.dev && !entry.devOptional && !entry.optional && !entry.link
  );
  const all = await Promise.all(
    shipped.map(async ([place, { version, license }]) => {
      const own = await readFile(path.join(ROOT, place, 'package.json'), 'utf8').then(JSON.parse, () => ({}));
      const stated = license ?? own.license ?? own.licenses?.map(({ type }) => type).join(' OR ');
      const licence = stated?.type ?? stated ?? (await licenceIn(path.join(ROOT, place)).catch(() => 'unknown'));
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { kind: 'npm', name, version, licence };
    })
  );
  const once = new Map(all.map((one) => [`${one.name}@${one.version}`, one]));
  return [...once.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

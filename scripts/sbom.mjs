/** Writes the software bill of materials, CycloneDX 1.6: `node scripts/sbom.mjs [file]`, to standard output without one. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { goModules, npmPackages } from './components.mjs';
import { ROOT } from './project.mjs';

/** Package URL; an npm scope's @ and a version's + are escaped as the purl specification says. */
function purlOf({ kind, name, version }) {
  return `pkg:${kind}/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
}

/** @returns the document; the same sources give the same one */
export async function billOfMaterials() {
  const { name, version, license } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const components = [...(await goModules()), ...(await npmPackages())];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': name, name, version, licenses: [{ license: { id: license } }] },
    },
    components: components.map((component) => ({
      type: 'library',
      'bom-ref': purlOf(component),
      name: component.name,
      version: component.version,
      purl: purlOf(component),
      // An expression may be one name; an id would have to be in SPDX's list.
      licenses: [
        component.licence === 'unknown' ? { license: { name: 'unknown' } } : { expression: component.licence },
      ],
    })),
  };
}

if (process.argv[1] === path.join(ROOT, 'scripts', 'sbom.mjs')) {
  const text = `${JSON.stringify(await billOfMaterials(), null, 2)}\n`;
  const [, , file] = process.argv;
  await (file ? writeFile(file, text) : process.stdout.write(text));
}

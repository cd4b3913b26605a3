/**
 * A store and a page of which everything that somebody else names tries to run: services, labels, functions, runbooks,
 * targets, data sources. Each text tells by its number which one ran.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Children } from '../../scripts/children.mjs';
import { program } from '../../scripts/parts.mjs';
import { freePort, untilAnswers } from '../../scripts/ports.mjs';
import { push, scattered } from './seed.mjs';

const STARTS_WITHIN = 30_000;

/** Without the characters that end a label or a frame where profiles are pushed as folded stacks. */
export const HOSTILE = {
  service: `<img src=x onerror=alert(1)>`,
  version: `2"><svg onload=alert(2)>`,
  olderVersion: `1"><svg onload=alert(3)>`,
  labelName: `<svg/onload"alert(4)">`,
  namespace: `javascript:alert(5)`,
  symbol: `shop.<img src=x onerror=alert(6)>Order`,
  script: `"'</title></script><script>alert(7)</script>`,
  link: `javascript:alert(8)//.go`,
  target: `<iframe srcdoc="<script>alert(9)</script>">`,
  instance: `<svg><animate onbegin=alert(10) attributeName=x>`,
  datasource: `</script><script>alert(11)</script>`,
  slug: 'hostile-runbook',
  markdown: `---
title: <img src=x onerror=alert(12)>
summary: "[x](javascript:alert(13)) <script>alert(14)</script>"
tags: ["<svg onload=alert(15)>"]
---

## <img src=x onerror=alert(16)>

[a link](javascript:alert(17)) ![a picture](x" onerror="alert(18)) <script>alert(19)</script> <javascript:alert(20)>

- [ ] <svg onload=alert(21)> at {{service}} in {{namespace}}

| <img src=x onerror=alert(22)> |
| ----------------------------- |
| [a](data:text/html,<script>alert(23)</script>) |

\`\`\`<script>alert(24)</script>
{{service}}
\`\`\`

\`\`\`flamewatch <img src=x onerror=alert(25)>
\`\`\`

\`\`\`flamewatch flamegraph
title: <img src=x onerror=alert(26)>
type: cpu
\`\`\`

\`\`\`flamewatch captures
title: <img src=x onerror=alert(27)>
\`\`\`

\`\`\`flamewatch escalation
\`\`\`
`,
};

/** Seconds that the profiles span, one a minute, and how long ago the newer version came. */
const WATCHED = 56 * 60;
const EVERY = 60;
const DEPLOYED = 27 * 60;

/** Somebody who may push profiles chooses every name in them; what costs more makes a finding of a hostile function. */
async function seedHostile(store) {
  const end = Math.floor(Date.now() / 1000 / EVERY) * EVERY;
  const pushes = [];
  for (let from = end - WATCHED, n = 0; from < end; from += EVERY, n++) {
    const isNew = from >= end - DEPLOYED;
    const stacks = {
      [`main.main;${HOSTILE.script};${HOSTILE.symbol}`]: scattered(isNew ? 900 : 300, n, 0),
      [`main.main;${HOSTILE.link}`]: scattered(500, n, 1),
      'main.main;shop.plain': scattered(500, n, 2),
    };
    for (const pod of ['a', 'b']) {
      const labels = {
        service_name: HOSTILE.service,
        version: isNew ? HOSTILE.version : HOSTILE.olderVersion,
        namespace: HOSTILE.namespace,
        pod: `<i>${isNew}${pod}`,
        team: '<b>team',
        [HOSTILE.labelName]: HOSTILE.script,
      };
      pushes.push(push(store, 'hostile.cpu', labels, stacks, from, 'samples', EVERY));
    }
  }
  const time = new Date((end - EVERY) * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  const kept = {
    service_name: `captures/${HOSTILE.service}`,
    capture: `${time}-${HOSTILE.target}`,
    target: HOSTILE.target,
  };
  pushes.push(push(store, 'hostile.cpu', kept, { [HOSTILE.symbol]: 10 }, end - EVERY, 'samples', EVERY));
  await Promise.all(pushes);
}

/** What an editor or an administrator, or the file of one, may have said. */
function provisioning(store, target) {
  return {
    'datasources/hostile.yaml': {
      apiVersion: 1,
      datasources: [
        {
          name: HOSTILE.datasource,
          uid: 'flamewatch',
          type: 'flamewatch-profiles-datasource',
          url: store,
          isDefault: true,
          jsonData: {
            captureTargets: [
              {
                id: 'hostile',
                name: HOSTILE.target,
                instances: [
                  { name: HOSTILE.instance, url: target },
                  { name: 'another', url: target },
                ],
                labels: { service_name: HOSTILE.service },
              },
              { id: 'hostile', name: HOSTILE.script, url: 'https://shop' },
            ],
            tracesDatasourceUid: 'tempo',
          },
        },
      ],
    },
    'plugins/hostile.yaml': {
      apiVersion: 1,
      apps: [
        {
          type: 'flamewatch-profiles-app',
          org_id: 1,
          jsonData: {
            runbooks: [{ slug: HOSTILE.slug, markdown: HOSTILE.markdown }],
            teamContacts: { '<b>team': '<img src=x onerror=alert(28)> [call](javascript:alert(29))' },
          },
        },
      ],
    },
  };
}

/** @returns the page's address and the function that ends it */
export async function startHostileStand() {
  const children = new Children();
  const folder = await mkdtemp(path.join(tmpdir(), 'flamewatch-hostile-'));
  const log = [];
  const start = async (name, args, health) => {
    const listen = `127.0.0.1:${await freePort()}`;
    children.start(name, program(name), ['--listen', listen, ...args], { print: (line) => log.push(line) });
    await untilAnswers(`http://${listen}${health}`, STARTS_WITHIN);
    return `http://${listen}`;
  };
  const stop = async () => {
    await children.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const store = await start('store', ['--data', path.join(folder, 'store')], '/');
    await seedHostile(store);
    for (const [file, content] of Object.entries(provisioning(store, store))) {
      await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
      // YAML holds JSON; a dollar sign would begin a variable.
      await writeFile(path.join(folder, file), JSON.stringify(content).replaceAll('$', '$$$$'));
    }
    return { page: await start('playground', ['--provisioning', folder], '/api/health'), stop };
  } catch (error) {
    process.stderr.write(`${log.join('\n')}\n`);
    await stop();
    throw error;
  }
}

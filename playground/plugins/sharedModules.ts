import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaDataUnstable from '@grafana/data/unstable';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaRuntimeUnstable from '@grafana/runtime/unstable';
import * as grafanaUi from '@grafana/ui';
import * as grafanaUiUnstable from '@grafana/ui/unstable';
import * as d3 from 'd3';
import * as lodash from 'lodash';
// The library itself is shared, as in Grafana; nothing here uses it.
// eslint-disable-next-line no-restricted-imports
import * as moment from 'moment';
import * as react from 'react';
import * as reactJsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as reactInlineSvg from 'react-inlinesvg';
import * as reactRouter from 'react-router';
import * as reactRouterDom from 'react-router-dom';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';

import { getI18nInstance } from '../runtime/grafanaInternals';

import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';

/**
 * The modules that Grafana shares with plugins, by the names under which create-plugin leaves them out of a bundle.
 * A plugin that asks for another one fails here as it would in Grafana.
 */
const SHARED: Record<string, object> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/data/unstable': grafanaDataUnstable,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/runtime/unstable': grafanaRuntimeUnstable,
  '@grafana/ui': grafanaUi,
  '@grafana/ui/unstable': grafanaUiUnstable,
  d3,
  i18next: { default: getI18nInstance(), __useDefault: true },
  lodash: { ...lodash, __useDefault: true },
  moment: { ...moment, __useDefault: true },
  react,
  'react/jsx-runtime': reactJsxRuntime,
  'react-dom': reactDom,
  'react-inlinesvg': reactInlineSvg,
  'react-router': reactRouter,
  'react-router-dom': reactRouterDom,
  rxjs,
  'rxjs/operators': rxjsOperators,
};

/** Gives the shared modules to the loader of plugins. */
export function shareModules() {
  const imports: Record<string, string> = {};
  for (const [name, module] of Object.entries(SHARED)) {
    const id = `shared:${name}`;
    imports[name] = id;
    System.set(id, module);
  }
  System.addImportMap({ imports });
}

import { t } from '@grafana/i18n';

import { total } from '../../../engine/traverse';
import { labelColours } from '../../colour/labelColours';
import { changeColour } from '../../colour/byChange';
import { toCss } from '../../colour/rgba';
import { costText } from '../../facts/costText';
import type { Scale } from '../../facts/nodeFacts';
import { shortName } from '../../names/shortName';
import { RAW } from '../../raw';
import type { ResolvedState } from '../../state/resolve';

import type { GraphWording } from './drawing';

/** Characters of a name that a box shows. */
const LONGEST_NAME = 42;

/** The graph's names, costs and colours; in a diff a box's colour is that of no change, and the costs say the rest. */
export function graphWording(scale: Scale, { colours }: ResolvedState, isDark: boolean): GraphWording {
  const { profile } = scale;
  const colourOf = labelColours(profile, colours, isDark);
  const neutral = toCss(changeColour(0, isDark));
  return {
    whole: total(profile, 0),
    nameOf: (label) => profile.labels[label],
    shortNameOf: (label) => {
      const name = shortName(profile.labels[label]);
      return name.length > LONGEST_NAME ? `…${name.slice(1 - LONGEST_NAME)}` : name;
    },
    fillOf: (label) => (colours === 'diff' ? neutral : colourOf(label)),
    costOf: (both, right) => costText(both, right, scale),
    selfLine: (cost) => t('flamegraph.callgraph.self', 'self {{cost}}', { cost, ...RAW }),
  };
}

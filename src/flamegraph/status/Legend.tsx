import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';

import { changeColour, fullChange } from '../colour/byChange';
import { originColour } from '../colour/byOrigin';
import { heatColour } from '../colour/byValue';
import { toCss } from '../colour/rgba';
import { useFlameGraph } from '../context';
import { type Origin, ORIGINS } from '../names/origin';
import { RAW } from '../raw';

const STOPS = 11;

/** What the colours mean, with numbers. Packages have too many colours for a legend; their names are on the frames. */
export function Legend() {
  const styles = useStyles2(getStyles);
  const { isDark } = useTheme2();
  const { state, shape, scale } = useFlameGraph();
  const { measure } = state.diff;
  const full = useMemo(() => fullChange(shape.tree, measure), [shape.tree, measure]);
  switch (state.colours) {
    case 'package':
      return null;
    case 'origin':
      return (
        <ul className={styles.legend} aria-label={t('flamegraph.legend.origin', 'Origin of the code')}>
          {ORIGINS.map((origin) => (
            <li key={origin} className={styles.entry}>
              <span className={styles.swatch} style={{ background: toCss(originColour(origin, isDark)) }} />
              {originText(origin)}
            </li>
          ))}
        </ul>
      );
    case 'value':
      return <Ramp colour={(step) => heatColour(step, isDark)} from="0%" middle="25%" to="100%" />;
    case 'diff': {
      const text = measure === 'relative' ? `${full * 100}%` : scale.formatValue(full);
      return (
        <Ramp colour={(step) => changeColour(2 * step - 1, isDark)} from={`−${text}`} middle="0" to={`+${text}`} />
      );
    }
  }
}

interface RampProps {
  /** Colour at a step from 0 (left) to 1 (right). */
  colour(step: number): number;
  readonly from: string;
  readonly middle: string;
  readonly to: string;
}

function Ramp({ colour, from, middle, to }: RampProps) {
  const styles = useStyles2(getStyles);
  const stops = Array.from({ length: STOPS }, (_, step) => toCss(colour(step / (STOPS - 1))));
  return (
    <div
      className={styles.legend}
      role="img"
      aria-label={t('flamegraph.legend.ramp', 'Colours from {{from}} to {{to}}', { from, to, ...RAW })}
    >
      <span>{from}</span>
      <span className={styles.ramp} style={{ background: `linear-gradient(90deg, ${stops.join(', ')})` }}>
        <span className={styles.middle}>{middle}</span>
      </span>
      <span>{to}</span>
    </div>
  );
}

function originText(origin: Origin): string {
  switch (origin) {
    case 'own':
      return t('flamegraph.legend.own', 'Own code');
    case 'library':
      return t('flamegraph.legend.library', 'Libraries');
    case 'runtime':
      return t('flamegraph.legend.runtime', 'Runtime');
    case 'kernel':
      return t('flamegraph.legend.kernel', 'Kernel');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    listStyle: 'none',
    margin: 0,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  entry: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  swatch: css({ width: 10, height: 10, borderRadius: 2 }),
  ramp: css({ display: 'inline-flex', justifyContent: 'center', width: 120, height: 14, borderRadius: 2 }),
  middle: css({ color: '#16181d', lineHeight: '14px' }),
});

import { css } from '@emotion/css';
import React from 'react';

import type { SceneComponentProps } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import { BlockFrame } from './BlockFrame';
import { BlockProblem } from './BlockProblem';
import type { LiveChart } from './LiveChart';
import { RowsTable } from './RowsTable';

const HEIGHT = { series: 240, flamegraph: 440, diff: 480 } as const;

/** A block's picture, or why there is none. */
export function LiveChartView({ model }: SceneComponentProps<LiveChart>) {
  const { block, problem, panel, title, profileTypeId } = model.useState();
  const styles = useStyles2(getStyles);
  if (problem !== undefined) {
    return <BlockProblem title={problem.title} problems={[problem.sentence]} />;
  }
  if (!panel) {
    return (
      <BlockFrame title={title}>
        <RowsTable model={model} />
      </BlockFrame>
    );
  }
  const height = block.height ?? HEIGHT[block.kind as keyof typeof HEIGHT];
  return (
    <div className={styles.panel} style={{ height }}>
      {profileTypeId !== '' && <panel.Component model={panel} />}
    </div>
  );
}

const getStyles = () => ({ panel: css({ position: 'relative', minWidth: 0 }) });

import { css } from '@emotion/css';
import React, { useEffect, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import { useDatasourceUid } from '../../screen/datasourceOf';
import type { CapturesScreen } from '../CapturesScreen';

import { missingFiles, namesOf } from './fileChoice';
import { FileDrop } from './FileDrop';
import { FileList } from './FileList';
import { FilesGone } from './FilesGone';
import { OpenedFiles } from './OpenedFiles';
import { ShownFile } from './ShownFile';

/** Profiles of files: dropped or chosen here, read in the browser. */
export function FileTab({ scene }: { scene: CapturesScreen }) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(scene);
  const [model] = useState(() => new OpenedFiles());
  useEffect(() => model.activate(), [model]);
  const { files } = model.useState();
  const { file: choice } = scene.useState();
  const missing = missingFiles(choice, namesOf(files));
  const read = files.flatMap(({ id, name, state }) => (state.kind === 'read' ? [{ id, name, file: state.file }] : []));
  return (
    <div className={styles.tab}>
      <FileDrop model={model} isFirst={files.length === 0} />
      {missing.length > 0 && <FilesGone names={missing} onForget={() => scene.forgetFile()} />}
      <FileList model={model} datasourceUid={datasourceUid} />
      {read.length > 0 && (
        <ShownFile files={read} choice={choice} onChoose={scene.chooseFile} datasourceUid={datasourceUid} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tab: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});

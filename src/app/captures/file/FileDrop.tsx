import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Button, FileDropzone, FileDropzoneDefaultChildren, Input, useStyles2 } from '@grafana/ui';

import { MOST_FILES, type OpenedFiles } from './OpenedFiles';

interface Props {
  model: OpenedFiles;
  /** While nothing is open yet, it is said what can be opened. */
  isFirst: boolean;
}

/** Where files are dropped or chosen, and the address of one in this Grafana. */
export function FileDrop({ model, isFirst }: Props) {
  const styles = useStyles2(getStyles);
  const [address, setAddress] = useState('');
  const isFull = model.useState().files.length >= MOST_FILES;
  const openUrl = () => {
    model.openUrl(address);
    setAddress('');
  };
  return (
    <div className={styles.drop}>
      <FileDropzone
        options={{ multiple: true, disabled: isFull, onDrop: (accepted: File[]) => model.open(accepted) }}
        fileListRenderer={() => null}
      >
        <FileDropzoneDefaultChildren
          primaryText={t('app.files.drop', 'Drop profiles here, or choose them')}
          secondaryText={t(
            'app.files.formats',
            'pprof, JFR, collapsed stacks, speedscope, .cpuprofile, .heapprofile, perf script, Chrome traces, OTLP, and more'
          )}
        />
      </FileDropzone>
      <form
        className={styles.url}
        onSubmit={(event) => {
          event.preventDefault();
          openUrl();
        }}
      >
        <Input
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          aria-label={t('app.files.url', 'Address of a file in this Grafana')}
          placeholder={t('app.files.url-placeholder', 'or the address of a file in this Grafana: /public/…')}
        />
        <Button type="submit" variant="secondary" disabled={address.trim() === '' || isFull}>
          <Trans i18nKey="app.files.open-url">Open</Trans>
        </Button>
      </form>
      {isFirst && (
        <p className={styles.note}>
          <Trans i18nKey="app.files.privacy">
            Files are read in this browser and leave it only when you send them. Two files can be compared; several of
            the same type can be merged.
          </Trans>
        </p>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  drop: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  url: css({ display: 'flex', gap: theme.spacing(1), maxWidth: theme.spacing(80) }),
  note: css({ color: theme.colors.text.secondary, margin: 0 }),
});

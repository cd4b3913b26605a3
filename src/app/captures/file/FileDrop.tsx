import { css, cx } from '@emotion/css';
import React, { useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Button, Icon, Input, useStyles2 } from '@grafana/ui';

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
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isFull = model.useState().files.length >= MOST_FILES;
  const openUrl = () => {
    model.openUrl(address);
    setAddress('');
  };
  return (
    <div className={cx(styles.drop, !isFirst && styles.inLine)}>
      <div
        className={cx(styles.area, isFirst && styles.roomy, isOver && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          model.open(Array.from(event.dataTransfer.files));
        }}
      >
        <Icon name="upload" size={isFirst ? 'xl' : 'lg'} />
        <span>
          <Trans i18nKey="app.files.drop">Drop profiles here, or</Trans>
        </span>
        <Button variant="secondary" disabled={isFull} onClick={() => input.current?.click()}>
          <Trans i18nKey="app.files.choose">Choose files</Trans>
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            model.open(Array.from(event.currentTarget.files ?? []));
            // The same file can be chosen again.
            event.currentTarget.value = '';
          }}
        />
        {isFirst && (
          <span className={styles.note}>
            <Trans i18nKey="app.files.formats">
              pprof, JFR, collapsed stacks, speedscope, .cpuprofile, .heapprofile, perf script, Chrome traces, OTLP, and
              more
            </Trans>
          </span>
        )}
      </div>
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
  area: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(0.5, 2),
    border: `2px dashed ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
  }),
  roomy: css({ padding: theme.spacing(3) }),
  // What is opened needs the room of the way to open more.
  inLine: css({ flexFlow: 'row wrap', alignItems: 'center', '& > *': { flex: '1 1 360px' } }),
  over: css({ borderColor: theme.colors.primary.border, background: theme.colors.action.hover }),
  url: css({ display: 'flex', gap: theme.spacing(1), maxWidth: theme.spacing(80) }),
  note: css({ color: theme.colors.text.secondary, margin: 0 }),
});

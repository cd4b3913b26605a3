import { css } from '@emotion/css';
import React, { Fragment } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Modal, useStyles2 } from '@grafana/ui';

import { keyDescriptions } from '../graph/keys';

/** What every key and gesture does. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles2(getStyles);
  return (
    <Modal isOpen title={t('flamegraph.keys.title', 'Keys and gestures of the flame graph')} onDismiss={onClose}>
      <dl className={styles.list}>
        {keyDescriptions().map(({ keys, does }) => (
          <Fragment key={keys[0]}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(1, 3),
    margin: 0,
    dd: { margin: 0 },
  }),
  key: css({ marginRight: theme.spacing(0.5) }),
});

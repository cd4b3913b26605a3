import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { SceneComponentProps } from '@grafana/scenes';
import { Tab, TabContent, TabsBar, useStyles2 } from '@grafana/ui';

import { CaptureTab } from './capture/CaptureTab';
import type { CapturesScreen } from './CapturesScreen';
import { FileTab } from './file/FileTab';

/** The screen below its head. Both tabs stay as they are while the other is looked at. */
export function CapturesView({ model }: SceneComponentProps<CapturesScreen>) {
  const styles = useStyles2(getStyles);
  const { tab } = model.useState();
  return (
    <div className={styles.screen}>
      <TabsBar>
        <Tab
          label={t('app.captures.tab-capture', 'Capture')}
          icon="record-audio"
          active={tab === 'capture'}
          onChangeTab={() => model.show('capture')}
        />
        <Tab
          label={t('app.captures.tab-file', 'Open a file')}
          icon="file-alt"
          active={tab === 'file'}
          onChangeTab={() => model.show('file')}
        />
      </TabsBar>
      <TabContent className={styles.content}>
        <div hidden={tab !== 'capture'}>
          <CaptureTab scene={model} />
        </div>
        <div hidden={tab !== 'file'}>
          <FileTab scene={model} />
        </div>
      </TabContent>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 }),
  content: css({ paddingTop: theme.spacing(2), background: 'transparent' }),
});

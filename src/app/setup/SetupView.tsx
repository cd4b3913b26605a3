import React, { useId, useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneComponentProps } from '@grafana/scenes';
import { Field, Input, RadioButtonGroup, Stack, TextLink, useStyles2 } from '@grafana/ui';

import { APP_PATH } from '../../links/linked';
import { readMarkdown } from '../runbooks/model/markdown';
import { RunbookContext, type RunbookContextValue } from '../runbooks/page/RunbookContext';
import { Markdown } from '../runbooks/text/Markdown';
import { useDatasourceUid } from '../screen/datasourceOf';
import { NoDatasource } from '../screen/NoDatasource';
import { screenColumn } from '../screen/screenColumn';

import { fillGuide, isAddress, isServiceName, UNKNOWN_ADDRESS } from './fillGuide';
import { guidesOf, languageName, LANGUAGES, wayName } from './guides';
import { LiveCheck } from './LiveCheck';
import type { SetupScreen } from './SetupScreen';
import { useDatasourceAddress } from './useDatasourceAddress';

/** The screen below its head: choose, read, wait for the first profile. */
export function SetupView({ model }: SceneComponentProps<SetupScreen>) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const datasourceUid = useDatasourceUid(model);
  const { language, way, service, address } = model.useState();
  const known = useDatasourceAddress(datasourceUid);
  const reached = address ?? known ?? UNKNOWN_ADDRESS;
  const guides = guidesOf(language);
  const guide = guides.find((one) => one.way === way) ?? guides[0];
  const text = guide ? fillGuide(guide.text, service, reached) : '';
  return (
    <div className={styles.screen}>
      {datasourceUid === '' && <NoDatasource />}
      <Field label={t('app.setup.language', 'What is the program written in?')} noMargin>
        <RadioButtonGroup
          options={LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
          value={language}
          onChange={(value) => model.chooseLanguage(value)}
        />
      </Field>
      <Field label={t('app.setup.way-label', 'How shall it be profiled?')} noMargin>
        <RadioButtonGroup
          options={guides.map(({ way: value }) => ({ value, label: wayName(value) }))}
          value={guide?.way}
          onChange={(value) => model.setState({ way: value })}
        />
      </Field>
      <Stack wrap="wrap" alignItems="flex-start">
        <Field
          noMargin
          htmlFor={`${id}-service`}
          label={t('app.setup.service', 'Name of the service')}
          description={t('app.setup.service-hint', 'Under which its profiles are found.')}
          invalid={!isServiceName(service)}
          error={t('app.setup.service-invalid', 'Letters, digits, and . _ / - between them.')}
        >
          <Input
            id={`${id}-service`}
            value={service}
            width={30}
            onChange={({ currentTarget }) => model.setState({ service: currentTarget.value })}
          />
        </Field>
        <Field
          noMargin
          htmlFor={`${id}-address`}
          label={t('app.setup.address', 'Address of the profile server')}
          description={t(
            'app.setup.address-hint',
            'As the program reaches it, which may differ from how Grafana does.'
          )}
          invalid={!isAddress(reached)}
          error={t('app.setup.address-invalid', 'An address such as http://pyroscope:4040, without a login in it.')}
        >
          <Input
            id={`${id}-address`}
            value={reached}
            width={50}
            onChange={({ currentTarget }) => model.setState({ address: currentTarget.value })}
          />
        </Field>
      </Stack>
      {datasourceUid !== '' && guide?.way !== 'record' && guide?.way !== 'others' && isServiceName(service) && (
        <LiveCheck key={`${datasourceUid} ${service}`} service={service} datasourceUid={datasourceUid} />
      )}
      <GuideText text={text} />
      {guide && (
        <TextLink href={guide.documentation} external>
          {t('app.setup.documentation', 'The tool’s own documentation')}
        </TextLink>
      )}
    </div>
  );
}

function GuideText({ text }: { text: string }) {
  const nodes = useMemo(() => readMarkdown(text).children, [text]);
  return (
    <RunbookContext.Provider value={GUIDE_CONTEXT}>
      <Markdown nodes={nodes} />
    </RunbookContext.Provider>
  );
}

/** A guide is about no incident: its links lead to screens as they open by themselves. */
const GUIDE_CONTEXT: RunbookContextValue = {
  values: {},
  screenUrl: (screen) => `${APP_PATH}/${screen}`,
  runbookUrl: (slug) => `${APP_PATH}/runbooks/${encodeURIComponent(slug)}`,
  ticked: new Set(),
  toggle: () => undefined,
};

const getStyles = (theme: GrafanaTheme2) => ({
  screen: screenColumn(theme, 2),
});

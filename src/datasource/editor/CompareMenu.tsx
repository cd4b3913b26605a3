import React, { useState } from 'react';

import { t } from '@grafana/i18n';
import { Button, Dropdown, Menu, Stack, Text } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import { comparedWithEarlier, comparedWithPreviousVersion } from '../compare/presets';
import { describeFailure } from '../resources/failure';
import type { Span } from '../resources/span';
import type { LabelQuestions } from './labelQuestions';

interface Props {
  draft?: Draft;
  questionsIn: (span: Span) => LabelQuestions;
  span: Span;
  onCompare: (draft: Draft) => void;
}

/** What a query is most often held against, one click away; the baseline can be changed afterwards. */
export function CompareMenu({ draft, questionsIn, span, onCompare }: Props) {
  const [state, setState] = useState<{ asking?: boolean; reason?: string }>({});

  const comparePrevious = async (query: Draft) => {
    setState({ asking: true });
    try {
      const compared = await comparedWithPreviousVersion(query, questionsIn, span);
      setState('reason' in compared ? compared : {});
      if ('draft' in compared) {
        onCompare(compared.draft);
      }
    } catch (error) {
      setState({ reason: describeFailure(error) });
    }
  };
  const compareEarlier = (query: Draft, offset: string) => {
    setState({});
    onCompare(comparedWithEarlier(query, offset));
  };

  const menu = (query: Draft) => (
    <Menu>
      {earlier().map(({ offset, label }) => (
        <Menu.Item key={offset} icon="clock-nine" label={label} onClick={() => compareEarlier(query, offset)} />
      ))}
      <Menu.Divider />
      <Menu.Item
        icon="history"
        label={t('datasource.compare.previous-version', 'Previous version of this service')}
        onClick={() => comparePrevious(query)}
      />
      {query.right && (
        <Menu.Item
          icon="times"
          label={t('datasource.compare.nothing', 'Nothing: end the comparison')}
          onClick={() => onCompare(withoutRight(query))}
        />
      )}
    </Menu>
  );
  return (
    <Stack alignItems="center" gap={1} wrap="wrap">
      <Dropdown overlay={draft ? menu(draft) : <></>}>
        <Button
          variant="secondary"
          size="sm"
          type="button"
          icon={state.asking ? 'spinner' : 'code-branch'}
          disabled={!draft || state.asking}
        >
          {t('datasource.compare.menu', 'Compare with…')}
        </Button>
      </Dropdown>
      {state.reason && (
        <Text color="secondary" variant="bodySmall">
          <span role="status">{state.reason}</span>
        </Text>
      )}
    </Stack>
  );
}

function earlier() {
  return [
    { offset: '1h', label: t('datasource.compare.hour', 'One hour ago') },
    { offset: '1d', label: t('datasource.compare.day', 'Yesterday, at the same time') },
    { offset: '1w', label: t('datasource.compare.week', 'Last week, at the same time') },
  ];
}

/** Without a baseline there is nothing to normalise. */
function withoutRight({ right: _right, normalise: _normalise, ...draft }: Draft): Draft {
  return draft;
}

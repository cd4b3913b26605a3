import React from 'react';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneComponentProps, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { LinkButton } from '@grafana/ui';

import { APP_PATH } from '../../links/linked';

/** Which page to learn from explains what a screen shows. */
const LESSON_OF: Readonly<Record<string, string>> = {
  services: 'signals',
  explore: 'flame-graph',
  compare: 'compare',
  regressions: 'sampling',
  captures: 'continuous',
  alerts: 'best-practices',
  coverage: 'best-practices',
  setup: 'sdk-ebpf',
  traces: 'traces',
  runbooks: 'control-plane',
  diagnostics: 'architecture',
};

/** The page to learn from that belongs to a screen; undefined for a screen that has none. */
export function lessonOf(screen: string): string | undefined {
  return LESSON_OF[screen];
}

interface LearnLinkState extends SceneObjectState {
  /** Last part of the page's path. */
  lesson: string;
}

/** The question mark in a screen's head. */
export class LearnLink extends SceneObjectBase<LearnLinkState> {
  static readonly Component = LearnLinkView;
}

function LearnLinkView({ model }: SceneComponentProps<LearnLink>) {
  const { lesson } = model.useState();
  const label = t('app.screen.learn', 'Explain this screen');
  return (
    <LinkButton
      variant="secondary"
      icon="question-circle"
      aria-label={label}
      tooltip={label}
      href={locationUtil.assureBaseUrl(`${APP_PATH}/learn/${lesson}`)}
    />
  );
}

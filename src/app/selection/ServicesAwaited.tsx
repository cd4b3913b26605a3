import React from 'react';

import { t } from '@grafana/i18n';
import type { SceneObject } from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';

import type { Answer } from '../../datasource/resources/useAnswer';
import type { Services } from '../resources/ServiceDirectory';
import { NoProfiles } from '../screen/NoProfiles';

import { ServicesFailure } from './ServicesFailure';

interface Props {
  scene: SceneObject;
  services: Answer<Services>;
  datasourceUid: string;
}

/** In place of a screen that has to know a service before it can ask for anything: looking, failed, or there is none. */
export function ServicesAwaited({ scene, services, datasourceUid }: Props) {
  if (services.failure !== undefined) {
    return <ServicesFailure reason={services.failure} datasourceUid={datasourceUid} onRetry={services.retry} />;
  }
  const { value } = services;
  return value?.services.length === 0 || value?.profileTypes.length === 0 ? (
    <NoProfiles scene={scene} datasourceUid={datasourceUid} />
  ) : (
    <LoadingPlaceholder text={t('app.services.loading', 'Looking for services…')} />
  );
}

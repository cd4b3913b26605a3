import React, { useState } from 'react';
import { firstValueFrom } from 'rxjs';

import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';

import { describeFailure } from '../../datasource/resources/failure';
import { deploysOf } from '../resources/deploys';

import { spanLookedAt } from './baselineQuery';
import { deployedWithin, previousVersion } from './previousVersion';
import type { ProfileComparison } from './ProfileComparison';

interface Props {
  model: ProfileComparison;
  datasourceUid: string;
  /** Called with why there is nothing to compare with; undefined once there is. */
  onProblem: (problem: string | undefined) => void;
}

/** Compares the version that runs with the one before it: looks for the deploy between them. */
export function PreviousVersionButton({ model, datasourceUid, onProblem }: Props) {
  const [looking, setLooking] = useState(false);
  const compare = async () => {
    const { comparison, profileTypeId = '' } = model.state;
    const { labelSelector } = comparison;
    const span = spanLookedAt(comparison.lookedAt);
    setLooking(true);
    try {
      const asked = { datasourceUid, profileTypeId, labelSelector, span: deployedWithin(span) };
      const sides = previousVersion(comparison.state, span, await firstValueFrom(deploysOf(asked)));
      if (sides) {
        model.compare(sides);
      }
      onProblem(
        sides
          ? undefined
          : t(
              'app.compare.no-deploy',
              'No change of version was found in the day before. Profiles must carry a label such as version or service_version.'
            )
      );
    } catch (error) {
      onProblem(describeFailure(error));
    } finally {
      setLooking(false);
    }
  };
  return (
    <Button variant="secondary" onClick={compare} disabled={looking} icon={looking ? 'spinner' : undefined}>
      {t('app.compare.previous-version', 'Previous version')}
    </Button>
  );
}

import { DataSourceWithBackend } from '@grafana/runtime';

import type { ProfilesQuery } from './query';
import type { ProfilesOptions } from './settings';

export class ProfilesDatasource extends DataSourceWithBackend<ProfilesQuery, ProfilesOptions> {}

import { DataSourceWithBackend } from '@grafana/runtime';

import type { ProfilesOptions, ProfilesQuery } from './query';

export class ProfilesDatasource extends DataSourceWithBackend<ProfilesQuery, ProfilesOptions> {}

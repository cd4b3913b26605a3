import { from } from 'rxjs';

import type { LoadTexts } from '../runbooks/page/useLibrary';

/** The texts are a chunk of their own. */
export const loadLessons: LoadTexts = () => from(import('./lessons').then(({ LESSONS }) => LESSONS));

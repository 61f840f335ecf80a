import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../src/config.ts';

/** The project's own Swedish clips, for runs without a folder. */
export const FIXTURE_FOLDER = join(PROJECT_DIRECTORY, 'test', 'fixtures', 'audio', 'speech');

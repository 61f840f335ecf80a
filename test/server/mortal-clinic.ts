import { join } from 'node:path';
import type pg from 'pg';
import type { DeliverySettings } from '../../src/delivery/settings.ts';
import type { QueueConnection } from '../../src/queue/backends/backend.ts';
import type { JobTimes } from '../../src/queue/job.ts';
import { MortalProcess } from '../mortal-process.ts';

/** Where a server kills itself: by what it sends to the database, whoever of its parts does. */
export interface Death {
  readonly of: 'statement' | 'commit';
  /** The how manieth since it began to listen, or since `after`. */
  readonly count: number;
  /** Part of a statement from which on they are counted. */
  readonly after?: string;
  /** Whether the database still hears it. */
  readonly isSent: boolean;
}

export interface ClinicSettings {
  readonly database: pg.ClientConfig;
  readonly queue: QueueConnection;
  readonly times: JobTimes;
  readonly letters: DeliverySettings;
  /** Reminds of visits as at this time, ISO 8601; not at all where absent. */
  readonly remindsAt?: string | undefined;
  readonly death?: Death | undefined;
}

/** A whole server in a process of its own: its pages and interfaces, the job queue and everybody who works on it. */
export class MortalClinic extends MortalProcess {
  constructor(settings: ClinicSettings) {
    super(join(import.meta.dirname, 'clinic-child.ts'), settings);
  }
}

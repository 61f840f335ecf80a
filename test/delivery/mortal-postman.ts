import { join } from 'node:path';
import type pg from 'pg';
import type { DeliverySettings } from '../../src/delivery/settings.ts';
import type { QueueConnection } from '../../src/queue/backends/backend.ts';
import type { JobTimes } from '../../src/queue/job.ts';
import { MortalProcess } from '../mortal-process.ts';

/** The steps on a letter's way through one channel, in their order. */
export const STEPS = ['job begun', 'attempt put down', 'letter sent', 'outcome written', 'outcome committed'] as const;

export type Step = (typeof STEPS)[number];

export interface PostmanSettings {
  readonly queue: QueueConnection;
  readonly database: pg.ClientConfig;
  readonly times: JobTimes;
  readonly letters: DeliverySettings;
  /** Where it kills itself: at a step of a channel that leaves the server. */
  readonly death?: Step;
}

/** A relay and a worker for letters in a process of their own. */
export class MortalPostman extends MortalProcess {
  constructor(settings: PostmanSettings) {
    super(join(import.meta.dirname, 'mortal-postman-child.ts'), settings);
  }
}

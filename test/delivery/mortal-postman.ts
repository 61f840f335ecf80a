import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type pg from 'pg';
import type { DeliverySettings } from '../../src/delivery/settings.ts';
import type { QueueConnection } from '../../src/queue/backends/backend.ts';
import type { JobTimes } from '../../src/queue/job.ts';

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
export class MortalPostman {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;

  constructor(settings: PostmanSettings) {
    const script = join(import.meta.dirname, 'mortal-postman-child.ts');
    this.#child = fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#exited = once(this.#child, 'exit');
    this.#child.send(settings);
  }

  /** The signal that ended it. */
  async died(): Promise<string | null> {
    const [, signal] = await this.#exited;
    return signal as string | null;
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}

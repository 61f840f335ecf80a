import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { WorkerSettings } from '../../src/queue/worker-messages.ts';

/** The steps on the way from a message to its task, in their order. */
export const STEPS = ['messages taken', 'jobs added', 'job begun', 'task written', 'task committed'] as const;

/** Where a process kills itself, and the how manieth time that it comes there. */
export interface Death {
  readonly step: (typeof STEPS)[number];
  readonly count: number;
}

/** A relay and a worker in a process of their own. */
export class Mortal {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;

  constructor(settings: WorkerSettings, death?: Death) {
    this.#child = fork(join(import.meta.dirname, 'mortal-child.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#exited = once(this.#child, 'exit');
    this.#child.send({ ...settings, death });
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

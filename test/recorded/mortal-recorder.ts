import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { WorkerSettings } from '../../src/queue/worker-messages.ts';

/** The steps on the way from a message to the note of a recording, in their order. */
export const STEPS = ['job taken', 'job begun', 'sound transcribed', 'note written', 'note committed'] as const;
export type Step = (typeof STEPS)[number];

export interface MortalSettings extends Pick<WorkerSettings, 'queue' | 'database' | 'times'> {
  /** Of the sounds. */
  readonly folder: string;
  /** Where it kills itself. */
  readonly death?: Step;
}

/** The recordings' part of a server in a process of its own. */
export class MortalRecorder {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;

  constructor(settings: MortalSettings) {
    const script = join(import.meta.dirname, 'mortal-recorder-child.ts');
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

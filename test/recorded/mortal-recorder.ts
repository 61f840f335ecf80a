import { join } from 'node:path';
import type { WorkerSettings } from '../../src/queue/worker-messages.ts';
import { MortalProcess } from '../mortal-process.ts';

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
export class MortalRecorder extends MortalProcess {
  constructor(settings: MortalSettings) {
    super(join(import.meta.dirname, 'mortal-recorder-child.ts'), settings);
  }
}

import { join } from 'node:path';
import type { WorkerSettings } from '../../src/queue/worker-messages.ts';
import { MortalProcess } from '../mortal-process.ts';

/** The steps on the way from a message to its task, in their order. */
export const STEPS = ['messages taken', 'jobs added', 'job begun', 'task written', 'task committed'] as const;

/** Where a process kills itself, and the how manieth time that it comes there. */
export interface Death {
  readonly step: (typeof STEPS)[number];
  readonly count: number;
}

/** A relay and a worker in a process of their own. */
export class Mortal extends MortalProcess {
  constructor(settings: WorkerSettings, death?: Death) {
    super(join(import.meta.dirname, 'mortal-child.ts'), { ...settings, death });
  }
}

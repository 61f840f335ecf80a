import type pg from 'pg';
import { z } from 'zod';
import { ERROR_CODES } from '../contracts/errors.ts';
import type { QueueConnection } from './backends/backend.ts';
import type { JobTimes } from './job.ts';

/** What a worker process is told when it starts, by its server alone. */
export interface WorkerSettings {
  readonly queue: QueueConnection;
  /** Of the clinic's database, as the application. */
  readonly database: pg.ClientConfig;
  readonly times: JobTimes;
  /** Jobs at once. */
  readonly concurrency: number;
}

/** What a worker process tells: codes, names and seconds. */
export const WorkerReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('task-made'), latencySeconds: z.number() }),
  z.object({ kind: z.literal('failed'), job: z.string(), code: z.enum(ERROR_CODES), isGivenUp: z.boolean() }),
  z.object({ kind: z.literal('trouble'), code: z.enum(ERROR_CODES) }),
]);
export type WorkerReport = z.infer<typeof WorkerReport>;

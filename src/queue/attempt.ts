import { AppError, type ErrorCode } from '../contracts/errors.ts';
import { databaseError } from '../storage/errors.ts';
import { bury, settleJob } from '../storage/repositories/dead-letters.ts';
import { Superseded } from '../storage/repositories/job-fences.ts';
import type { TakenJob } from './backends/backend.ts';
import { failureReason } from './failure-reasons.ts';
import type { JobTimes } from './job.ts';
import type { ClinicWorld } from './world.ts';

/** A job that takes its worker down with it each time is not begun for ever. */
const MAX_STALLS = 20;
/** Trying again changes nothing. */
const HOPELESS: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'REQUEST_INVALID']);

export interface Failure {
  readonly job: string;
  readonly code: ErrorCode;
  /** Whether it was the last attempt, and lies with the dead letters now. */
  readonly isGivenUp: boolean;
}

/**
 * One attempt at a job. What fails is tried again later, and lies with the dead letters after the last attempt, before
 * BullMQ is told: it cannot be lost between the two. A database that does not answer is waited for, as long as it takes.
 */
export async function attempt(
  world: Pick<ClinicWorld, 'storage'>,
  job: TakenJob,
  { attempts, unavailableRetryMs }: JobTimes,
  doIt: () => Promise<void>,
  onFailure: (failure: Failure) => void,
): Promise<void> {
  try {
    if (job.stalls > MAX_STALLS) {
      throw new AppError('QUEUE_WORKER_DIED', 'the job took its worker down', { got: `${job.stalls} times` });
    }
    await doIt();
    if (job.start > 1) await world.storage.transaction((tables) => settleJob(tables, job.id));
  } catch (thrown) {
    const error = databaseError(thrown);
    // Whoever took it over does it.
    if (error instanceof Superseded) return;
    if (error.code === 'DATABASE_UNAVAILABLE') throw await job.postpone(unavailableRetryMs);
    const isGivenUp = job.failures + 1 >= attempts || HOPELESS.has(error.code) || error.code === 'QUEUE_WORKER_DIED';
    if (isGivenUp && !(await buried(world, job, error))) throw await job.postpone(unavailableRetryMs);
    onFailure({ job: job.name, code: error.code, isGivenUp });
    // The code and no more: the words of an unknown failure may be a patient's.
    throw isGivenUp ? job.giveUp(error.code) : new Error(error.code);
  }
}

/** False when the database could not keep it just now. */
async function buried({ storage }: Pick<ClinicWorld, 'storage'>, job: TakenJob, { code }: AppError): Promise<boolean> {
  const { id: jobId, name: topic, data: payload, failures } = job;
  const letter = { jobId, topic, payload, code, reason: failureReason(code), attempts: failures + 1 };
  try {
    await storage.transaction((tables) => bury(tables, letter));
    return true;
  } catch {
    return false;
  }
}

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

/** Where dead letters lie. */
interface AttemptWorld {
  readonly storage: Pick<ClinicWorld['storage'], 'transaction'>;
}

/** It cannot be done now, which is no failure. */
export interface Postponed {
  readonly postponeMs: number;
}

/** What a kind of job wants otherwise. */
export interface AttemptRules {
  /** How often a job may lose its worker. */
  readonly maxStalls?: number;
  /** Before it lies with the dead letters. Throws where that cannot be just now. */
  readonly onGivingUp?: (code: ErrorCode) => Promise<void>;
}

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
  world: AttemptWorld,
  job: TakenJob,
  { attempts, unavailableRetryMs }: JobTimes,
  doIt: () => Promise<Postponed | undefined>,
  onFailure: (failure: Failure) => void,
  { maxStalls = MAX_STALLS, onGivingUp }: AttemptRules = {},
): Promise<void> {
  let postponed: Postponed | undefined;
  try {
    if (job.stalls > maxStalls) {
      throw new AppError('QUEUE_WORKER_DIED', 'the job took its worker down', { got: `${job.stalls} times` });
    }
    postponed = await doIt();
    if (job.start > 1 && !postponed) await world.storage.transaction((tables) => settleJob(tables, job.id));
  } catch (thrown) {
    const error = databaseError(thrown);
    // Whoever took it over does it.
    if (error instanceof Superseded) return;
    if (error.code === 'DATABASE_UNAVAILABLE') throw await job.postpone(unavailableRetryMs);
    const isGivenUp = job.failures + 1 >= attempts || HOPELESS.has(error.code) || error.code === 'QUEUE_WORKER_DIED';
    if (isGivenUp && !(await buried(world, job, error, onGivingUp))) throw await job.postpone(unavailableRetryMs);
    onFailure({ job: job.name, code: error.code, isGivenUp });
    // The code and no more: the words of an unknown failure may be a patient's.
    throw isGivenUp ? job.giveUp(error.code) : new Error(error.code);
  }
  if (postponed) throw await job.postpone(postponed.postponeMs);
}

/** False when the database could not keep it just now. */
async function buried(
  { storage }: AttemptWorld,
  job: TakenJob,
  { code }: AppError,
  onGivingUp?: AttemptRules['onGivingUp'],
): Promise<boolean> {
  const { id: jobId, name: topic, data: payload, failures } = job;
  const letter = { jobId, topic, payload, code, reason: failureReason(code), attempts: failures + 1 };
  try {
    await onGivingUp?.(code);
    await storage.transaction((tables) => bury(tables, letter));
    return true;
  } catch {
    return false;
  }
}

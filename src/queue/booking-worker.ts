import { databaseError } from '../storage/errors.ts';
import { Superseded } from '../storage/repositories/job-fences.ts';
import { attempt, type Failure } from './attempt.ts';
import type { JobWorker, QueueBackend, TakenJob } from './backends/backend.ts';
import { BUNDLE_JOB, unbundled } from './bundle.ts';
import { doBookingJob } from './do-job.ts';
import { type JobTimes, ROUND_JOB } from './job.ts';
import type { MadeTask } from './tasks/make-task.ts';
import type { ClinicWorld } from './world.ts';

export interface BookingWorkerOptions {
  readonly backend: QueueBackend;
  readonly world: ClinicWorld;
  readonly times: JobTimes;
  /** Jobs at once. */
  readonly concurrency: number;
  readonly onTaskMade: (latencySeconds: number) => void;
  readonly onFailure: (failure: Failure) => void;
  readonly onError: (error: Error) => void;
}

/** Takes jobs of the booking queue until it is closed. */
export async function startBookingWorker(options: BookingWorkerOptions): Promise<JobWorker> {
  const { backend, world, times, concurrency, onTaskMade, onFailure, onError } = options;
  const queue = backend.openQueue('booking');
  const worker = await backend.openWorker({
    name: 'booking',
    concurrency,
    times,
    onError,
    work: (job) =>
      attempt(
        world,
        job,
        // A round comes again by itself.
        job.name === ROUND_JOB ? { ...times, attempts: Number.POSITIVE_INFINITY } : times,
        async () => {
          const made = await unbundledOnTrouble(job, () => doBookingJob(world, job));
          for (const { latencySeconds } of made) onTaskMade(latencySeconds);
          return undefined;
        },
        onFailure,
      ),
  });
  return {
    async close() {
      await worker.close();
      await queue.close();
    },
  };

  /** A database that does not answer is no trouble of any of them. */
  async function unbundledOnTrouble(job: TakenJob, doIt: () => Promise<readonly MadeTask[]>) {
    if (job.name !== BUNDLE_JOB) return doIt();
    try {
      if (job.stalls === 0) return await doIt();
    } catch (error) {
      if (error instanceof Superseded || databaseError(error).code === 'DATABASE_UNAVAILABLE') throw error;
    }
    await queue.addAll(unbundled(job), times);
    return [];
  }
}

import { attempt, type Failure } from './attempt.ts';
import type { JobWorker, QueueBackend } from './backends/backend.ts';
import { doBookingJob } from './do-job.ts';
import { type JobTimes, ROUND_JOB } from './job.ts';
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
export function startBookingWorker(options: BookingWorkerOptions): Promise<JobWorker> {
  const { backend, world, times, concurrency, onTaskMade, onFailure, onError } = options;
  return backend.openWorker({
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
          const made = await doBookingJob(world, job);
          if (made) onTaskMade(made.latencySeconds);
          return undefined;
        },
        onFailure,
      ),
  });
}

import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { JobData } from '../job.ts';
import type { JobWorker, TakenJob, WorkOptions } from './backend.ts';

/** How often a job may lose its worker is decided by whoever does it, with a dead letter; not by BullMQ, in silence. */
const MAX_STALLS = 1_000_000;

/** What is used of BullMQ's Worker, whatever its store. */
interface BullWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  close(): Promise<void>;
}

/** What both backends' workers are opened with. */
export function bullWorkerOptions({ concurrency, times }: WorkOptions) {
  return {
    concurrency,
    lockDuration: times.lockMs,
    stalledInterval: times.stalledCheckMs,
    maxStalledCount: MAX_STALLS,
    // After an error of the store itself; BullMQ's own 15 s are long for a database that restarts in two.
    runRetryDelay: times.unavailableRetryMs,
    autorun: false,
  };
}

export function bullProcessor({ work }: WorkOptions) {
  return (job: Job<JobData>, token?: string) => work(takenJob(job, token));
}

export async function startedWorker(worker: BullWorker, { onError }: WorkOptions): Promise<JobWorker> {
  worker.on('error', onError);
  await worker.waitUntilReady();
  const running = worker.run().catch(onError);
  return {
    async close() {
      await worker.close();
      await running;
    },
  };
}

function takenJob(job: Job<JobData>, token: string | undefined): TakenJob {
  return {
    id: job.id!,
    name: job.name,
    data: job.data,
    start: job.attemptsStarted,
    failures: job.attemptsMade,
    stalls: job.stalledCounter,
    async postpone(forMs) {
      await job.moveToDelayed(Date.now() + forMs, token);
      return new DelayedError();
    },
    giveUp: (why) => new UnrecoverableError(why),
  };
}

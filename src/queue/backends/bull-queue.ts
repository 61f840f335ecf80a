import type { BulkJobOptions } from 'bullmq';
import { AppError } from '../../contracts/errors.ts';
import type { JobData, JobTimes, NewJob, QueueName } from '../job.ts';
import type { JobQueue } from './backend.ts';

/** A store that takes longer has lost its jobs or its network; the outbox keeps what was to be added. */
const ADD_TIMEOUT_MS = 5_000;
const COUNT_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;
/** Given up; kept for the operators' view of the queue. */
const KEPT_FAILED = { age: 7 * 24 * 3600, count: 1000 };
/** Share of each wait that is drawn by lot, so that jobs that failed together do not come back together. */
const RETRY_JITTER = 0.5;

/** What is used of BullMQ's Queue, whatever its store. */
export interface BullQueue {
  readonly name: string;
  addBulk(jobs: { name: string; data: JobData; opts: BulkJobOptions }[]): Promise<unknown>;
  getJobCounts(
    ...states: ('waiting' | 'prioritized' | 'active' | 'delayed' | 'failed')[]
  ): Promise<Record<string, number>>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** BullMQ's queue, every wait with an end. */
export function jobQueue(name: QueueName, queue: BullQueue, onError: (error: Error) => void): JobQueue {
  // Without a listener a lost connection would end the process.
  queue.on('error', onError);
  return {
    name,
    queue,
    async addAll(jobs, times) {
      const adding = queue.addBulk(jobs.map((job) => bullJob(job, times)));
      await within(ADD_TIMEOUT_MS, adding, 'does not take jobs');
    },
    async counts() {
      const counting = queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
      const counts = await within(COUNT_TIMEOUT_MS, counting, 'does not count its jobs');
      const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
      return { waiting: waiting + prioritized, active, delayed, failed };
    },
    // Without its store it never says goodbye.
    close: () => within(CLOSE_TIMEOUT_MS, queue.close(), 'does not close').catch(onError),
  };
}

function bullJob({ id, name, data }: NewJob, { attempts, firstRetryMs }: JobTimes) {
  const backoff = { type: 'exponential', delay: firstRetryMs, jitter: RETRY_JITTER };
  // One that is done leaves no trace: were its id kept, whatever asks for the same work again would be passed over.
  const opts = { jobId: id, attempts, backoff, removeOnComplete: true, removeOnFail: KEPT_FAILED };
  return { name, data, opts };
}

/** Throws QUEUE_UNAVAILABLE when it takes longer or fails. */
async function within<Result>(timeoutMs: number, work: Promise<Result>, what: string): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw new AppError('QUEUE_UNAVAILABLE', `the job queue ${what}`, { retryable: true, cause });
  } finally {
    clearTimeout(timer);
  }
}

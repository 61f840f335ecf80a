import type pg from 'pg';
import type { JobCounts, JobData, JobTimes, NewJob, QueueName } from '../job.ts';

/** Where the jobs lie. It is handed to worker processes, so it must survive JSON. */
export type QueueConnection =
  | { readonly kind: 'postgres'; readonly connection: pg.ClientConfig }
  | { readonly kind: 'redis'; readonly url: string };

/** Adds jobs and counts them. */
export interface JobQueue {
  readonly name: QueueName;
  /** BullMQ's own, for the operators' view of it. */
  readonly queue: { readonly name: string };
  /** All or some are there when it throws; adding them again is harmless. Throws QUEUE_UNAVAILABLE. */
  addAll(jobs: readonly NewJob[], times: JobTimes): Promise<void>;
  counts(): Promise<JobCounts>;
  close(): Promise<void>;
}

/** A job as whoever does it sees it. */
export interface TakenJob {
  readonly id: string;
  readonly name: string;
  readonly data: JobData;
  /** 1 at the first; grows each time anybody begins the job, whatever came of the time before. */
  readonly start: number;
  /** Attempts that failed before. */
  readonly failures: number;
  /** Times that its worker went silent in the middle of it. */
  readonly stalls: number;
  /** Puts it aside without an attempt being counted; what is thrown then must be passed on. */
  postpone(forMs: number): Promise<Error>;
  /** What to throw when no further attempt is to be made. */
  giveUp(why: string): Error;
}

export interface WorkOptions {
  readonly name: QueueName;
  readonly concurrency: number;
  readonly times: JobTimes;
  readonly work: (job: TakenJob) => Promise<void>;
  /** Trouble with the queue itself. */
  readonly onError: (error: Error) => void;
}

/** Takes jobs until it is closed. */
export interface JobWorker {
  /** Takes no more, and waits for the jobs at hand. */
  close(): Promise<void>;
}

export interface QueueBackend {
  readonly kind: QueueConnection['kind'];
  openQueue(name: QueueName): JobQueue;
  openWorker(options: WorkOptions): Promise<JobWorker>;
  /** After its queues and workers. */
  close(): Promise<void>;
}

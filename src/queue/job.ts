import { z } from 'zod';
import type { OutboxTopic } from '../contracts/booking-events.ts';

/** BullMQ's queues. Who works on which is decided by who opens a worker for it. */
export const QUEUE_NAMES = ['booking', 'dictation', 'delivery', 'letters', 'notices'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** Where each message goes; null where nothing is to be done yet, and its events tell all that there is to tell. */
export const QUEUE_OF_TOPIC: Readonly<Record<OutboxTopic, QueueName | null>> = {
  'request.created': 'booking',
  'request.withdrawn': 'booking',
  'question.asked': null,
  'question.answered': 'booking',
  'task.waiting': 'booking',
  'note.signed': null,
  'dictation.received': 'dictation',
  'webhook.due': 'delivery',
  'letter.due': 'letters',
  'time.freed': 'booking',
  'offer.made': 'notices',
  'reminder.due': null,
};

/** The rounds that the booking workers go; each is a job now and then. */
export const ROUNDS = ['wake', 'remind', 'offer', 'fit', 'repair', 'tidy'] as const;
export const Round = z.enum(ROUNDS);
export type Round = z.infer<typeof Round>;
export const ROUND_JOB = 'round';

/** What a job carries: ids, never content. Whoever does it looks at the world again. */
export type JobData = Readonly<Record<string, string | readonly string[]>>;

export interface NewJob {
  /** The same for every repeat, so that one that is there already is not added again. */
  readonly id: string;
  /** A topic of the outbox, BUNDLE_JOB or ROUND_JOB. */
  readonly name: string;
  readonly data: JobData;
}

export interface JobCounts {
  /** Ready for a worker. */
  readonly waiting: number;
  readonly active: number;
  /** Waiting for their next attempt. */
  readonly delayed: number;
  /** Given up; they also lie with the dead letters. */
  readonly failed: number;
}

/** How often and how fast a job is tried, and when a silent worker counts as dead. */
export interface JobTimes {
  readonly attempts: number;
  /** Before the second attempt; doubled for each further one. */
  readonly firstRetryMs: number;
  /** Before another look at a database that did not answer; such a look is no attempt. */
  readonly unavailableRetryMs: number;
  /** A job is its worker's for so long after the last sign of life. */
  readonly lockMs: number;
  /** How often workers look for jobs whose lock has run out. */
  readonly stalledCheckMs: number;
}

/** With these a killed worker's job is taken up after about 9 s, and the last attempt comes after about two minutes. */
export const DEFAULT_JOB_TIMES: JobTimes = {
  attempts: 9,
  firstRetryMs: 500,
  unavailableRetryMs: 2_000,
  lockMs: 10_000,
  stalledCheckMs: 5_000,
};

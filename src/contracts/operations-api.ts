import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './api-forms.ts';
import { Id } from './clinic.ts';

const Count = z.int().nonnegative();
const Bytes = z.int().nonnegative();
const JobCounts = z.object({ waiting: Count, active: Count, delayed: Count, failed: Count });

/** How the job queue is doing. */
export const QueueState = z.object({
  backend: z.enum(['postgres', 'redis']),
  outbox: z.object({ messages: Count, oldestAgeSeconds: z.number() }),
  jobs: z.object({
    booking: JobCounts,
    dictation: JobCounts,
    delivery: JobCounts,
    letters: JobCounts,
    notices: JobCounts,
  }),
  deadLetters: Count,
  /** Worker processes of this server that are up. */
  workers: Count,
});
export type QueueState = z.infer<typeof QueueState>;

/** A job that was given up. It names nobody: what it was about is told by ids. */
export const DeadLetterView = z.object({
  id: Id,
  topic: z.string(),
  /** Ids by what they are of: requestId, questionId ... */
  subject: z.record(z.string(), z.string()),
  code: z.string(),
  /** Why, in Swedish. */
  reason: z.string(),
  attempts: Count,
  failedAt: Instant,
  /** By whom, when and why it was set aside; null for one that is open. */
  setAside: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

export const DeadLetterPage = pageOf(DeadLetterView);
export const DeadLetterQuery = pageQuery({ usual: 50, most: 200 }).extend({
  /** Those that nobody has dealt with, or those that are not to be done. */
  state: z.enum(['open', 'set-aside']).default('open'),
});

export const MAX_SET_ASIDE_CHARACTERS = 500;
/** Why a job is not to be done. */
export const SetAsideBody = z.strictObject({
  reason: z.string().trim().min(1, 'a reason').max(MAX_SET_ASIDE_CHARACTERS, 'at most 500 characters'),
});

/** What the server is, and how it is doing. */
export const SystemState = z.object({
  /** Of the program. */
  version: z.string(),
  /** Of Node.js. */
  runtime: z.string(),
  startedAt: Instant,
  demo: z.boolean(),
  speech: z.object({
    ready: z.boolean(),
    workers: Count,
    busyWorkers: Count,
    replacedWorkers: Count,
    queuedJobs: Count,
    queueLimit: Count,
    models: z.array(z.object({ name: z.string(), sizeBytes: Bytes, isDefault: z.boolean() })),
  }),
  /** Live dictation; null where this server has none. */
  live: z.object({ sessions: Count, attended: Count, journalBytes: Bytes }).nullable(),
  database: z.object({
    kind: z.enum(['embedded', 'external']),
    /** As PostgreSQL tells it: 18.4. */
    version: z.string(),
    sizeBytes: Bytes,
  }),
  /** Of the data folder; null where it cannot be told. */
  disk: z.object({ freeBytes: Bytes, totalBytes: Bytes }).nullable(),
  /** Null with plain HTTP. */
  certificate: z.object({ validUntil: Instant }).nullable(),
});
export type SystemState = z.infer<typeof SystemState>;

import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './api-forms.ts';
import { Id } from './clinic.ts';

const Count = z.int().nonnegative();
const JobCounts = z.object({ waiting: Count, active: Count, delayed: Count, failed: Count });

/** How the job queue is doing. */
export const QueueState = z.object({
  backend: z.enum(['postgres', 'redis']),
  outbox: z.object({ messages: Count, oldestAgeSeconds: z.number() }),
  jobs: z.object({ booking: JobCounts, dictation: JobCounts, delivery: JobCounts }),
  deadLetters: Count,
  /** Worker processes of this server that are up. */
  workers: Count,
});

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
});

export const DeadLetterPage = pageOf(DeadLetterView);
export const DeadLetterQuery = pageQuery({ usual: 50, most: 200 });

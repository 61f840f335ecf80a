import { OutboxMessage } from '../contracts/booking-events.ts';
import { AppError } from '../contracts/errors.ts';
import { attempt, type Failure } from '../queue/attempt.ts';
import type { JobWorker, QueueBackend, TakenJob } from '../queue/backends/backend.ts';
import type { JobTimes } from '../queue/job.ts';
import { type NoticeWorld, noticeOfOffer } from './notice.ts';

/** Nearly all of each is waiting for its receiver. */
const AT_ONCE = 4;

export interface NoticeWorkerOptions {
  readonly backend: QueueBackend;
  readonly world: NoticeWorld;
  readonly times: JobTimes;
  readonly onFailure: (failure: Failure) => void;
  readonly onError: (error: Error) => void;
}

/** Takes notices from the job queue until it is closed. */
export function startNoticeWorker(options: NoticeWorkerOptions): Promise<JobWorker> {
  const { backend, world, times, onFailure, onError } = options;
  return backend.openWorker({
    name: 'notices',
    concurrency: AT_ONCE,
    times,
    onError,
    work: (job) => attempt(world, job, times, async () => noticeOfOffer(world, job, offerIdOf(job)), onFailure),
  });
}

function offerIdOf({ name: topic, data: payload }: TakenJob): string {
  const { data: message } = OutboxMessage.safeParse({ topic, payload });
  if (message?.topic === 'offer.made') return message.payload.offerId;
  throw new AppError('REQUEST_INVALID', 'a job that is none of the notices', { expected: 'offer.made', got: topic });
}

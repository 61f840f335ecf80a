import { OutboxMessage } from '../contracts/booking-events.ts';
import { AppError } from '../contracts/errors.ts';
import { attempt, type Failure } from '../queue/attempt.ts';
import type { JobWorker, QueueBackend, TakenJob } from '../queue/backends/backend.ts';
import type { JobTimes } from '../queue/job.ts';
import { deliverLetter, giveUpDelivery, type LetterWorld } from './deliver.ts';

/** Most of each is waiting for its receiver; a letter as PDF takes its turn on the server's own thread. */
const AT_ONCE = 8;

export interface LetterWorkerOptions {
  readonly backend: QueueBackend;
  readonly world: LetterWorld;
  readonly times: JobTimes;
  readonly onFailure: (failure: Failure) => void;
  readonly onError: (error: Error) => void;
}

/** Takes letters from the job queue until it is closed. */
export function startLetterWorker(options: LetterWorkerOptions): Promise<JobWorker> {
  const { backend, world, times, onFailure, onError } = options;
  return backend.openWorker({
    name: 'letters',
    concurrency: AT_ONCE,
    times,
    onError,
    work: (job) =>
      attempt(world, job, times, async () => deliverLetter(world, job, deliveryIdOf(job)), onFailure, {
        onGivingUp: async () => {
          if (isLetterJob(job)) await giveUpDelivery(world, job, deliveryIdOf(job));
        },
      }),
  });
}

const isLetterJob = ({ name: topic, data: payload }: TakenJob) =>
  OutboxMessage.safeParse({ topic, payload }).data?.topic === 'letter.due';

function deliveryIdOf({ name: topic, data: payload }: TakenJob): string {
  const { data: message } = OutboxMessage.safeParse({ topic, payload });
  if (message?.topic === 'letter.due') return message.payload.deliveryId;
  throw new AppError('REQUEST_INVALID', 'a job that is none of the letters', { expected: 'letter.due', got: topic });
}

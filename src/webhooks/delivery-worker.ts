import { OutboxMessage } from '../contracts/booking-events.ts';
import { AppError } from '../contracts/errors.ts';
import { attempt, type Failure } from '../queue/attempt.ts';
import type { JobWorker, QueueBackend, TakenJob } from '../queue/backends/backend.ts';
import type { JobTimes } from '../queue/job.ts';
import { type DeliveryWorld, deliver } from './deliver.ts';

/** Nearly all of each is waiting for its receiver. */
const AT_ONCE = 16;

export interface DeliveryWorkerOptions {
  readonly backend: QueueBackend;
  readonly world: DeliveryWorld;
  readonly times: JobTimes;
  readonly onFailure: (failure: Failure) => void;
  readonly onError: (error: Error) => void;
}

/** Takes deliveries from the job queue until it is closed. */
export function startDeliveryWorker(options: DeliveryWorkerOptions): Promise<JobWorker> {
  const { backend, world, times, onFailure, onError } = options;
  return backend.openWorker({
    name: 'delivery',
    concurrency: AT_ONCE,
    times,
    onError,
    work: (job) => attempt(world, job, times, async () => deliver(world, job, deliveryIdOf(job)), onFailure),
  });
}

function deliveryIdOf({ name: topic, data: payload }: TakenJob): string {
  const { data: message } = OutboxMessage.safeParse({ topic, payload });
  if (message?.topic === 'webhook.due') return message.payload.deliveryId;
  throw new AppError('REQUEST_INVALID', 'a job that is none of the deliveries', {
    expected: 'webhook.due',
    got: topic,
  });
}

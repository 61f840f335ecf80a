import { OutboxMessage } from '../contracts/booking-events.ts';
import { AppError, type ErrorCode } from '../contracts/errors.ts';
import { attempt, type Failure } from '../queue/attempt.ts';
import type { JobWorker, QueueBackend, TakenJob } from '../queue/backends/backend.ts';
import type { JobTimes } from '../queue/job.ts';
import { type DictationWorld, draftDictation, failDictation } from './draft-dictation.ts';
import { asWorker } from './transactions.ts';

/** Each holds its sound in memory; the threads they share take stretches of them in turn. */
const AT_ONCE = 2;
/** A recording that takes the whole server with it is not begun for ever. */
const MAX_STALLS = 3;

export interface DictationWorkerOptions {
  readonly backend: QueueBackend;
  readonly world: DictationWorld;
  readonly times: JobTimes;
  readonly onFailure: (failure: Failure) => void;
  readonly onError: (error: Error) => void;
}

/**
 * Takes recorded dictations from the job queue until it is closed. In the server's own process: the recognising threads
 * are there, and share themselves out between files and live sessions, which go first. Closing stops the recordings at
 * hand, which another start takes up.
 */
export async function startDictationWorker(options: DictationWorkerOptions): Promise<JobWorker> {
  const { backend, world, times, onFailure, onError } = options;
  const closing = new AbortController();
  const worker = await backend.openWorker({
    name: 'dictation',
    concurrency: AT_ONCE,
    times,
    onError,
    work: (job) => {
      const id = dictationIdOf(job);
      const doIt = async () => {
        if (id === undefined) throw notOurs(job);
        return draftDictation(world, job, id, closing.signal);
      };
      const onGivingUp = async (code: ErrorCode) => {
        if (id === undefined || code === 'NOT_FOUND') return;
        await asWorker(world.storage, job.id, (transaction) => failDictation(transaction, id, code));
      };
      return attempt(world, job, times, doIt, onFailure, { maxStalls: MAX_STALLS, onGivingUp });
    },
  });
  return {
    close() {
      closing.abort();
      return worker.close();
    },
  };
}

function dictationIdOf({ name: topic, data: payload }: TakenJob): string | undefined {
  const { data: message } = OutboxMessage.safeParse({ topic, payload });
  return message?.topic === 'dictation.received' ? message.payload.dictationId : undefined;
}

function notOurs({ name }: TakenJob): AppError {
  return new AppError('REQUEST_INVALID', 'a job that is none of the dictations', {
    expected: 'dictation.received',
    got: name,
  });
}

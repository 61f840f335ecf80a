import { AppError, type ErrorCode } from '../contracts/errors.ts';
import type { Listening } from '../storage/listen.ts';
import { bury } from '../storage/repositories/dead-letters.ts';
import { markSent, type SentMessage, takeUnsent } from '../storage/repositories/outbox.ts';
import type { Storage } from '../storage/storage.ts';
import type { JobQueue } from './backends/backend.ts';
import { bundled } from './bundle.ts';
import { failureReason } from './failure-reasons.ts';
import { type JobTimes, type NewJob, QUEUE_OF_TOPIC, type QueueName } from './job.ts';

const BATCH = 200;
/** Notifications are a hint: what one did not tell is found by looking. */
const LOOK_EVERY_MS = 2_000;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;

export interface RelayOptions {
  readonly storage: Pick<Storage, 'transaction' | 'listen'>;
  readonly queues: ReadonlyMap<QueueName, JobQueue>;
  readonly times: JobTimes;
  readonly onError: (code: ErrorCode) => void;
}

/**
 * Takes messages from the outbox to the job queue. A message is marked in the transaction that holds it, after its job
 * was added: a relay that dies between the two leaves it to be added again, which its job's id makes harmless. Several
 * servers may run one each.
 */
export class OutboxRelay {
  readonly #options: RelayOptions;
  #listening: Listening | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isAsked = false;
  #isClosed = false;
  #failuresInARow = 0;

  private constructor(options: RelayOptions) {
    this.#options = options;
  }

  static async start(options: RelayOptions): Promise<OutboxRelay> {
    const relay = new OutboxRelay(options);
    const wake = () => relay.#wake();
    relay.#listening = await options.storage.listen(['taltid_outbox'], wake, wake);
    return relay;
  }

  /** Waits for the batch at hand. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#listening?.close();
    await this.#running;
  }

  #wake(): void {
    this.#isAsked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      while (this.#isAsked && !this.#isClosed) {
        this.#isAsked = false;
        const taken = await this.#sendBatch();
        this.#failuresInARow = 0;
        if (taken === BATCH) this.#isAsked = true;
      }
    } catch (error) {
      this.#failuresInARow++;
      this.#options.onError(AppError.from(error).code);
    }
    if (this.#isClosed) return;
    const retryMs = FIRST_RETRY_MS * 2 ** Math.min(this.#failuresInARow - 1, 10);
    this.#timer = setTimeout(
      () => this.#wake(),
      this.#failuresInARow === 0 ? LOOK_EVERY_MS : Math.min(retryMs, LONGEST_RETRY_MS),
    );
  }

  #sendBatch(): Promise<number> {
    const { storage, queues, times } = this.#options;
    return storage.transaction(async (tables) => {
      const messages = await takeUnsent(tables, BATCH);
      const jobs = Map.groupBy(messages, ({ message }) => message && QUEUE_OF_TOPIC[message.topic]);
      for (const [name, ofQueue] of jobs) {
        if (name !== null) await queues.get(name)!.addAll(bundled(ofQueue.map(jobOf)), times);
      }
      // One that nobody can read must not stop those behind it.
      for (const sent of messages) if (sent.message === null) await bury(tables, unreadable(sent));
      await markSent(
        tables,
        messages.map(({ id }) => id),
      );
      return messages.length;
    });
  }
}

/** The time is part of it: a database that was put back from a copy counts its messages anew. */
function jobId({ id, createdAt }: SentMessage): string {
  return `outbox-${id}-${createdAt.getTime()}`;
}

function jobOf(sent: SentMessage): NewJob {
  const { topic, payload } = sent.message!;
  return { id: jobId(sent), name: topic, data: payload };
}

function unreadable(sent: SentMessage) {
  const code = 'REQUEST_INVALID' as const;
  return { jobId: jobId(sent), ...sent.written, code, reason: failureReason(code), attempts: 0 };
}

import type { ErrorCode } from '../contracts/errors.ts';
import { countDeadLetters } from '../storage/repositories/dead-letters.ts';
import { type OutboxBacklog, outboxBacklog } from '../storage/repositories/outbox.ts';
import type { Storage } from '../storage/storage.ts';
import type { JobQueue, QueueBackend, QueueConnection } from './backends/backend.ts';
import { openBackend } from './backends/open-backend.ts';
import { preparePostgresQueue } from './backends/postgres.ts';
import { DEFAULT_JOB_TIMES, type JobCounts, type JobTimes, QUEUE_NAMES, type QueueName } from './job.ts';
import { OutboxRelay } from './relay.ts';
import { RoundClock } from './round-clock.ts';
import type { WorkerReport } from './worker-messages.ts';
import { type WorkerDeath, WorkerProcess } from './worker-process.ts';

/** How many jobs a process has under way at once; most of each is waiting for the database. */
const CONCURRENCY = 8;

export type QueueEvent =
  | { readonly event: 'queue-worker-ready' }
  | ({ readonly event: 'queue-worker-died' } & WorkerDeath)
  | { readonly event: 'queue-job-failed'; readonly job: string; readonly code: ErrorCode; readonly isGivenUp: boolean }
  | { readonly event: 'queue-trouble'; readonly code: ErrorCode };

/** What is counted of the queue. */
export interface QueueMeter {
  taskMade(latencySeconds: number): void;
  event(event: QueueEvent): void;
}

export interface BookingQueueOptions {
  readonly storage: Storage;
  /** A Redis instead of the clinic's own database. */
  readonly redisUrl?: string | undefined;
  /** Worker processes. With none, jobs wait for those of another server. */
  readonly workers: number;
  /** Path of workers/booking.ts. */
  readonly workerScript: string;
  readonly times?: JobTimes;
  readonly log: (event: QueueEvent) => void;
}

/** How the queue is doing. */
export interface QueueStatus {
  readonly backend: QueueConnection['kind'];
  readonly outbox: OutboxBacklog;
  readonly jobs: Readonly<Record<QueueName, JobCounts>>;
  readonly deadLetters: number;
  /** Processes that are up. */
  readonly workers: number;
}

/** The server's part of the job queue: from the outbox to the jobs, and the processes that do them. */
export class BookingQueue {
  readonly #options: BookingQueueOptions;
  readonly #times: JobTimes;
  readonly #backend: QueueBackend;
  readonly #meters = new Set<QueueMeter>();
  #relay: OutboxRelay | undefined;
  #rounds: RoundClock | undefined;
  #workers: readonly WorkerProcess[] = [];
  readonly queues: ReadonlyMap<QueueName, JobQueue>;
  /** For workers of other queues than booking's. */
  readonly connection: QueueConnection;

  private constructor(options: BookingQueueOptions, connection: QueueConnection) {
    this.#options = options;
    this.#times = options.times ?? DEFAULT_JOB_TIMES;
    this.connection = connection;
    this.#backend = openBackend(connection, () => this.#trouble('QUEUE_UNAVAILABLE'));
    this.queues = new Map(QUEUE_NAMES.map((name) => [name, this.#backend.openQueue(name)]));
  }

  /** Nothing is taken or done before `start`. Throws DATABASE_UNAVAILABLE; a Redis that is away is waited for. */
  static async open(options: BookingQueueOptions): Promise<BookingQueue> {
    const { storage, redisUrl } = options;
    if (redisUrl !== undefined) return new BookingQueue(options, { kind: 'redis', url: redisUrl });
    await preparePostgresQueue(storage.ownerConnection);
    return new BookingQueue(options, { kind: 'postgres', connection: storage.connection });
  }

  async start(): Promise<void> {
    const { storage, workers, workerScript: script } = this.#options;
    const times = this.#times;
    const onError = (code: ErrorCode) => this.#trouble(code);
    this.#relay = await OutboxRelay.start({ storage, queues: this.queues, times, onError });
    this.#rounds = new RoundClock(this.queues.get('booking')!, times, onError);
    const settings = { queue: this.connection, database: storage.connection, times, concurrency: CONCURRENCY };
    const onReport = (report: WorkerReport) => this.#report(report);
    const onDeath = (death: WorkerDeath) => this.#tell({ event: 'queue-worker-died', ...death });
    this.#workers = Array.from({ length: workers }, () => new WorkerProcess({ script, settings, onReport, onDeath }));
  }

  meterWith(meter: QueueMeter): void {
    this.#meters.add(meter);
  }

  /** Process ids of the workers that are up. */
  get workerPids(): readonly number[] {
    return this.#workers.flatMap(({ pid }) => pid ?? []);
  }

  /** Throws DATABASE_UNAVAILABLE or QUEUE_UNAVAILABLE. */
  async status(): Promise<QueueStatus> {
    const counted = [...this.queues].map(async ([name, queue]) => [name, await queue.counts()] as const);
    const [outbox, deadLetters, ...jobs] = await Promise.all([
      outboxBacklog(this.#options.storage.plain),
      countDeadLetters(this.#options.storage.plain),
      ...counted,
    ]);
    return {
      backend: this.#backend.kind,
      outbox,
      jobs: Object.fromEntries(jobs) as Record<QueueName, JobCounts>,
      deadLetters,
      workers: this.workerPids.length,
    };
  }

  /** Workers finish the jobs at hand; what waits is there at the next start. */
  async close(): Promise<void> {
    this.#rounds?.close();
    await this.#relay?.close();
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await this.#backend.close();
  }

  #report(report: WorkerReport): void {
    switch (report.kind) {
      case 'ready':
        this.#tell({ event: 'queue-worker-ready' });
        break;
      case 'failed': {
        const { job, code, isGivenUp } = report;
        this.#tell({ event: 'queue-job-failed', job, code, isGivenUp });
        break;
      }
      case 'trouble':
        this.#trouble(report.code);
        break;
      case 'task-made':
        for (const meter of this.#meters) meter.taskMade(report.latencySeconds);
        break;
      case 'alive':
        break;
      default:
        report satisfies never;
    }
  }

  #trouble(code: ErrorCode): void {
    this.#tell({ event: 'queue-trouble', code });
  }

  #tell(event: QueueEvent): void {
    this.#options.log(event);
    for (const meter of this.#meters) meter.event(event);
  }
}

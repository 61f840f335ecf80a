import { AppError } from '../contracts/errors.ts';
import type { SpeechTaskName, SpeechTasks } from '../contracts/speech-messages.ts';
import { type QueuedTask, TASK_PRIORITIES, type TaskPriority, WaitingLine } from './waiting-line.ts';
import { cancelled, SpeechWorkerThread } from './worker-thread.ts';

/** A thread that dies at once, again and again, must not keep a core busy with starting it. */
const RESTART_DELAY_MS = 200;
const RESTART_DELAY_LIMIT_MS = 10_000;
/** When this many starts in a row have failed and no thread is there, those that wait are told so. */
const HOPELESS_STARTS = 3;
const LIVE_PRIORITIES = TASK_PRIORITIES.filter((priority) => priority !== 'file');
/** A live session asks many times a second for as long as it lasts. */
const LIVE_SILENCE_MS = 5_000;

export interface TaskOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Tasks of one owner and priority wait in line; owners take turns. */
  readonly owner: object;
  readonly priority: TaskPriority;
}

interface Waiting extends QueuedTask {
  readonly start: (thread: SpeechWorkerThread) => Promise<void>;
  readonly fail: (error: AppError) => void;
}

export interface WorkerPoolOptions {
  readonly script: URL;
  readonly size: number;
  /** Live tasks that may wait at once; the next is refused with SPEECH_BUSY. Files are limited where they come in. */
  readonly liveLimit: number;
  /** What every new thread does before it counts as ready. */
  readonly warmUp: (thread: SpeechWorkerThread) => Promise<void>;
  readonly onEvent: (event: WorkerPoolEvent) => void;
  /** A clock that never goes back. */
  readonly nowMs?: () => number;
}

export type WorkerPoolEvent =
  | { readonly kind: 'worker-ready' }
  | { readonly kind: 'worker-died' }
  | { readonly kind: 'worker-failed-to-start'; readonly error: AppError };

/**
 * A fixed number of recognising threads and the line before them. A dead thread is replaced. While there are live
 * sessions, files leave one thread of several alone: they keep a thread for seconds at a time.
 */
export class SpeechWorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #ready = new Set<SpeechWorkerThread>();
  readonly #threads = new Set<SpeechWorkerThread>();
  readonly #nowMs: () => number;
  readonly #line: WaitingLine<Waiting>;
  readonly #threadsWithFiles = new Set<SpeechWorkerThread>();
  #lastLiveMs = Number.NEGATIVE_INFINITY;
  #replaced = 0;
  #failuresInARow = 0;
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#line = new WaitingLine(this.#nowMs);
    for (let index = 0; index < options.size; index++) this.#startThread();
  }

  get isReady(): boolean {
    return this.#ready.size === this.#options.size;
  }

  get busyThreads(): number {
    return [...this.#ready].filter((thread) => thread.isBusy).length;
  }

  get replacedThreads(): number {
    return this.#replaced;
  }

  get threadsWithFiles(): number {
    return this.#threadsWithFiles.size;
  }

  get waitingLiveTasks(): number {
    return this.#line.count(LIVE_PRIORITIES);
  }

  /**
   * A draft that still waits when its owner asks for the next one is cancelled.
   * @throws AppError as the task does; SPEECH_CLOSED, CANCELLED, SPEECH_WORKER_DIED, SPEECH_TIMEOUT, SPEECH_BUSY.
   */
  run<Name extends SpeechTaskName>(
    name: Name,
    request: SpeechTasks[Name]['request'],
    { owner, priority, timeoutMs, signal }: TaskOptions,
  ): Promise<SpeechTasks[Name]['result']> {
    if (this.#isClosed) return Promise.reject(closed());
    if (signal?.aborted) return Promise.reject(cancelled());
    if (priority !== 'file') {
      if (this.waitingLiveTasks >= this.#options.liveLimit) return Promise.reject(busy(this.#options.liveLimit));
      this.#lastLiveMs = this.#nowMs();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (this.#line.remove(waiting)) waiting.fail(cancelled());
      };
      const waiting: Waiting = {
        owner,
        priority,
        start: (thread) => {
          signal?.removeEventListener('abort', leave);
          return thread.run(name, request, { timeoutMs, ...(signal && { signal }) }).then(resolve, reject);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      this.#line.add(waiting)?.fail(cancelled());
      signal?.addEventListener('abort', leave, { once: true });
      this.#dispatch();
    });
  }

  /** Fails all that waits, ends all threads. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { fail } of this.#line.clear()) fail(closed());
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #startThread(): void {
    const thread = new SpeechWorkerThread(this.#options.script, (exited) => this.#replace(exited));
    this.#threads.add(thread);
    this.#options.warmUp(thread).then(
      () => {
        this.#failuresInARow = 0;
        this.#ready.add(thread);
        this.#options.onEvent({ kind: 'worker-ready' });
        this.#dispatch();
      },
      (error: unknown) => {
        if (this.#isClosed) return;
        this.#failuresInARow++;
        this.#options.onEvent({ kind: 'worker-failed-to-start', error: AppError.from(error) });
        if (this.#failuresInARow >= HOPELESS_STARTS && this.#ready.size === 0) {
          for (const { fail } of this.#line.clear()) fail(cannotStart());
        }
        void thread.close();
      },
    );
  }

  #replace(exited: SpeechWorkerThread): void {
    this.#threads.delete(exited);
    if (this.#isClosed) return;
    if (this.#ready.delete(exited)) {
      this.#replaced++;
      this.#options.onEvent({ kind: 'worker-died' });
    }
    const delayMs = Math.min(RESTART_DELAY_LIMIT_MS, RESTART_DELAY_MS * 2 ** this.#failuresInARow);
    setTimeout(() => {
      if (!this.#isClosed) this.#startThread();
    }, delayMs);
  }

  #dispatch(): void {
    for (const thread of this.#ready) {
      if (thread.isBusy) continue;
      const waiting = this.#line.take(this.#mayTakeFile() ? TASK_PRIORITIES : LIVE_PRIORITIES);
      if (!waiting) return;
      if (waiting.priority === 'file') this.#threadsWithFiles.add(thread);
      void waiting.start(thread).finally(() => {
        this.#threadsWithFiles.delete(thread);
        this.#dispatch();
      });
    }
  }

  /** Where it may not, a file is under way; when that is done, threads are given out again. */
  #mayTakeFile(): boolean {
    const isLive = this.#nowMs() - this.#lastLiveMs < LIVE_SILENCE_MS;
    return !isLive || this.#threadsWithFiles.size < Math.max(1, this.#options.size - 1);
  }
}

function busy(liveLimit: number): AppError {
  return new AppError('SPEECH_BUSY', 'the recogniser has no room for another live call', {
    retryable: true,
    expected: `at most ${liveLimit} that wait`,
    got: 'one more',
  });
}

function cannotStart(): AppError {
  return new AppError('SPEECH_WORKER_DIED', 'no recognising thread can be started; see the log', { retryable: true });
}

function closed(): AppError {
  return new AppError('SPEECH_CLOSED', 'the recogniser is shutting down', { retryable: true });
}

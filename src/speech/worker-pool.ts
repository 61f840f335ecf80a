import { AppError } from '../contracts/errors.ts';
import type { SpeechTaskName, SpeechTasks } from '../contracts/speech-messages.ts';
import { cancelled, SpeechWorkerThread } from './worker-thread.ts';

/** A thread that dies at once, again and again, must not keep a core busy with starting it. */
const RESTART_DELAY_MS = 200;
const RESTART_DELAY_LIMIT_MS = 10_000;
/** When this many starts in a row have failed and no thread is there, those that wait are told so. */
const HOPELESS_STARTS = 3;

export interface TaskOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Tasks of one owner wait in line; owners take turns. */
  readonly owner: object;
}

interface Waiting {
  readonly owner: object;
  readonly start: (thread: SpeechWorkerThread) => Promise<void>;
  readonly fail: (error: AppError) => void;
}

export interface WorkerPoolOptions {
  readonly script: URL;
  readonly size: number;
  /** What every new thread does before it counts as ready. */
  readonly warmUp: (thread: SpeechWorkerThread) => Promise<void>;
  readonly onEvent: (event: WorkerPoolEvent) => void;
}

export type WorkerPoolEvent =
  | { readonly kind: 'worker-ready' }
  | { readonly kind: 'worker-died' }
  | { readonly kind: 'worker-failed-to-start'; readonly error: AppError };

/**
 * A fixed number of recognising threads and the line before them. Owners (a file, a live session) take turns, so that a
 * long recording does not hold up a short one. A dead thread is replaced.
 */
export class SpeechWorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #ready = new Set<SpeechWorkerThread>();
  readonly #threads = new Set<SpeechWorkerThread>();
  /** One line an owner, in the order of their turns. */
  readonly #lines = new Map<object, Waiting[]>();
  #replaced = 0;
  #failuresInARow = 0;
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
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

  /** @throws AppError as the task does; SPEECH_CLOSED, CANCELLED, SPEECH_WORKER_DIED, SPEECH_TIMEOUT. */
  run<Name extends SpeechTaskName>(
    name: Name,
    request: SpeechTasks[Name]['request'],
    { owner, timeoutMs, signal }: TaskOptions,
  ): Promise<SpeechTasks[Name]['result']> {
    if (this.#isClosed) return Promise.reject(closed());
    if (signal?.aborted) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const leave = () => this.#leave(waiting);
      const waiting: Waiting = {
        owner,
        start: (thread) => {
          signal?.removeEventListener('abort', leave);
          return thread.run(name, request, { timeoutMs, ...(signal && { signal }) }).then(resolve, reject);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      const line = this.#lines.get(owner) ?? [];
      line.push(waiting);
      this.#lines.set(owner, line);
      signal?.addEventListener('abort', leave, { once: true });
      this.#dispatch();
    });
  }

  /** Fails all that waits, ends all threads. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#failWaiting(closed());
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
        if (this.#failuresInARow >= HOPELESS_STARTS && this.#ready.size === 0) this.#failWaiting(cannotStart());
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
      const waiting = this.#takeNext();
      if (!waiting) return;
      void waiting.start(thread).finally(() => this.#dispatch());
    }
  }

  /** The first of the line whose turn it is; its owner goes to the end of the turns. */
  #takeNext(): Waiting | undefined {
    const [turn] = this.#lines;
    if (!turn) return undefined;
    const [owner, line] = turn;
    const waiting = line.shift();
    this.#lines.delete(owner);
    if (line.length > 0) this.#lines.set(owner, line);
    return waiting;
  }

  #failWaiting(error: AppError): void {
    const waiting = [...this.#lines.values()].flat();
    this.#lines.clear();
    for (const { fail } of waiting) fail(error);
  }

  #leave(waiting: Waiting): void {
    const line = this.#lines.get(waiting.owner);
    const at = line?.indexOf(waiting) ?? -1;
    if (!line || at < 0) return;
    line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(waiting.owner);
    waiting.fail(cancelled());
  }
}

function cannotStart(): AppError {
  return new AppError('SPEECH_WORKER_DIED', 'no recognising thread can be started; see the log', { retryable: true });
}

function closed(): AppError {
  return new AppError('SPEECH_CLOSED', 'the recogniser is shutting down', { retryable: true });
}

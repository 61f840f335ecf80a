import { Worker } from 'node:worker_threads';
import { AppError } from '../contracts/errors.ts';
import type { FromSpeechWorker, SpeechTaskName, SpeechTasks, ToSpeechWorker } from '../contracts/speech-messages.ts';

/** A cancelled task has this long to notice before its thread is ended. */
const CANCEL_GRACE_MS = 5_000;
/**
 * A thread ends itself between two runs of the runtime, since ending it from without inside of one takes the whole
 * process down. One that computes for longer than this is lost, and so may be the process.
 */
const END_GRACE_MS = 10_000;

/** Sound and weights lie outside the heap; a young generation kept small is swept often, and takes what it holds along. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };

interface Running {
  readonly id: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: AppError) => void;
  readonly deadline: NodeJS.Timeout;
}

/**
 * One thread that recognises speech, one task at a time. A task that passes its deadline takes the thread down with it,
 * as does a thread that dies: the task fails with a retryable error, and `onExit` tells that a new thread is due.
 */
export class SpeechWorkerThread {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #running: Running | undefined;
  #nextId = 0;
  #hasExited = false;
  /** Set when the thread was told to end, which takes a moment. */
  #isEnding = false;

  constructor(script: URL, onExit: (thread: SpeechWorkerThread) => void) {
    this.#worker = new Worker(script, { name: 'taltid-speech', resourceLimits: HEAP_LIMITS });
    this.#worker.on('message', (message: FromSpeechWorker) => this.#receive(message));
    // An error that nobody listens to would end the whole process; the exit that follows says all that is needed.
    this.#worker.on('error', () => {});
    const exited = Promise.withResolvers<void>();
    this.#exited = exited.promise;
    this.#worker.on('exit', () => {
      exited.resolve();
      this.#hasExited = true;
      this.#settle()?.reject(died());
      onExit(this);
    });
  }

  /** True also while the thread ends: it takes no more work. */
  get isBusy(): boolean {
    return this.#running !== undefined || this.#isEnding;
  }

  /** @throws AppError as the task does; SPEECH_WORKER_DIED, SPEECH_TIMEOUT (retryable), CANCELLED. */
  run<Name extends SpeechTaskName>(
    name: Name,
    request: SpeechTasks[Name]['request'],
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<SpeechTasks[Name]['result']> {
    if (this.#running) throw new TypeError('expected an idle thread; got a busy one');
    if (signal?.aborted) return Promise.reject(cancelled());
    if (this.#hasExited) return Promise.reject(died());
    const id = this.#nextId++;
    return new Promise<SpeechTasks[Name]['result']>((resolve, reject) => {
      const onAbort = () => {
        this.#post({ kind: 'cancel', id });
        setTimeout(() => this.#giveUp(id, cancelled()), CANCEL_GRACE_MS).unref();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const stopListening = () => signal?.removeEventListener('abort', onAbort);
      const late = new AppError('SPEECH_TIMEOUT', `recognition took too long`, {
        retryable: true,
        expected: `at most ${timeoutMs / 1000} s for the task "${name}"`,
      });
      this.#running = {
        id,
        resolve: (result) => {
          stopListening();
          resolve(result);
        },
        reject: (error) => {
          stopListening();
          reject(error);
        },
        deadline: setTimeout(() => this.#giveUp(id, late), timeoutMs),
      };
      this.#post({ kind: 'task', id, name, request } as ToSpeechWorker);
    });
  }

  /** Ends the thread; what it was at fails as SPEECH_WORKER_DIED. */
  async close(): Promise<void> {
    if (!this.#hasExited) await this.#end();
  }

  #post(message: ToSpeechWorker): void {
    const isFile = message.kind === 'task' && message.name === 'open';
    this.#worker.postMessage(message, isFile ? [message.request.file.buffer] : []);
  }

  #receive(message: FromSpeechWorker): void {
    if (message.id !== this.#running?.id) return;
    const running = this.#settle();
    switch (message.kind) {
      case 'done':
        running?.resolve(message.result as never);
        break;
      case 'failed':
        running?.reject(AppError.fromPlain(message.error));
        break;
      default:
        message satisfies never;
    }
  }

  /** A task that cannot be stopped from within: the thread goes. */
  #giveUp(id: number, error: AppError): void {
    if (this.#running?.id !== id) return;
    this.#settle()?.reject(error);
    void this.#end();
  }

  async #end(): Promise<void> {
    if (this.#isEnding || this.#hasExited) return this.#exited;
    this.#isEnding = true;
    this.#post({ kind: 'end' });
    const lastResort = setTimeout(() => this.#worker.terminate(), END_GRACE_MS);
    await this.#exited;
    clearTimeout(lastResort);
  }

  #settle(): Running | undefined {
    const running = this.#running;
    this.#running = undefined;
    clearTimeout(running?.deadline);
    return running;
  }
}

export function cancelled(): AppError {
  return new AppError('CANCELLED', 'the recognition was cancelled');
}

function died(): AppError {
  return new AppError('SPEECH_WORKER_DIED', 'the thread that recognised this ended; try again', { retryable: true });
}

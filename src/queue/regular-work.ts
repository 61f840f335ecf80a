import { AppError, type ErrorCode } from '../contracts/errors.ts';

/** Does something at once and then now and then, never twice at a time, until it is closed. */
export class RegularWork {
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();

  constructor(work: (now: Date) => Promise<void>, everyMs: number, onError: (code: ErrorCode) => void) {
    const run = () => {
      this.#running = this.#running
        .then(() => work(new Date()))
        .catch((error: unknown) => onError(AppError.from(error).code));
    };
    this.#timer = setInterval(run, everyMs);
    run();
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}

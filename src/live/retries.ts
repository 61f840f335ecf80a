import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../contracts/errors.ts';

export interface RetryOptions {
  /** Waits before the second call, the third and so on; after the last of them a failure is final. */
  readonly retryDelaysMs: readonly number[];
  readonly signal: AbortSignal;
}

/** Makes a call again that failed in a way which may pass. @throws what the last call threw; AbortError */
export async function withRetries<T>(call: () => Promise<T>, { retryDelaysMs, signal }: RetryOptions): Promise<T> {
  for (const delayMs of retryDelaysMs) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (thrown) {
      const { retryable, code } = AppError.from(thrown);
      // A recogniser that was closed stays closed.
      if (!retryable || code === 'SPEECH_CLOSED') throw thrown;
    }
    await wait(delayMs, undefined, { signal });
  }
  return call();
}

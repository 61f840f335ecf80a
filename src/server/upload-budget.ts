import { AppError } from '../contracts/errors.ts';

/** How many bytes of uploads the server holds at a time, so that many senders together cannot exhaust its memory. */
export class UploadBudget {
  readonly limitBytes: number;
  #reservedBytes = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  get reservedBytes(): number {
    return this.#reservedBytes;
  }

  /**
   * Sets bytes aside until the returned function is called (a second call does nothing).
   * Throws SPEECH_BUSY (retryable) when there is no room.
   */
  reserve(bytes: number): () => void {
    if (this.#reservedBytes + bytes > this.limitBytes) {
      throw new AppError('SPEECH_BUSY', 'too many uploads at the same time', {
        retryable: true,
        expected: `at most ${this.limitBytes} bytes in all`,
        got: `${this.#reservedBytes + bytes} bytes with this one`,
      });
    }
    this.#reservedBytes += bytes;
    let held = true;
    return () => {
      if (held) this.#reservedBytes -= bytes;
      held = false;
    };
  }
}

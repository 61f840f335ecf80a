import type { Progress } from '../contracts/transcriber.ts';
import { setProgress } from '../storage/repositories/dictation-upkeep.ts';
import type { Storage } from '../storage/storage.ts';

const EVERY_MS = 1_000;

/** Puts down how far a recording is transcribed, now and then; what cannot be put down is only not shown. */
export class ProgressTeller {
  readonly #storage: Pick<Storage, 'transaction'>;
  readonly #dictationId: string;
  #telling: Promise<void> | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(storage: Pick<Storage, 'transaction'>, dictationId: string) {
    this.#storage = storage;
    this.#dictationId = dictationId;
  }

  tell(progress: Progress): void {
    const nowMs = performance.now();
    if (this.#telling || nowMs - this.#toldMs < EVERY_MS) return;
    this.#toldMs = nowMs;
    this.#telling = this.#storage
      .transaction((tables) => setProgress(tables, this.#dictationId, progress))
      .catch(() => undefined)
      .finally(() => {
        this.#telling = undefined;
      });
  }

  /** Nothing is written after this. */
  async settled(): Promise<void> {
    await this.#telling;
  }
}

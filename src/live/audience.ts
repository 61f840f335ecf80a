import { AppError } from '../contracts/errors.ts';
import type { LiveServerMessage } from '../contracts/live.ts';
import type { CommittedRecord } from './journal-records.ts';
import type { LiveLink } from './link.ts';
import type { LiveMeter } from './meter.ts';

const LAG_EVERY_MS = 1000;

/** The client of a session while it is connected, and nobody while it is not. */
export class Audience {
  readonly #meter: LiveMeter;
  #link: LiveLink | undefined;
  #attachments = 0;
  #lagTold = { seconds: 0, atMs: 0 };

  constructor(meter: LiveMeter) {
    this.#meter = meter;
  }

  get isThere(): boolean {
    return this.#link !== undefined;
  }

  /**
   * Puts a connection in the place of the one before, once all that its client may rely on is on the disk.
   * False when that came to nothing: the connection is gone, or another one took its place.
   */
  async attach(link: LiveLink, stored: () => Promise<void>): Promise<boolean> {
    const attachment = ++this.#attachments;
    this.#link?.refuse(takenOver());
    this.#link = undefined;
    await stored();
    if (attachment !== this.#attachments) link.refuse(takenOver());
    if (!link.isOpen) return false;
    this.#link = link;
    return true;
  }

  detach(link: LiveLink | undefined = this.#link): void {
    if (this.#link === link) this.#link = undefined;
  }

  tell(message: LiveServerMessage): void {
    this.#link?.send(message);
  }

  tellCommitted(index: number, { startSeconds, endSeconds, words }: CommittedRecord): void {
    this.tell({ type: 'committed', index, utteranceId: index, startSeconds, endSeconds, words: [...words] });
  }

  tellDone(committedCount: number): void {
    this.tell({ type: 'done', committedCount });
    this.#link?.close('done');
  }

  /** At most once a second, but that nothing is left at once. */
  tellLag(seconds: number): void {
    const atMs = performance.now();
    const isNews = seconds === 0 ? this.#lagTold.seconds > 0 : atMs - this.#lagTold.atMs >= LAG_EVERY_MS;
    if (!isNews) return;
    this.#lagTold = { seconds, atMs };
    this.#meter.lag(seconds);
    this.tell({ type: 'lag', seconds });
  }

  hold(isBehind: boolean): void {
    this.#link?.hold(isBehind);
  }

  refuse(error: AppError): void {
    this.#link?.refuse(error);
  }
}

function takenOver(): AppError {
  return new AppError('LIVE_TAKEN_OVER', 'the session goes on at another connection');
}

import { frameBytes, numberedFrame } from './frames.ts';
import type { FinalizeRequest } from './live-requests.ts';
import type { LiveStore } from './live-store.ts';

/** Frames sent beyond the newest acknowledged one: 10 s, so that what was saved up is not sent all at once. */
const WINDOW_FRAMES = 100;
/** Sound that may wait for the server: ten minutes, 58 MB at 48 kHz. */
export const UNACKNOWLEDGED_LIMIT_FRAMES = 6000;

/** Bytes to be sent, or a `finalize` whose place in the sound has come or is past. */
export type Due = { readonly frame: Uint8Array<ArrayBuffer> } | { readonly finalize: FinalizeRequest };

interface Finalize {
  readonly id: number;
  readonly afterFrame: number;
  isSent: boolean;
}

interface OutboxParts {
  readonly localId: string;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly originFrame: number;
  readonly store: LiveStore;
  onStorageFailed(): void;
}

/**
 * The frames of a session and what of them the server has. Numbers are local, from 1; the server's are less by
 * `originFrame`.
 */
export class LiveOutbox {
  readonly #parts: OutboxParts;
  /** Frames that are not acknowledged, by number; those from before the page was loaded are in the store only. */
  readonly #kept = new Map<number, Uint8Array<ArrayBuffer>>();
  #originFrame: number;
  #frameCount: number;
  #ackedFrame: number;
  #sentFrame: number;
  #finalizes: Finalize[] = [];
  #lastFinalizeId = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#originFrame = parts.originFrame;
    this.#frameCount = parts.frameCount;
    this.#ackedFrame = parts.originFrame;
    this.#sentFrame = parts.originFrame;
  }

  /** The newest frame that the server has stored. */
  get ackedFrame(): number {
    return this.#ackedFrame;
  }

  get unacknowledgedCount(): number {
    return this.#frameCount - this.#ackedFrame;
  }

  /** The server's number of the newest frame. */
  get lastSeq(): number {
    return this.#frameCount - this.#originFrame;
  }

  /** Whether all is acknowledged, and what was asked to be committed is. */
  get isSettled(): boolean {
    return this.unacknowledgedCount <= 0 && this.#finalizes.length === 0;
  }

  get isAllSent(): boolean {
    return this.#sentFrame >= this.#frameCount && this.#finalizes.every(({ isSent }) => isSent);
  }

  /** False when too much waits already; the frame was then not taken. */
  push(samples: Uint8Array<ArrayBuffer>): boolean {
    if (this.unacknowledgedCount >= UNACKNOWLEDGED_LIMIT_FRAMES) return false;
    this.#frameCount += 1;
    this.#kept.set(this.#frameCount, samples);
    const { localId, store } = this.#parts;
    store.saveFrame(localId, this.#frameCount, samples).catch(() => this.#parts.onStorageFailed());
    return true;
  }

  finalize(): number {
    this.#lastFinalizeId += 1;
    this.#finalizes.push({ id: this.#lastFinalizeId, afterFrame: this.#frameCount, isSent: false });
    return this.#lastFinalizeId;
  }

  finalized(id: number): void {
    this.#finalizes = this.#finalizes.filter((each) => each.id > id);
  }

  /** The server has all frames before its number `seq`: what it does not have is to be sent, perhaps again. */
  resumeFrom(seq: number): void {
    this.acknowledge(seq - 1);
    this.#ackedFrame = this.#originFrame + seq - 1;
    this.#sentFrame = this.#ackedFrame;
    for (const each of this.#finalizes) each.isSent = false;
  }

  acknowledge(seq: number): void {
    const acked = Math.min(this.#originFrame + seq, this.#frameCount);
    for (let number = this.#ackedFrame + 1; number <= acked; number += 1) this.#kept.delete(number);
    this.#ackedFrame = Math.max(this.#ackedFrame, acked);
  }

  /** Another session of the server, which is to get what comes after this frame. */
  beginAnew(originFrame: number): void {
    this.#originFrame = originFrame;
    this.resumeFrom(1);
  }

  /** The next thing to send, if anything is to be sent now. A promise only where a frame must be read from the store. */
  nextDue(): Due | Promise<Due> | undefined {
    const finalize = this.#finalizes.find(({ isSent }) => !isSent);
    if (finalize && finalize.afterFrame <= this.#sentFrame) {
      finalize.isSent = true;
      // In a session begun anew the sound before it may not be there.
      const afterSeq = Math.max(0, finalize.afterFrame - this.#originFrame);
      return { finalize: { type: 'finalize', id: finalize.id, afterSeq } };
    }
    if (this.#sentFrame >= this.#frameCount || this.#sentFrame - this.#ackedFrame >= WINDOW_FRAMES) return undefined;
    this.#sentFrame += 1;
    const seq = this.#sentFrame - this.#originFrame;
    const kept = this.#kept.get(this.#sentFrame);
    return kept ? { frame: numberedFrame(seq, kept) } : this.#stored(this.#sentFrame, seq);
  }

  async #stored(number: number, seq: number): Promise<Due> {
    const { localId, sampleRateHz, store } = this.#parts;
    const samples = await store.loadFrame(localId, number).catch(() => undefined);
    if (!samples) this.#parts.onStorageFailed();
    return { frame: numberedFrame(seq, samples ?? new Uint8Array(frameBytes(sampleRateHz))) };
  }
}

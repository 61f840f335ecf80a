import { AppError } from '../contracts/errors.ts';
import { type Frame, sampleCount } from './frames.ts';
import type { SessionJournal } from './journal.ts';
import type { ControlMessage } from './journal-records.ts';
import type { Recovered } from './recovery.ts';

type FinalizeMessage = Extract<ControlMessage, { type: 'finalize' }>;

/**
 * What becomes of a wish. `taken`: it is new. `reached`: it was taken before, and what it asks for is done; the client
 * was cut off before it was told. `coming`: it was taken before, or stop was, and the answer is still to come.
 */
export type Taken = 'taken' | 'reached' | 'coming';

export interface IntakeParts {
  readonly journal: SessionJournal;
  readonly recovered: Recovered;
  readonly maxSessionSeconds: number;
  /** @throws AppError LIVE_STORAGE */
  readonly checkRoom: () => void;
}

/**
 * What a client sends, put in order: frames by their numbers, wishes at their places between them. What is taken is
 * handed to the journal; what came before, over a connection that was lost since, is known again.
 */
export class Intake {
  readonly #parts: Omit<IntakeParts, 'recovered'>;
  readonly #sampleRateHz: number;
  #nextSeq: number;
  #sampleCount: number;
  /** No more may come. */
  #isStopped: boolean;
  /** Finalizes that are not reached, in order. */
  readonly #finalizeIds: number[] = [];

  constructor({ recovered, ...parts }: IntakeParts) {
    this.#parts = parts;
    this.#sampleRateHz = recovered.opened.sampleRateHz;
    this.#nextSeq = recovered.nextSeq;
    this.#sampleCount = recovered.sampleCount;
    this.#isStopped = recovered.isDone;
    for (const input of recovered.inputs) if ('control' in input) this.#took(input.control);
  }

  /** Number of the next frame: all before it were taken. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /**
   * @returns whether the frame is the next one; it came before else
   * @throws AppError REQUEST_INVALID for a gap or after the end, AUDIO_TOO_LONG, LIVE_STORAGE
   */
  frame(frame: Frame): boolean {
    if (frame.seq < this.#nextSeq) return false;
    if (this.#isStopped) throw outOfOrder('nothing after stop', `frame ${frame.seq}`);
    if (frame.seq > this.#nextSeq) throw outOfOrder(`frame ${this.#nextSeq}`, `frame ${frame.seq}`);
    const samples = this.#sampleCount + sampleCount(frame.samples);
    this.#checkLength(samples / this.#sampleRateHz);
    this.#parts.checkRoom();
    this.#parts.journal.append({ kind: 'frame', ...frame });
    this.#nextSeq++;
    this.#sampleCount = samples;
    return true;
  }

  /** @throws AppError REQUEST_INVALID for a wish behind frames that did not come, and for a stop before some that did */
  control(control: ControlMessage): Taken {
    const lastSeq = this.#nextSeq - 1;
    if (control.type === 'stop' && control.lastSeq !== lastSeq) {
      throw outOfOrder(`stop after frame ${lastSeq}`, `after ${control.lastSeq}`);
    }
    if (control.type === 'finalize' && control.afterSeq !== undefined && control.afterSeq > lastSeq) {
      throw outOfOrder(`finalize after frame ${lastSeq} at most`, `after ${control.afterSeq}`);
    }
    if (control.type === 'finalize' && this.#isKnown(control)) {
      return this.#finalizeIds.includes(control.id) ? 'coming' : 'reached';
    }
    // `done` answers everything.
    if (this.#isStopped) return 'coming';
    this.#parts.journal.append({ kind: 'control', message: control });
    this.#took(control);
    return 'taken';
  }

  /** All before a finalize is committed. */
  reached({ id }: FinalizeMessage): void {
    const at = this.#finalizeIds.indexOf(id);
    if (at >= 0) this.#finalizeIds.splice(at, 1);
  }

  /** What stands before a frame that was taken was taken before it. */
  #isKnown({ afterSeq }: FinalizeMessage): boolean {
    return afterSeq !== undefined && afterSeq < this.#nextSeq - 1;
  }

  #took(control: ControlMessage): void {
    if (control.type === 'stop') this.#isStopped = true;
    if (control.type === 'finalize') this.#finalizeIds.push(control.id);
  }

  #checkLength(seconds: number): void {
    const { maxSessionSeconds } = this.#parts;
    if (seconds <= maxSessionSeconds) return;
    throw new AppError('AUDIO_TOO_LONG', 'the session is too long: stop it and begin another', {
      expected: `at most ${maxSessionSeconds} s`,
      got: `${Math.ceil(seconds)} s`,
    });
  }
}

function outOfOrder(expected: string, got: string): AppError {
  return new AppError('REQUEST_INVALID', 'this is out of order', { expected, got });
}

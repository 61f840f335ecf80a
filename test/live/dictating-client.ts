import { expect } from 'vitest';
import { FRAME_HEADER_BYTES, type LiveServerMessage } from '../../src/contracts/live.ts';

/** A connection as the client has it. */
export interface ClientEnd {
  text(message: object): void;
  binary(bytes: Uint8Array): void;
}

type Committed = Extract<LiveServerMessage, { type: 'committed' }>;

export interface Dictation {
  /** At `sampleRateHz`, cut into frames. */
  readonly frames: readonly Int16Array[];
  readonly sampleRateHz: number;
  /** Messages to send after so many frames. */
  readonly wishes?: ReadonlyMap<number, object>;
}

export function frameBytes(seq: number, samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + samples.byteLength);
  new DataView(bytes.buffer).setUint32(0, seq, true);
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), FRAME_HEADER_BYTES);
  return bytes;
}

export interface SessionKey {
  readonly sessionId: string;
  readonly token: string;
}

/**
 * The protocol as a client should speak it, over connections that come and go. It checks of all that it is told that no
 * committed message comes twice or changes, and that what was acknowledged once is never asked for again.
 */
export class DictatingClient {
  readonly #dictation: Dictation;
  readonly #committed: Committed[] = [];
  #session: SessionKey | undefined;
  #end: ClientEnd | undefined;
  #isReady = false;
  #sentFrames = 0;
  /** What stands behind the newest frame sent, and may not have come through. */
  #owedWish: object | undefined;
  #ackedSeq = 0;
  /** Sent on this connection. */
  #isStopSent = false;
  partials = 0;
  isDone = false;

  /** @param session one that this dictation was sent to before, as much of it as came through */
  constructor(dictation: Dictation, session?: SessionKey) {
    this.#dictation = dictation;
    this.#session = session;
    if (session) this.#sentFrames = dictation.frames.length;
  }

  get committed(): readonly Committed[] {
    return this.#committed;
  }

  get sentFrames(): number {
    return this.#sentFrames;
  }

  get ackedSeq(): number {
    return this.#ackedSeq;
  }

  get session() {
    return this.#session;
  }

  /** Whether there is something to send. */
  get canSend(): boolean {
    return this.#end !== undefined && this.#isReady && !this.#isStopSent;
  }

  connected(end: ClientEnd): void {
    this.#end = end;
    this.#isReady = false;
    this.#isStopSent = false;
    const { sampleRateHz } = this.#dictation;
    const resume = this.#session && { ...this.#session, committedReceived: this.#committed.length };
    end.text({ type: 'start', protocol: 1, sampleRateHz, ...(resume && { resume }) });
  }

  disconnected(): void {
    this.#end = undefined;
  }

  /** The wish behind the newest frame, the next frame, or the end. */
  sendNext(): void {
    const { frames, wishes } = this.#dictation;
    const end = this.#end!;
    if (this.#owedWish) {
      end.text(this.#owedWish);
      this.#owedWish = undefined;
      return;
    }
    if (this.#sentFrames === frames.length) {
      this.#isStopSent = true;
      end.text({ type: 'stop', lastSeq: frames.length });
      return;
    }
    this.#sentFrames++;
    end.binary(frameBytes(this.#sentFrames, frames[this.#sentFrames - 1]!));
    this.#owedWish = wishes?.get(this.#sentFrames);
  }

  receive(message: LiveServerMessage): void {
    switch (message.type) {
      case 'ready':
        expect(message.resumeFrom).toBeGreaterThan(this.#ackedSeq);
        expect(message.resumeFrom).toBeLessThanOrEqual(this.#sentFrames + 1);
        this.#session = { sessionId: message.sessionId, token: message.token };
        this.#sentFrames = message.resumeFrom - 1;
        this.#owedWish = this.#dictation.wishes?.get(this.#sentFrames);
        this.#isReady = true;
        return;
      case 'ack':
        expect(message.seq).toBeLessThanOrEqual(this.#sentFrames);
        this.#ackedSeq = Math.max(this.#ackedSeq, message.seq);
        return;
      case 'committed':
        expect(message.index).toBe(this.#committed.length);
        this.#committed.push(message);
        return;
      case 'partial':
        expect(message.utteranceId).toBeGreaterThanOrEqual(this.#committed.length);
        this.partials++;
        return;
      case 'done':
        expect(message.committedCount).toBe(this.#committed.length);
        this.isDone = true;
        return;
      case 'error':
      case 'finalized':
      case 'lag':
      case 'pong':
      case 'voice':
        return;
      default:
        message satisfies never;
    }
  }
}

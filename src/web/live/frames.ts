import { FRAME_HEADER_BYTES } from '../../contracts/live.ts';

/** The sound of one frame. All frames are of this length, so that a frame's number tells its time. */
export const FRAME_SECONDS = 0.1;

const S16_BYTES = 2;

export function frameBytes(sampleRateHz: number): number {
  return S16_BYTES * Math.round(sampleRateHz * FRAME_SECONDS);
}

/** A frame as it is sent: its number, and then its samples. */
export function numberedFrame(seq: number, samples: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + samples.length);
  new DataView(frame.buffer).setUint32(0, seq, true);
  frame.set(samples, FRAME_HEADER_BYTES);
  return frame;
}

/** Cuts a stream of 16-bit samples into frames. */
export class FrameCutter {
  #frame: Uint8Array<ArrayBuffer>;
  #filledBytes = 0;

  constructor(sampleRateHz: number) {
    this.#frame = new Uint8Array(frameBytes(sampleRateHz));
  }

  /** The frames that these bytes complete. */
  push(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const frames: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < bytes.length; ) {
      const taken = bytes.subarray(at, at + this.#frame.length - this.#filledBytes);
      this.#frame.set(taken, this.#filledBytes);
      this.#filledBytes += taken.length;
      at += taken.length;
      if (this.#filledBytes === this.#frame.length) frames.push(this.#next());
    }
    return frames;
  }

  /** The begun frame, filled with silence; none when none is begun. */
  flush(): Uint8Array<ArrayBuffer>[] {
    return this.#filledBytes === 0 ? [] : [this.#next()];
  }

  #next(): Uint8Array<ArrayBuffer> {
    const frame = this.#frame;
    this.#frame = new Uint8Array(frame.length);
    this.#filledBytes = 0;
    return frame;
  }
}

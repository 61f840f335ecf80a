import { AppError } from '../contracts/errors.ts';
import { FRAME_HEADER_BYTES, LIVE_LIMITS } from '../contracts/live.ts';

const SAMPLE_BYTES = 2;

/** The largest frame there may be, at the highest rate. */
export const LARGEST_FRAME_BYTES = frameLimitBytes(LIVE_LIMITS.sampleRatesHz.maximum);

export interface Frame {
  readonly seq: number;
  /** Mono samples of 16 bits, little-endian, at the session's rate. */
  readonly samples: Uint8Array;
}

/** A frame as it came. @throws AppError REQUEST_INVALID, REQUEST_TOO_LARGE */
export function parseFrame(bytes: Uint8Array, sampleRateHz: number): Frame {
  const limitBytes = frameLimitBytes(sampleRateHz);
  if (bytes.length > limitBytes) {
    throw new AppError('REQUEST_TOO_LARGE', 'the frame is too long', {
      expected: `at most ${LIVE_LIMITS.frameSeconds} s of sound, ${limitBytes} bytes with the frame's number`,
      got: `${bytes.length} bytes`,
    });
  }
  const sampleBytes = bytes.length - FRAME_HEADER_BYTES;
  if (sampleBytes <= 0 || sampleBytes % SAMPLE_BYTES !== 0) {
    throw new AppError('REQUEST_INVALID', 'this is no frame', {
      expected: `a number of ${FRAME_HEADER_BYTES} bytes and whole samples of ${SAMPLE_BYTES} bytes after it`,
      got: `${bytes.length} bytes`,
    });
  }
  const seq = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { seq, samples: bytes.subarray(FRAME_HEADER_BYTES) };
}

export function sampleCount(samples: Uint8Array): number {
  return samples.length / SAMPLE_BYTES;
}

function frameLimitBytes(sampleRateHz: number): number {
  return FRAME_HEADER_BYTES + LIVE_LIMITS.frameSeconds * sampleRateHz * SAMPLE_BYTES;
}

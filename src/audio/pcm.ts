/** The rate that the recogniser hears at. */
export const SPEECH_RATE_HZ = 16_000;

/** Mono sound: samples from -1 to 1 at a rate. */
export interface Pcm {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly rateHz: number;
}

const S16_FULL_SCALE = 32_768;

/** The mean of the channels, which are of one length; a single channel is given back as it is. */
export function downmix(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (first === undefined) throw new RangeError('expected at least one channel; got none');
  if (others.length === 0) return first;
  const mono = Float32Array.from(first);
  for (const channel of others) {
    for (let at = 0; at < mono.length; at++) mono[at]! += channel[at]!;
  }
  for (let at = 0; at < mono.length; at++) mono[at]! /= channels.length;
  return mono;
}

/** Signed 16-bit little-endian samples to -1..1. A last odd byte is left out. */
export function s16leToFloat(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(Math.floor(bytes.length / 2));
  for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(2 * at, true) / S16_FULL_SCALE;
  return samples;
}

/** Samples to signed 16-bit little-endian, rounded; what is beyond full scale is clipped. */
export function floatToS16le(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * samples.length));
  for (let at = 0; at < samples.length; at++) {
    const scaled = Math.round(samples[at]! * S16_FULL_SCALE);
    view.setInt16(2 * at, Math.max(-S16_FULL_SCALE, Math.min(S16_FULL_SCALE - 1, scaled)), true);
  }
  return new Uint8Array(view.buffer);
}

/** Pieces of sound at one rate, one after another. */
export function joined(...parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

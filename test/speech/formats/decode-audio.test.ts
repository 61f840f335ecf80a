import { beforeAll, describe, expect, it } from 'vitest';
import { SPEECH_RATE_HZ } from '../../../src/audio/pcm.ts';
import { decodeAudio } from '../../../src/speech/formats/decode-audio.ts';
import { requirePart } from '../../require-part.ts';
import { align, formatFixture, hasFfmpeg, LIMITS } from './fixtures.ts';

interface Expectation {
  readonly file: string;
  /** How alike the speech must be; less where bandwidth or bits were given up. */
  readonly correlation: number;
  /** Samples at 16 kHz that the format itself adds in front, because it does not say how much of it is padding. */
  readonly lag?: number;
  /** Samples that it adds in all. */
  readonly padding?: number;
}

const BUILT_IN: readonly Expectation[] = [
  { file: 's16.wav', correlation: 0.99999 },
  { file: 'u8.wav', correlation: 0.999 },
  { file: 's24.wav', correlation: 0.9999 },
  { file: 's32.wav', correlation: 0.99999 },
  { file: 'f32.wav', correlation: 0.99999 },
  { file: 'f64.wav', correlation: 0.99999 },
  { file: 'extensible-4ch.wav', correlation: 0.99999 },
  { file: 's16-48k-stereo.wav', correlation: 0.9999 },
  { file: 's16-8k.wav', correlation: 0.99 },
  { file: 'alaw-8k.wav', correlation: 0.99 },
  { file: 'mulaw-8k.wav', correlation: 0.99 },
  { file: '44k-s24.flac', correlation: 0.9999 },
  { file: 'flac.ogg', correlation: 0.99999 },
  { file: 'cbr.mp3', correlation: 0.99 },
  { file: 'vbr.mp3', correlation: 0.99 },
  // 1105 samples of the encoder's and decoder's delay at 44.1 kHz
  { file: 'cbr-untagged.mp3', correlation: 0.99, lag: 401, padding: 1100 },
  { file: 'opus.ogg', correlation: 0.97 },
  // a WebM ends with a whole packet of 20 ms
  { file: 'opus.webm', correlation: 0.97, padding: 320 },
  { file: 'opus-live.webm', correlation: 0.97, padding: 320 },
];

const BY_FFMPEG: readonly Expectation[] = [
  // AAC ends with a whole frame
  { file: 'aac.m4a', correlation: 0.99, padding: 1024 },
  { file: 'aac-faststart.m4a', correlation: 0.99, padding: 1024 },
  { file: 'aac.aac', correlation: 0.99, lag: 1024, padding: 2048 },
  { file: 'vorbis.ogg', correlation: 0.99 },
  { file: 'adpcm.wav', correlation: 0.99, padding: 2048 },
];

describe('decodeAudio', () => {
  let reference: Float32Array;
  beforeAll(async () => {
    reference = (await decodeAudio(formatFixture('16k.flac'), LIMITS)).samples;
  });

  async function expectSameSpeech({ file, correlation, lag = 0, padding = 1 }: Expectation): Promise<void> {
    const pcm = await decodeAudio(formatFixture(file), LIMITS);
    expect(pcm.rateHz).toBe(SPEECH_RATE_HZ);
    const alignment = align(reference, pcm.samples);
    expect(alignment.correlation).toBeGreaterThan(correlation);
    expect(Math.abs(alignment.lag - lag)).toBeLessThanOrEqual(1);
    expect(pcm.samples.length).toBeGreaterThanOrEqual(reference.length);
    expect(pcm.samples.length).toBeLessThanOrEqual(reference.length + padding);
  }

  it('a FLAC that ends in a frame of a few bytes of silence is read to its end', async () => {
    const { samples } = await decodeAudio(formatFixture('silent-end.flac'), LIMITS);
    expect(samples.length).toBe(reference.length + 9600);
    expect(Buffer.from(samples.slice(0, reference.length).buffer).equals(Buffer.from(reference.buffer))).toBe(true);
  });

  it('the reference is 1.4 s of speech', () => {
    expect(reference.length).toBe(1.4 * SPEECH_RATE_HZ);
  });

  async function expectSameSound(file: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): Promise<void> {
    const [one, two] = await Promise.all([decodeAudio(file, LIMITS), decodeAudio(other, LIMITS)]);
    expect(Buffer.from(one.samples.buffer).equals(Buffer.from(two.samples.buffer))).toBe(true);
  }

  for (const expectation of BUILT_IN) {
    it(`${expectation.file} gives the same speech, in place and as long`, () => expectSameSpeech(expectation));
  }

  describe.skipIf(requirePart('ffmpeg', hasFfmpeg))('with ffmpeg', () => {
    for (const expectation of BY_FFMPEG) {
      it(`${expectation.file} gives the same speech, in place and as long`, () => expectSameSpeech(expectation));
    }
  });

  it('the content tells the format, and a tag in front of an MP3 does not hide it', async () => {
    const tag = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0x02, 0x00, ...new Uint8Array(256).fill(0x41));
    const tagged = new Uint8Array([...tag, ...formatFixture('cbr.mp3')]);
    await expectSameSound(tagged, formatFixture('cbr.mp3'));
  });

  for (const unknown of [0, 0xffff_ffff, 0x7fff_f000]) {
    it(`a WAV of unknown length, written as ${unknown}, is read to its end`, async () => {
      const streamed = formatFixture('s16.wav');
      const dataAt = Buffer.from(streamed.buffer).indexOf('data');
      const view = new DataView(streamed.buffer);
      view.setUint32(4, unknown, true);
      view.setUint32(dataAt + 4, unknown, true);
      await expectSameSound(streamed, formatFixture('s16.wav'));
    });
  }

  it('a view into a larger buffer is read where it stands', async () => {
    for (const name of ['s16.wav', 'cbr.mp3', '16k.flac', 'opus.ogg', 'opus.webm']) {
      const file = formatFixture(name);
      const larger = new Uint8Array(file.length + 7).fill(0x55);
      larger.set(file, 3);
      await expectSameSound(larger.subarray(3, 3 + file.length), file);
    }
  });
});

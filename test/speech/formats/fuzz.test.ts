import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/errors.ts';
import { decodeAudio } from '../../../src/speech/formats/decode-audio.ts';
import { requirePart } from '../../require-part.ts';
import { formatFixture, hasFfmpeg, LIMITS } from './fixtures.ts';

const BUILT_IN = [
  's16.wav',
  'f32.wav',
  'alaw-8k.wav',
  'extensible-4ch.wav',
  '16k.flac',
  '44k-s24.flac',
  'flac.ogg',
].concat(['cbr.mp3', 'cbr-untagged.mp3', 'vbr.mp3', 'opus.ogg', 'opus.webm', 'opus-live.webm']);

interface Damage {
  /** Share of the file that is left. */
  readonly keep: number;
  /** Where, as a share of what is left, and what; the start of a file is hit more often, for it says most. */
  readonly hits: readonly { readonly at: number; readonly byte: number }[];
}

const damage: fc.Arbitrary<Damage> = fc.record({
  keep: fc.oneof(fc.constant(1), fc.double({ min: 0.001, max: 1, noNaN: true })),
  hits: fc.array(
    fc.record({
      at: fc.oneof(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: 0, max: 0.01, noNaN: true })),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0xff)),
    }),
    { maxLength: 8 },
  ),
});

async function expectSoundOrRefusal(name: string, { keep, hits }: Damage): Promise<void> {
  const whole = formatFixture(name);
  const file = whole.slice(0, Math.ceil(whole.length * keep));
  for (const { at, byte } of hits) file[Math.floor(file.length * at)] = byte;
  try {
    const { samples } = await decodeAudio(file, LIMITS);
    expect(samples.every(Number.isFinite)).toBe(true);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    expect((thrown as AppError).code).toMatch(/^AUDIO_/);
  }
}

describe('damaged files', () => {
  for (const name of BUILT_IN) {
    it(`${name}: whatever is cut off or overwritten, there is sound or a refusal with a code, in time`, () =>
      fc.assert(
        fc.asyncProperty(damage, (spoilt) => expectSoundOrRefusal(name, spoilt)),
        { numRuns: 60 },
      ));
  }

  describe.skipIf(requirePart('ffmpeg', hasFfmpeg))('with ffmpeg', () => {
    for (const name of ['aac.m4a', 'aac-faststart.m4a', 'vorbis.ogg']) {
      it(`${name}: whatever is cut off or overwritten, there is sound or a refusal with a code, in time`, () =>
        fc.assert(
          fc.asyncProperty(damage, (spoilt) => expectSoundOrRefusal(name, spoilt)),
          { numRuns: 12 },
        ));
    }
  });
});

import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLEAN, parseConditions } from '../../scripts/degrade/conditions.ts';
import { atSpeed } from '../../scripts/degrade/faster.ts';
import { mixed, speechShapedNoise } from '../../scripts/degrade/noise.ts';
import { inRoom } from '../../scripts/degrade/reverb.ts';
import { scaled, speechLevelDbfs } from '../../scripts/degrade/speech-level.ts';
import { overTelephone } from '../../scripts/degrade/telephone.ts';
import { rmsDbfs } from '../../src/audio/levels.ts';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';

const ALL = parseConditions('noise,quiet,telephone,fast,reverb');

function tone(hertz: number, seconds: number, level = 0.1): Float32Array<ArrayBuffer> {
  const length = Math.round(seconds * SPEECH_RATE_HZ);
  return Float32Array.from({ length }, (_, at) => level * Math.sin((2 * Math.PI * hertz * at) / SPEECH_RATE_HZ));
}

/** The part in the middle, which no beginning or end disturbs. */
function middle(samples: Float32Array): Float32Array {
  return samples.subarray(samples.length / 4, (3 * samples.length) / 4);
}

/** How often the sound goes from below zero to above it, a second. */
function risesPerSecond(samples: Float32Array): number {
  let rises = 0;
  for (let at = 1; at < samples.length; at++) if (samples[at - 1]! < 0 && samples[at]! >= 0) rises++;
  return (rises * SPEECH_RATE_HZ) / samples.length;
}

describe('every condition', () => {
  it.each([CLEAN, ...ALL])('$name gives the same sound each time, and leaves the original alone', ({ apply }) => {
    const samples = tone(440, 0.5);
    const before = samples.slice();
    expect(apply(samples, -20)).toEqual(apply(samples, -20));
    expect(samples).toEqual(before);
  });

  it.each(ALL)('$name takes sound of any length', ({ apply }) => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 900, noNaN: true, min: -1, max: 1 }), (samples) => {
        const heard = apply(samples, -26);
        expect(heard.length).toBeLessThanOrEqual(samples.length + 1);
        expect(heard.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('has a name on the command line, and others are refused', () => {
    expect(parseConditions('quiet, fast').map(({ name }) => name)).toEqual(['-30 dB', '1.25 times as fast']);
    expect(() => parseConditions('noise,underwater')).toThrow(InvalidArgumentError);
  });
});

describe('noise', () => {
  it('lies as far below the speech as it says, whatever pauses there are', () => {
    const spoken = tone(300, 1);
    const withPause = new Float32Array(3 * spoken.length);
    withPause.set(spoken);
    expect(speechLevelDbfs(withPause)).toBeCloseTo(rmsDbfs(spoken), 1);
    const noise = speechShapedNoise(SPEECH_RATE_HZ, -40, 1);
    expect(rmsDbfs(noise)).toBeCloseTo(-40, 6);
    expect(rmsDbfs(mixed(new Float32Array(noise.length), noise))).toBeCloseTo(-40, 6);
  });

  it('is another one for another seed', () => {
    expect(speechShapedNoise(100, -40, 1)).not.toEqual(speechShapedNoise(100, -40, 2));
  });
});

describe('quiet speech', () => {
  it('is 30 dB below what it was', () => {
    expect(rmsDbfs(scaled(tone(440, 0.5), -30))).toBeCloseTo(rmsDbfs(tone(440, 0.5)) - 30, 3);
  });
});

describe('a telephone', () => {
  it.each([500, 1000, 2000, 3000])('lets %i Hz through', (hertz) => {
    expect(rmsDbfs(middle(overTelephone(tone(hertz, 0.5))))).toBeGreaterThan(rmsDbfs(tone(hertz, 0.5)) - 3.1);
  });

  it.each([60, 120, 5000, 7000])('stops %i Hz', (hertz) => {
    expect(rmsDbfs(middle(overTelephone(tone(hertz, 0.5))))).toBeLessThan(rmsDbfs(tone(hertz, 0.5)) - 20);
  });

  it('keeps to the levels of its code: what it carries is within 1 part of 16 of what was said', () => {
    const sent = tone(1000, 0.5, 0.5);
    const heard = middle(overTelephone(sent));
    expect(rmsDbfs(heard)).toBeCloseTo(rmsDbfs(sent), 0);
  });
});

describe('fast speech', () => {
  it('takes as much less time as it says and keeps its pitch', () => {
    const said = tone(200, 2);
    const heard = atSpeed(said, 1.25);
    expect(heard.length).toBe(said.length / 1.25);
    expect(risesPerSecond(middle(heard))).toBeCloseTo(200, -1);
    expect(rmsDbfs(middle(heard))).toBeCloseTo(rmsDbfs(said), 0);
  });

  it('at a speed of 1 is what it was', () => {
    const said = tone(200, 0.5);
    const heard = atSpeed(said, 1);
    for (let at = 0; at < said.length - 480; at++) expect(Math.abs(heard[at]! - said[at]!)).toBeLessThan(1e-3);
  });
});

describe('a room', () => {
  it('answers a click with echoes as loud as it is, which have faded when its time is over', () => {
    const click = new Float32Array(SPEECH_RATE_HZ);
    click[0] = 1;
    const heard = inRoom(click, 0.6, 1);
    const echoes = heard.subarray(1);
    expect(heard[0]).toBe(1);
    expect(echoes.reduce((sum, sample) => sum + sample * sample, 0)).toBeCloseTo(1, 3);
    expect(Math.max(...echoes.subarray(0.5 * SPEECH_RATE_HZ, 0.59 * SPEECH_RATE_HZ).map(Math.abs))).toBeLessThan(1e-3);
    expect(echoes.subarray(0.61 * SPEECH_RATE_HZ).every((sample) => sample === 0)).toBe(true);
  });
});

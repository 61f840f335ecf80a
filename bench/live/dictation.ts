import { floatToS16le, SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { Resampler } from '../../src/audio/resampler.ts';
import { randomNumbers } from '../../src/evaluation/random-numbers.ts';
import { secondsOf } from '../audio.ts';
import type { Phrase } from './phrases.ts';

/** As the page sends: frames of a tenth of a second, at the rate that most microphones have. */
export const FRAME_SECONDS = 0.1;
export const RATE_HZ = 48_000;
const FRAME_BYTES = 2 * RATE_HZ * FRAME_SECONDS;

/** Of a dictation; the rest is pauses. */
export const SPEECH_SHARE = 0.6;
/** Standard deviation of a pause's logarithm: of ten pauses one is above 2.8 times the median, one below a third. */
const PAUSE_SPREAD = 0.8;
/** So many of the phrases end with a key let go, a moment after the last word, if the pause is long enough for it. */
const FINALIZED_SHARE = 0.2;
const KEY_RELEASE_SECONDS = 0.2;
const FINALIZED_PAUSE_SECONDS = 0.6;
const LEADING_SECONDS = 0.5;
/** No room is silent: -66 dB. */
const ROOM_TONE = 0.001;

/** A word as the offline recogniser writes it; seconds from the beginning of the dictation. */
export interface ReferenceWord {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What one clinician says, and when. */
export interface Dictation {
  /** Samples of 16 bits at `RATE_HZ`, all of `FRAME_SECONDS`. */
  readonly frames: readonly Uint8Array[];
  readonly words: readonly ReferenceWord[];
  /** After so many frames the client asks for what was said to be committed. */
  readonly finalizeAfterFrames: ReadonlySet<number>;
  /** Share of the time that somebody speaks. */
  readonly speechShare: number;
}

export interface DictationOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly speechShare?: number;
}

interface PlacedPhrase {
  readonly phrase: Phrase;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly pauseSeconds: number;
}

/**
 * Phrases in a random order, every one once before one comes again, with pauses between them (log-normal) that are as
 * long together as the share of speech wants. The same seed gives the same dictation.
 *
 * @throws RangeError when the phrases hold more pauses than that already
 */
export function composeDictation(phrases: readonly Phrase[], options: DictationOptions): Dictation {
  const { seconds, seed, speechShare = SPEECH_SHARE } = options;
  const random = randomNumbers(seed);
  const drawn = drawPhrases(phrases, seconds * speechShare, random);
  const voicedSeconds = drawn.reduce((sum, phrase) => sum + phrase.voicedSeconds, 0);
  const phraseSeconds = drawn.reduce((sum, { samples }) => sum + secondsOf(samples), 0);
  const pauseSeconds = voicedSeconds / speechShare - phraseSeconds - LEADING_SECONDS;
  if (pauseSeconds <= 0) {
    const got = (voicedSeconds / phraseSeconds).toFixed(2);
    throw new RangeError(`expected phrases that are voiced for more than ${speechShare} of their time; got ${got}`);
  }
  const weights = drawn.map(() => Math.exp(PAUSE_SPREAD * normal(random)));
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const placed: PlacedPhrase[] = [];
  let atSeconds = LEADING_SECONDS;
  for (const [index, phrase] of drawn.entries()) {
    const endSeconds = atSeconds + secondsOf(phrase.samples);
    const pause = (pauseSeconds * weights[index]!) / totalWeight;
    placed.push({ phrase, startSeconds: atSeconds, endSeconds, pauseSeconds: pause });
    atSeconds = endSeconds + pause;
  }
  return {
    frames: framesOf(placed, atSeconds, random),
    words: placed.flatMap(({ phrase, startSeconds }) =>
      phrase.words.map((word) => ({
        text: word.text,
        startSeconds: startSeconds + word.startSeconds,
        endSeconds: startSeconds + word.endSeconds,
      })),
    ),
    finalizeAfterFrames: new Set(
      placed
        .filter(({ pauseSeconds: pause }) => random() < FINALIZED_SHARE && pause > FINALIZED_PAUSE_SECONDS)
        .map(({ endSeconds }) => Math.ceil((endSeconds + KEY_RELEASE_SECONDS) / FRAME_SECONDS)),
    ),
    speechShare: voicedSeconds / atSeconds,
  };
}

/** The first so many frames of a dictation. */
export function beginningOf(dictation: Dictation, frameCount: number): Dictation {
  const endSeconds = frameCount * FRAME_SECONDS;
  return {
    ...dictation,
    frames: dictation.frames.slice(0, frameCount),
    words: dictation.words.filter((word) => word.endSeconds <= endSeconds),
    finalizeAfterFrames: new Set([...dictation.finalizeAfterFrames].filter((frame) => frame <= frameCount)),
  };
}

function drawPhrases(phrases: readonly Phrase[], voicedSeconds: number, random: () => number): Phrase[] {
  if (phrases.length === 0) throw new RangeError('expected at least one phrase to dictate; got none');
  const drawn: Phrase[] = [];
  let left: Phrase[] = [];
  for (let seconds = 0; seconds < voicedSeconds; seconds += drawn.at(-1)!.voicedSeconds) {
    if (left.length === 0) left = [...phrases];
    drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return drawn;
}

/** Whole frames; the last one is filled with the room's own sound. */
function framesOf(placed: readonly PlacedPhrase[], seconds: number, random: () => number): Uint8Array[] {
  const frameCount = Math.ceil(seconds / FRAME_SECONDS);
  const sound = new Float32Array(Math.round(frameCount * FRAME_SECONDS * SPEECH_RATE_HZ));
  for (const { phrase, startSeconds } of placed) sound.set(phrase.samples, Math.round(startSeconds * SPEECH_RATE_HZ));
  for (let at = 0; at < sound.length; at++) sound[at]! += ROOM_TONE * (random() - 0.5);
  const resampler = new Resampler(SPEECH_RATE_HZ, RATE_HZ);
  const bytes = Buffer.concat([floatToS16le(resampler.push(sound)), floatToS16le(resampler.flush())]);
  return Array.from(
    { length: frameCount },
    (_, frame) => new Uint8Array(bytes.subarray(frame * FRAME_BYTES, (frame + 1) * FRAME_BYTES)),
  );
}

/** Box and Muller, 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

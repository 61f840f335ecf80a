import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSpeech, missedShare, mixed, utterancesOf, voiceOf } from '../../bench/listening.ts';
import { atLevel, NOISE_NAMES, noise } from '../../scripts/noises.ts';
import { joined, SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { starterVocabulary } from '../../src/cli/vocabulary-file.ts';
import { LIVE_LIMITS } from '../../src/contracts/live.ts';
import type { PackedUtteranceOptions } from '../../src/contracts/speech-messages.ts';
import type { Recogniser } from '../../src/speech/recogniser.ts';
import { packedOptions } from '../../src/speech/vocabulary/packed-vocabulary.ts';
import { VOICE_WINDOW_SAMPLES, VoiceDetector } from '../../src/speech/voice-detector.ts';
import { WordSupport } from '../../src/speech/word-support.ts';
import { CLIPS, clipSamples, loadBaseRecogniser } from '../speech/base-model.ts';

const PAUSE_SECONDS = LIVE_LIMITS.pauseSeconds.default;
/** As like a voice as noises get: they open an utterance now and then, and the recogniser has to find nothing in it. */
const LIKE_A_VOICE = ['a chair that creaks'];
const CLEARLY_NO_VOICE = NOISE_NAMES.filter((name) => !LIKE_A_VOICE.includes(name));

let detector: VoiceDetector;
beforeAll(async () => {
  detector = await VoiceDetector.load();
});
afterAll(() => detector.close());

async function utterancesIn(samples: Float32Array) {
  return utterancesOf(await voiceOf(samples, detector), PAUSE_SECONDS);
}

describe('where nobody speaks no utterance is opened', () => {
  test('in a minute of digital silence', async () => {
    expect(await utterancesIn(new Float32Array(60 * SPEECH_RATE_HZ))).toEqual([]);
  });

  describe.each([-50, -35, -20])('in a minute at %d dBFS of', (levelDbfs) => {
    test.each(CLEARLY_NO_VOICE)('%s', async (name) => {
      expect(await utterancesIn(noise(name, 60, levelDbfs))).toEqual([]);
    });
  });
});

describe('what sounds like a voice', () => {
  const support = new WordSupport();
  let recogniser: Recogniser;
  let wishes: PackedUtteranceOptions;
  beforeAll(async () => {
    recogniser = await loadBaseRecogniser();
    wishes = packedOptions({ language: 'sv', beamSize: 5, words: true, vocabulary: await starterVocabulary() });
  });
  afterAll(() => recogniser.close());

  test.each(LIKE_A_VOICE)('opens an utterance now and then in a minute of %s, and gives no word', async (name) => {
    for (const levelDbfs of [-35, -20]) {
      const samples = noise(name, 60, levelDbfs);
      const utterances = await utterancesIn(samples);
      expect(utterances.length).toBeLessThan(12);
      for (const { startWindow, endWindow } of utterances) {
        const stretch = samples.slice(startWindow * VOICE_WINDOW_SAMPLES, endWindow * VOICE_WINDOW_SAMPLES);
        const { text } = await recogniser.recognise(stretch, { ...wishes, ...support.scoring(wishes) });
        expect(text).toBe('');
      }
    }
  });
});

describe('where somebody speaks it is heard', () => {
  const files = CLIPS.slice(0, 3).map(({ file }) => file);
  const between = async (file: string) =>
    joined(new Float32Array(SPEECH_RATE_HZ), await clipSamples(file), new Float32Array(SPEECH_RATE_HZ));

  test.each(files)('in %s at any level down to -50 dBFS', async (file) => {
    const samples = await between(file);
    for (const levelDbfs of [-20, -30, -40, -50]) {
      expect(missedShare(isSpeech(samples), await utterancesIn(atLevel(samples, levelDbfs)))).toBeLessThan(0.1);
    }
  });

  test.each(NOISE_NAMES)('beside %s, 10 dB softer', async (name) => {
    const samples = atLevel(await between(files[0]!), -30);
    const beside = noise(name, samples.length / SPEECH_RATE_HZ, -40);
    expect(missedShare(isSpeech(samples), await utterancesIn(mixed(samples, beside)))).toBeLessThan(0.1);
  });
});

import { join } from 'node:path';
import { atLevel, NOISE_NAMES, noise } from '../scripts/noises.ts';
import { SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { starterVocabulary } from '../src/cli/vocabulary-file.ts';
import { LIVE_LIMITS } from '../src/contracts/live.ts';
import type { EndedUtterance } from '../src/live/endpointer.ts';
import { packedOptions } from '../src/speech/vocabulary/packed-vocabulary.ts';
import { VOICE_WINDOW_SAMPLES, VoiceDetector } from '../src/speech/voice-detector.ts';
import { WordSupport } from '../src/speech/word-support.ts';
import { joinSpeech } from './audio.ts';
import type { Benchmark, BenchmarkInput, BenchmarkReport } from './benchmark.ts';
import { type Engine, loadEngine } from './engine.ts';
import { isSpeech, missedShare, mixed, utteranceSeconds, utterancesOf, voiceOf } from './listening.ts';
import { markdownTable } from './markdown.ts';

const LEVELS_DBFS = [-60, -50, -40, -30, -20];
/** Of each noise at each level: ten minutes of each noise. */
const MINUTES = 2;
const SPEECH_LEVELS_DBFS = [-20, -30, -40, -50];
const SPEECH_IN_NOISE_DBFS = -25;
const SIGNAL_TO_NOISE_DB = [20, 10, 5];
const PAUSE_SECONDS = LIVE_LIMITS.pauseSeconds.default;
const WISHES = packedOptions({ language: 'sv', beamSize: 5, words: true, vocabulary: await starterVocabulary() });
/** Of what is spoken in a quiet room; beyond it the detector was not at work. */
const MOST_MISSED = 0.1;

const support = new WordSupport();

/** What opens an utterance though nobody speaks, the words then made up, and what of speech is missed. */
export const voiceDetection: Benchmark = {
  name: 'voice-detection',
  run: async (input) => {
    await using engine = await loadEngine(join(input.dataDirectory, 'bench-graphs'));
    const detector = await VoiceDetector.load();
    try {
      const missed = await missedSpeech(input, detector);
      const [missedOfClear = 1] = missed.alone;
      if (missedOfClear > MOST_MISSED) {
        throw new Error(`expected at most ${MOST_MISSED} of clear speech missed; got ${missedOfClear}`);
      }
      const alarms: NoiseRow[] = [];
      for (const name of NOISE_NAMES) alarms.push(await falseAlarms(name, engine, detector));
      return report(alarms, missed);
    } finally {
      await detector.close();
    }
  },
};

interface NoiseRow {
  readonly name: string;
  /** Of each level. */
  readonly secondsPerMinute: readonly number[];
  readonly words: number;
}

async function falseAlarms(name: string, engine: Engine, detector: VoiceDetector): Promise<NoiseRow> {
  const secondsPerMinute: number[] = [];
  let words = 0;
  for (const levelDbfs of LEVELS_DBFS) {
    const samples = noise(name, MINUTES * 60, levelDbfs);
    const utterances = utterancesOf(await voiceOf(samples, detector), PAUSE_SECONDS);
    secondsPerMinute.push(utteranceSeconds(utterances) / MINUTES);
    for (const utterance of utterances) words += await wordsIn(samples, utterance, engine);
  }
  return { name, secondsPerMinute, words };
}

/** As a live session writes it, with the lexicon and the medical terms. */
async function wordsIn(samples: Float32Array, { startWindow, endWindow }: EndedUtterance, { recogniser }: Engine) {
  const stretch = samples.slice(startWindow * VOICE_WINDOW_SAMPLES, endWindow * VOICE_WINDOW_SAMPLES);
  const { words = [] } = await recogniser.recognise(stretch, { ...WISHES, ...support.scoring(WISHES) });
  return words.length;
}

/** The shares of spoken time that are in no utterance. */
interface MissedSpeech {
  /** Of each level, in a quiet room. */
  readonly alone: readonly number[];
  /** By the noise beside it, of each distance from it. */
  readonly beside: Readonly<Record<string, readonly number[]>>;
}

async function missedSpeech({ clips }: BenchmarkInput, detector: VoiceDetector): Promise<MissedSpeech> {
  const alike = clips.map(({ samples }) => atLevel(samples, SPEECH_IN_NOISE_DBFS));
  const clean = joinSpeech([new Float32Array(SPEECH_RATE_HZ), ...alike], 1.5 * PAUSE_SECONDS);
  const spoken = isSpeech(clean);
  const missed = async (samples: Float32Array) =>
    missedShare(spoken, utterancesOf(await voiceOf(samples, detector), PAUSE_SECONDS));
  const alone: number[] = [];
  for (const levelDbfs of SPEECH_LEVELS_DBFS) alone.push(await missed(atLevel(clean, levelDbfs)));
  const beside: Record<string, number[]> = {};
  for (const name of NOISE_NAMES) {
    beside[name] = [];
    for (const distanceDb of SIGNAL_TO_NOISE_DB) {
      const other = noise(name, clean.length / SPEECH_RATE_HZ, SPEECH_IN_NOISE_DBFS - distanceDb);
      beside[name].push(await missed(mixed(clean, other)));
    }
  }
  return { alone, beside };
}

function report(alarms: readonly NoiseRow[], { alone, beside }: MissedSpeech): BenchmarkReport {
  const percent = (share: number) => (100 * share).toFixed(1);
  const noises = markdownTable(
    ['nobody speaks', ...LEVELS_DBFS.map((level) => `${level} dBFS`), `words in ${MINUTES * LEVELS_DBFS.length} min`],
    alarms.map(({ name, secondsPerMinute, words }) => [
      name,
      ...secondsPerMinute.map((seconds) => seconds.toFixed(1)),
      String(words),
    ]),
  );
  const levels = markdownTable(
    ['speech in a quiet room at', ...SPEECH_LEVELS_DBFS.map((level) => `${level} dBFS`)],
    [['missed, %', ...alone.map(percent)]],
  );
  const besideNoise = markdownTable(
    ['speech beside', ...SIGNAL_TO_NOISE_DB.map((distance) => `${distance} dB above it`)],
    Object.entries(beside).map(([name, shares]) => [name, ...shares.map(percent)]),
  );
  return {
    title: 'Voice detection',
    markdown: [
      `Sounds made by rule (scripts/noises.ts), ${MINUTES} minutes at each level, the level being that of the loudest tenth of a second. Told are seconds of utterances opened in a minute, and the words that the recogniser then made up.`,
      noises,
      `The clips of the fixtures, a pause of ${PAUSE_SECONDS} s ends an utterance. Spoken is what lies less than 25 dB below the loudest part, all clips being made equally loud; told is the share of it, in percent, that is in no utterance.`,
      levels,
      `The same at ${SPEECH_IN_NOISE_DBFS} dBFS beside noises.`,
      besideNoise,
    ].join('\n\n'),
    plots: {},
  };
}

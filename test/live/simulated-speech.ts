import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { AppError } from '../../src/contracts/errors.ts';
import type {
  Draft,
  DraftRequest,
  LiveCall,
  LiveSpeech,
  VoiceAnswer,
  VoiceRequest,
} from '../../src/contracts/live-speech.ts';
import type { Utterance, UtteranceOptions } from '../../src/contracts/speech-messages.ts';
import type { Word } from '../../src/contracts/transcript.ts';

const WINDOW_SAMPLES = 512;
/** Sound is planted in steps of full scale that 16 bits hold exactly; above this a sample is part of a word. */
const QUIETEST_WORD = 1000;

/** A planted word: which, and the samples at 16 kHz that it fills. */
export interface PlantedWord {
  readonly word: number;
  readonly startSample: number;
  readonly endSample: number;
}

/** Sound at 16 kHz: word number n is a constant that says n, and all else is silence. */
export function plant(words: readonly PlantedWord[], lengthSamples: number): Int16Array {
  const samples = new Int16Array(lengthSamples);
  for (const { word, startSample, endSample } of words) samples.fill(QUIETEST_WORD + word, startSample, endSample);
  return samples;
}

/** The words in a sound, as they were planted, with seconds from its beginning; one that was cut is there in part. */
function wordsIn(samples: Float32Array): Word[] {
  const words: { word: number; from: number; to: number }[] = [];
  for (const [at, sample] of samples.entries()) {
    const word = Math.round(sample * 32_768) - QUIETEST_WORD;
    const last = words.at(-1);
    if (word < 0) continue;
    if (last?.word === word && last.to === at) last.to++;
    else words.push({ word, from: at, to: at + 1 });
  }
  return words.map(({ word, from, to }) => ({
    text: `w${word}`,
    startSeconds: from / SPEECH_RATE_HZ,
    endSeconds: to / SPEECH_RATE_HZ,
    probability: 1,
  }));
}

/** What planted words became of a list of committed ones: the parts of a word that was cut are joined. */
export function plantedFrom(words: readonly Word[]): PlantedWord[] {
  const planted: { word: number; startSample: number; endSample: number }[] = [];
  for (const { text, startSeconds, endSeconds } of words) {
    const word = Number(text.slice(1));
    const startSample = Math.round(startSeconds * SPEECH_RATE_HZ);
    const endSample = Math.round(endSeconds * SPEECH_RATE_HZ);
    const last = planted.at(-1);
    if (last?.word === word && last.endSample === startSample) last.endSample = endSample;
    else planted.push({ word, startSample, endSample });
  }
  return planted;
}

/** What a call does before it answers: waits as long as it likes, or throws. */
export type Interference = (kind: 'voice' | 'draft' | 'recognise') => Promise<void>;

/** A recogniser that hears planted words, in its own time. What it answers depends on the samples alone. */
export class SimulatedSpeech implements LiveSpeech {
  waitingCalls = 0;
  readonly heardSamples: number[] = [];
  /** What came with each utterance. */
  readonly wishes: UtteranceOptions[] = [];
  readonly #interfere: Interference;

  constructor(interfere: Interference = async () => {}) {
    this.#interfere = interfere;
  }

  /** What it takes a window for hangs on all that it ever heard, which it never forgets. */
  async voice({ samples, memory }: VoiceRequest, call: LiveCall): Promise<VoiceAnswer> {
    await this.#wait('voice', call);
    const windows = samples.length / WINDOW_SAMPLES;
    const probabilities = new Float32Array(windows);
    let mood = memory?.state[0] ?? 0.5;
    for (let window = 0; window < windows; window++) {
      const heard = samples.subarray(window * WINDOW_SAMPLES, (window + 1) * WINDOW_SAMPLES);
      const share = heard.filter((sample) => sample * 32_768 >= QUIETEST_WORD).length / WINDOW_SAMPLES;
      mood = Math.fround((1.7 * mood + share + 0.1) % 1);
      probabilities[window] = share === 0 ? 0.25 * mood : 0.5 + share * (0.4 + 0.1 * mood);
    }
    return { probabilities, memory: { state: Float32Array.of(mood), context: new Float32Array(0) } };
  }

  async draft({ samples, draft }: DraftRequest, call: LiveCall): Promise<Draft> {
    await this.#wait('draft', call);
    const words = wordsIn(samples).map(({ text }) => text);
    const ends = words.map((_word, index) => words.slice(0, index + 1).join(' ').length);
    const tokens = words.map((word) => Number(word.slice(1)));
    return { tokens, text: words.join(' '), ends, kept: draft.length, language: 'sv' };
  }

  async recognise(samples: Float32Array, options: UtteranceOptions, call: LiveCall): Promise<Utterance> {
    await this.#wait('recognise', call);
    this.heardSamples.push(samples.length);
    this.wishes.push(options);
    const words = wordsIn(samples);
    return {
      text: words.map(({ text }) => text).join(' '),
      tokens: [],
      language: 'sv',
      averageLogProbability: 0,
      compressionRatio: 1,
      noSpeechProbability: 0,
      words,
    };
  }

  async #wait(kind: 'voice' | 'draft' | 'recognise', { signal }: LiveCall): Promise<void> {
    this.waitingCalls++;
    try {
      await this.#interfere(kind);
    } finally {
      this.waitingCalls--;
    }
    if (signal?.aborted) throw new AppError('CANCELLED', 'the work was cancelled');
  }
}

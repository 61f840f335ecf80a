import type { Word } from '../../src/contracts/transcript.ts';
import { VOICE_WINDOW_SAMPLES, VOICE_WINDOW_SECONDS, VoiceDetector } from '../../src/speech/voice-detector.ts';
import { cutAtPauses, type Samples, secondsOf } from '../audio.ts';
import type { Spoken } from '../clip-sets.ts';
import { loadEngine } from '../engine.ts';

/** A recording above the first is cut at pauses into phrases of about the second: what is said in one go. */
const LONGEST_PHRASE_SECONDS = 10;
const PHRASE_SECONDS = 6;
const ONSET_PROBABILITY = 0.5;
const OFFSET_PROBABILITY = 0.35;
/** Kept on both sides of the voice. */
const MARGIN_WINDOWS = 3;
const OFFLINE = { language: 'sv', beamSize: 5, words: true };

/** Something said in one go, from its first sound to its last, at 16 kHz. */
export interface Phrase {
  readonly samples: Samples;
  /** As our own recogniser writes them when the phrase is a recording of its own; seconds from its start. */
  readonly words: readonly Word[];
  /** Without the pauses inside. */
  readonly voicedSeconds: number;
}

/** Clips as phrases without the silence around them; what nobody speaks in is left out. */
export async function readPhrases(clips: readonly Spoken[], graphFolder: string): Promise<readonly Phrase[]> {
  await using engine = await loadEngine(graphFolder);
  const detector = await VoiceDetector.load();
  const phrases: Phrase[] = [];
  for (const piece of clips.flatMap(({ samples }) => inPhrases(samples))) {
    const voiced = voicedPart(piece, await detector.probabilities(piece));
    if (!voiced) continue;
    const { words = [] } = await engine.recogniser.recognise(voiced.samples, OFFLINE);
    if (words.length > 0) phrases.push({ ...voiced, words });
  }
  await detector.close();
  return phrases;
}

function inPhrases(samples: Samples): readonly Samples[] {
  return secondsOf(samples) > LONGEST_PHRASE_SECONDS ? cutAtPauses(samples, PHRASE_SECONDS) : [samples];
}

function voicedPart(samples: Samples, probabilities: Float32Array): Omit<Phrase, 'words'> | undefined {
  const isVoiced = (probability: number) => probability >= ONSET_PROBABILITY;
  const first = probabilities.findIndex(isVoiced);
  if (first < 0) return undefined;
  const last = probabilities.findLastIndex((probability) => probability >= OFFSET_PROBABILITY);
  const from = Math.max(0, first - MARGIN_WINDOWS) * VOICE_WINDOW_SAMPLES;
  const to = (last + 1 + MARGIN_WINDOWS) * VOICE_WINDOW_SAMPLES;
  const voicedSeconds = probabilities.filter(isVoiced).length * VOICE_WINDOW_SECONDS;
  return { samples: samples.slice(from, to), voicedSeconds };
}

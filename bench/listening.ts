import { rmsDbfs } from '../src/audio/levels.ts';
import { SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { type EndedUtterance, type EndpointerState, finalized, heard, silentFrom } from '../src/live/endpointer.ts';
import { VOICE_WINDOW_SAMPLES, type VoiceDetector } from '../src/speech/voice-detector.ts';

/** Given to the detector at once; a whole number of windows. */
const PIECE_SAMPLES = 500 * VOICE_WINDOW_SAMPLES;

/** The probability of speech in each window, as a live session hears it: in one go, from the first window on. */
export async function voiceOf(samples: Float32Array, detector: VoiceDetector): Promise<readonly number[]> {
  const probabilities: number[] = [];
  const end = Math.floor(samples.length / VOICE_WINDOW_SAMPLES) * VOICE_WINDOW_SAMPLES;
  let memory = null;
  for (let from = 0; from < end; from += PIECE_SAMPLES) {
    const answer = await detector.continue(samples.subarray(from, Math.min(end, from + PIECE_SAMPLES)), memory);
    probabilities.push(...answer.probabilities);
    memory = answer.memory;
  }
  return probabilities;
}

/** The utterances that a live session makes of it, the last one ended by force. */
export function utterancesOf(probabilities: readonly number[], pauseSeconds: number): readonly EndedUtterance[] {
  let state: EndpointerState = silentFrom(0);
  const utterances: EndedUtterance[] = [];
  for (const probability of probabilities) {
    const next = heard(state, probability, pauseSeconds);
    state = next.state;
    if (next.ended) utterances.push(next.ended);
  }
  const { ended } = finalized(state);
  return ended ? [...utterances, ended] : utterances;
}

export function utteranceSeconds(utterances: readonly EndedUtterance[]): number {
  const windows = utterances.reduce((sum, { startWindow, endWindow }) => sum + endWindow - startWindow, 0);
  return (windows * VOICE_WINDOW_SAMPLES) / SPEECH_RATE_HZ;
}

/** How far below the loudest window speech may be; what is softer between words and clips is no loss. */
const SPEECH_RANGE_DB = 25;

/** Which windows of a clean recording hold speech, by how loud they are. */
export function isSpeech(samples: Float32Array): readonly boolean[] {
  const levels: number[] = [];
  for (let from = 0; from + VOICE_WINDOW_SAMPLES <= samples.length; from += VOICE_WINDOW_SAMPLES) {
    levels.push(rmsDbfs(samples.subarray(from, from + VOICE_WINDOW_SAMPLES)));
  }
  const loudest = Math.max(...levels);
  return levels.map((level) => level > loudest - SPEECH_RANGE_DB);
}

/** The share of the spoken windows that is in no utterance. */
export function missedShare(spoken: readonly boolean[], utterances: readonly EndedUtterance[]): number {
  const isHeard = (window: number) => utterances.some((each) => each.startWindow <= window && window < each.endWindow);
  const missed = spoken.filter((isSpoken, window) => isSpoken && !isHeard(window));
  return missed.length / spoken.filter(Boolean).length;
}

/** Both at once; the first is as long as the result. */
export function mixed(samples: Float32Array, other: Float32Array): Float32Array {
  return samples.map((sample, index) => sample + (other[index] ?? 0));
}

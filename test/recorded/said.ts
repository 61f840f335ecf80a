import type { Segment } from '../../src/contracts/transcript.ts';
import { spoken } from '../dictation/say.ts';

const PAUSE_SECONDS = 1;

/** Stretches of speech as the recogniser tells them, one after another with pauses between. */
export function said(...stretches: readonly string[]): Segment[] {
  let fromSeconds = 0;
  return stretches.map((text, index) => {
    const words = spoken(text).map(({ id: _, ...word }) => ({
      ...word,
      startSeconds: word.startSeconds + fromSeconds,
      endSeconds: word.endSeconds + fromSeconds,
    }));
    const [startSeconds, endSeconds] = [words[0]!.startSeconds, words.at(-1)!.endSeconds];
    fromSeconds = endSeconds + PAUSE_SECONDS;
    const about = { tokens: [], averageLogProbability: -0.2, compressionRatio: 1, noSpeechProbability: 0 };
    return { ...about, index, startSeconds, endSeconds, text: words.map((word) => word.text).join(' '), words };
  });
}

/** A plan with one follow-up, as it is dictated. */
export const PLAN = ['gå till planering', 'återbesök om sex veckor punkt'] as const;

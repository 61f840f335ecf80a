import { characterErrorBlocks, errorBlocks } from './blocks.ts';
import { errorRateInterval, type Interval } from './bootstrap.ts';
import { characterErrorRate, type ErrorCount, type Score, scoreText, totalScore, wordErrorRate } from './score.ts';

/** Words of reference that a bootstrap draws together: about ten seconds of speech. */
export const BLOCK_WORDS = 20;
/** As many characters: words of five letters, and the spaces after them. */
const BLOCK_CHARACTERS = 6 * BLOCK_WORDS;

/** One recognised clip. */
export interface Recognised {
  readonly reference: string;
  readonly hypothesis: string;
  readonly audioSeconds: number;
  readonly processingSeconds: number;
}

/** What is told of a clip, or of many together. Rates are shares: 0.25 is 25 %. */
export interface Figures {
  readonly wer: number;
  readonly cer: number;
  /** Processing time over the length of the audio; below 1 is faster than speech. */
  readonly rtf: number;
  readonly words: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  readonly audioSeconds: number;
  readonly processingSeconds: number;
}

/** The figures of many clips, each word and each second weighing the same. */
export interface TotalFigures extends Figures {
  readonly clipCount: number;
  /** Where the word error rate would fall in 95 of 100 draws of such speech. */
  readonly werInterval: Pick<Interval, 'low' | 'high'>;
  /** The same for the character error rate. */
  readonly cerInterval: Pick<Interval, 'low' | 'high'>;
}

export function clipFigures(clip: Recognised): Figures {
  return figures(scoreText(clip.reference, clip.hypothesis), [clip]);
}

export function totalFigures(clips: readonly Recognised[]): TotalFigures {
  const score = totalScore(clips.map((clip) => scoreText(clip.reference, clip.hypothesis)));
  const bounds = (blocks: (clip: Recognised) => readonly ErrorCount[]) => {
    const { low, high } = errorRateInterval(clips.flatMap(blocks));
    return { low, high };
  };
  return {
    clipCount: clips.length,
    ...figures(score, clips),
    werInterval: bounds((clip) => errorBlocks(clip.reference, clip.hypothesis, BLOCK_WORDS)),
    cerInterval: bounds((clip) => characterErrorBlocks(clip.reference, clip.hypothesis, BLOCK_CHARACTERS)),
  };
}

function figures(score: Score, clips: readonly Recognised[]): Figures {
  const audioSeconds = clips.reduce((sum, clip) => sum + clip.audioSeconds, 0);
  const processingSeconds = clips.reduce((sum, clip) => sum + clip.processingSeconds, 0);
  return {
    wer: wordErrorRate(score),
    cer: characterErrorRate(score),
    rtf: processingSeconds / audioSeconds,
    words: score.words,
    substitutions: score.substitutions,
    deletions: score.deletions,
    insertions: score.insertions,
    audioSeconds,
    processingSeconds,
  };
}

import type { DictatedWord } from '../contracts/dictation.ts';
import { splitFused } from './fused.ts';
import {
  ENDLESS_PAUSE_SECONDS,
  hiddenPauseSeconds,
  PUNCTUATION_PAUSE_SECONDS,
  UTTERANCE_PAUSE_SECONDS,
} from './pauses.ts';
import { soundOf } from './spelling.ts';

/** One spoken word as the rules see it: bare, with the recogniser's own punctuation beside it. */
export interface Token {
  /** As the recogniser wrote it, without punctuation at its ends. */
  readonly written: string;
  /** `written` in lower case. */
  readonly key: string;
  /** `soundOf(written)`. */
  readonly sound: string;
  /** The mark that the recogniser put behind it, or nothing. */
  readonly automaticMark: string;
  /** Whether a capital may come from the recogniser's idea of a sentence, and not from the word. */
  readonly startsAutomaticSentence: boolean;
  readonly pauseBeforeSeconds: number;
  readonly wordId: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly probability: number;
}

/** What the next word must know about the one before it. */
export interface Heard {
  readonly endSeconds: number;
  readonly hiddenPauseSeconds: number;
  readonly automaticMark: string;
}

export const NOTHING_HEARD: Heard = {
  endSeconds: -ENDLESS_PAUSE_SECONDS,
  hiddenPauseSeconds: 0,
  automaticMark: '.',
};

/** Abbreviations whose full stop ends no sentence; it is left out, as clinics write them. */
const ABBREVIATIONS = new Set(['dr', 'kl', 'nr', 'ca', 'st', 'tel', 'tfn', 'prof', 'ev', 'resp', 'inkl', 'exkl']);

const LEADING = /^[\s"'”“„«»([{…¿–—]+|^-(?!\d)/u;
const TRAILING = /[\s"'”“„«»)\]}….,;:?!–—-]+$/u;

/**
 * A recogniser's word as tokens: usually one, more where it fused several ("milligrampunkt."), none where it is
 * punctuation alone.
 */
export function tokensOf(word: DictatedWord, heard: Heard): { tokens: Token[]; heard: Heard } {
  const { parts, automaticMark } = bareWord(word.text);
  if (parts.length === 0) return { tokens: [], heard };
  const letters = parts.join('').length;
  const hiddenSeconds = hiddenPauseSeconds(letters, word.endSeconds - word.startSeconds);
  const gapSeconds = Math.max(0, word.startSeconds - heard.endSeconds) + heard.hiddenPauseSeconds;
  const pauseBeforeSeconds = Math.max(gapSeconds, heard.automaticMark === '' ? 0 : PUNCTUATION_PAUSE_SECONDS);
  const secondsPerLetter = (word.endSeconds - word.startSeconds) / letters;
  let startSeconds = word.startSeconds;
  const tokens = parts.map((written, index): Token => {
    const isLast = index === parts.length - 1;
    const endSeconds = isLast ? word.endSeconds : startSeconds + written.length * secondsPerLetter;
    const token: Token = {
      written,
      key: written.toLowerCase(),
      sound: soundOf(written),
      automaticMark: isLast ? automaticMark : '',
      startsAutomaticSentence:
        index === 0 && (/[.?!]/.test(heard.automaticMark) || pauseBeforeSeconds >= UTTERANCE_PAUSE_SECONDS),
      pauseBeforeSeconds: index === 0 ? pauseBeforeSeconds : 0,
      wordId: word.id,
      startSeconds,
      endSeconds,
      probability: word.probability,
    };
    startSeconds = endSeconds;
    return token;
  });
  return { tokens, heard: { endSeconds: word.endSeconds, hiddenPauseSeconds: hiddenSeconds, automaticMark } };
}

function bareWord(text: string): { parts: string[]; automaticMark: string } {
  const whole = text.normalize('NFC').replace(LEADING, '');
  const bare = whole.replace(TRAILING, '');
  const isAbbreviation = /^(\p{L}+\.)+\p{L}+$/u.test(bare) || ABBREVIATIONS.has(bare.toLowerCase());
  const marks = whole.slice(bare.length).match(/[.,;:?!]/g) ?? [];
  const words = isAbbreviation ? [bare] : bare.split(/\s+/u).filter(Boolean);
  const parts = words.flatMap((word, index) => splitFused(word, index === words.length - 1 && marks[0] === '.'));
  const automaticMark = isAbbreviation && marks[0] === '.' ? (marks[1] ?? '') : (marks[0] ?? '');
  return { parts: isAbbreviation && bare.includes('.') ? [`${bare}.`] : parts, automaticMark };
}

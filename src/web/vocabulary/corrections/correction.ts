import { soundDistance } from '../../../followup/hearing/sound.ts';
import type { Sound } from '../../diktera/heard-words.ts';

/** A recognised word, or a few, that somebody wrote otherwise. */
export interface Correction {
  readonly heard: string;
  readonly written: string;
  /** Of the utterance that it was said in; absent where the page has none. */
  readonly sound: Sound | undefined;
}

/** What stood in a place and what stands there now. */
export interface Rewritten {
  readonly before: string;
  readonly after: string;
  /** Whether a sentence begins there, which gives its first word a capital. */
  readonly startsSentence: boolean;
}

const LONGEST_WORDS = { heard: 4, written: 3 } as const;
/** Shorter words are common ones, unless figures or capitals make them something else: F9, EKG. */
const SHORTEST_PLAIN_LETTERS = 5;
/** Of the letters of the longer one; beyond it something else was meant, not the same heard otherwise. */
const LARGEST_DISTANCE_SHARE = 0.5;
const AROUND_WORDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * A rewriting as a correction of what was heard; undefined for one of content, style or punctuation. What sounds nothing
 * like the words that stood there was not misheard.
 */
export function correctionIn({ before, after, startsSentence }: Rewritten): Omit<Correction, 'sound'> | undefined {
  const heard = before.replaceAll(AROUND_WORDS, '');
  const written = after.replaceAll(AROUND_WORDS, '');
  const heardWords = wordsOf(heard);
  const writtenWords = wordsOf(written);
  if (heardWords.length === 0 || heardWords.length > LONGEST_WORDS.heard) return undefined;
  if (writtenWords.length === 0 || writtenWords.length > LONGEST_WORDS.written) return undefined;
  if (heard === written || (startsSentence && isSameButCapital(heard, written))) return undefined;
  const isAddition = heardWords.every((word) => writtenWords.includes(word)) && writtenWords.length > heardWords.length;
  if (isAddition || !isTerm(written, startsSentence)) return undefined;
  return soundsAlike(heardWords.join(''), writtenWords.join('')) ? { heard, written } : undefined;
}

/** How often words stand in a text as a whole. */
export function countIn(text: string, words: string): number {
  const sought = wordsOf(words).join(' ');
  const all = ` ${wordsOf(text)
    .map((word) => word.replaceAll(AROUND_WORDS, ''))
    .join('  ')} `;
  return all.split(` ${sought.replaceAll(' ', '  ')} `).length - 1;
}

function isTerm(written: string, startsSentence: boolean): boolean {
  const letters = written.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return false;
  const own = startsSentence ? written.slice(1) : written;
  return letters >= SHORTEST_PLAIN_LETTERS || /[\p{Lu}\p{N}]/u.test(own);
}

function soundsAlike(heard: string, written: string): boolean {
  // Letters and figures are said as words, which the letters of what was heard do not show.
  if (/\p{N}/u.test(written) || /^\p{Lu}{2,}$/u.test(written)) return true;
  const limit = LARGEST_DISTANCE_SHARE * Math.max(heard.length, written.length);
  return soundDistance(heard.toLowerCase(), written.toLowerCase(), limit) <= limit;
}

function isSameButCapital(one: string, other: string): boolean {
  return one.slice(1) === other.slice(1) && one[0]?.toLowerCase() === other[0]?.toLowerCase();
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

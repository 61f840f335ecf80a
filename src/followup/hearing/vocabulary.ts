import { GRAMMAR_WORDS } from '../grammar/grammar.ts';
import type { Category } from '../grammar/values.ts';
import { isListed, listedWords, longFormWords, sensesOf, wordsOfForms } from '../lexicon/dictionary.ts';
import { soundDistance, soundKey } from './sound.ts';

/** What a misheard word can be taken for: what a plan is made of. */
const REPAIRABLE: readonly Category[] = [
  'Number',
  'Unit',
  'LongUnit',
  'Ordinal',
  'Weekday',
  'Month',
  'Season',
  'RelativeDay',
  'Role',
  'Title',
  'Neg',
  'Action',
  'Modality',
  'Every',
  'Adverb',
  'Soon',
];
/** Words without a category that times and links are made of. */
const LINKING = [
  'inom',
  'innan',
  'före',
  'efter',
  'därefter',
  'sedan',
  'senast',
  'tidigast',
  'behövs',
  'mellanrum',
  'halvår',
  'samma',
  'inte',
  'inget',
  'ingen',
];
/** Words of cues that keep something from being a plan, or a plan from being ready: worth being heard through a slip. */
const CUES: readonly Category[] = ['Relative', 'Missed', 'Protected', 'PatientActs'];
const SHORTEST_CUE_LETTERS = 6;
const SHORTEST_LETTERS = 4;
/** No listed word is longer; what is cannot be near one. */
const LONGEST_LETTERS = 40;
/** From this length a word can be taken for another that differs in several letters. */
const LONG_LETTERS = 8;
/** Words that differ in more letters than this are not near enough to be measured. */
const MOST_OTHER_LETTERS = 4;

const vocabulary = [
  ...new Set([
    ...LINKING,
    ...wordsOfForms(CUES).filter((word) => word.length >= SHORTEST_CUE_LETTERS),
    ...Array.from(listedWords())
      .filter(([word, senses]) => isRepairTarget(word, senses))
      .map(([word]) => word),
  ]),
];
const byNeighbour = new Map<string, string[]>();
for (const word of vocabulary) {
  for (const key of neighbours(soundKey(word))) byNeighbour.set(key, [...(byNeighbour.get(key) ?? []), word]);
}
/** Long words with the set of their letters, by their first. */
const longWords = new Map<string, { word: string; letters: number }[]>();
for (const word of vocabulary) {
  if (word.length < LONG_LETTERS || word.endsWith('s')) continue;
  longWords.set(word[0]!, [...(longWords.get(word[0]!) ?? []), { word, letters: lettersOf(word) }]);
}

function isRepairTarget(word: string, senses: readonly { category: Category }[]): boolean {
  return (
    word.length >= SHORTEST_LETTERS &&
    /^[a-zåäö-]+$/.test(word) &&
    senses.some(({ category }) => REPAIRABLE.includes(category))
  );
}

/** Whether the lexicon or the grammar has a use for the word as it is. */
export function isKnownWord(word: string): boolean {
  return isListed(word) || GRAMMAR_WORDS.has(word) || longFormWords.has(word) || sensesOf(word).length > 0;
}

/**
 * The word that a misheard one most likely was; undefined when none is near or several are as near.
 *
 * @param limit how far the words may sound apart
 * @param isOpen whether long words may differ in several letters
 */
export function nearestWord(heard: string, limit: number, isOpen: boolean): string | undefined {
  if (heard.length > LONGEST_LETTERS) return undefined;
  const key = `${heard} ${limit} ${isOpen}`;
  if (!known.has(key)) {
    if (known.size >= MAXIMUM_KNOWN) known.clear();
    known.set(key, search(heard, limit, isOpen));
  }
  return known.get(key);
}

const MAXIMUM_KNOWN = 10_000;
const known = new Map<string, string | undefined>();

function search(heard: string, limit: number, isOpen: boolean): string | undefined {
  const candidates = new Set(neighbours(soundKey(heard)).flatMap((key) => byNeighbour.get(key) ?? []));
  if (isOpen && heard.length >= LONG_LETTERS) {
    const letters = lettersOf(heard);
    for (const { word, letters: others } of longWords.get(heard[0]!) ?? []) {
      if (Math.abs(word.length - heard.length) <= 2 && bitsIn(letters ^ others) <= MOST_OTHER_LETTERS)
        candidates.add(word);
    }
  }
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const word of candidates) {
    const distance = soundDistance(heard, word, limit);
    if (distance < least) [best, least] = [word, distance];
  }
  return best;
}

/** Which letters a word has, a bit for each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) % 32);
  return letters;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** A key and all that it becomes when one letter is left out: words one letter apart share one of these. */
function neighbours(key: string): string[] {
  return [key, ...Array.from(key, (_letter, at) => key.slice(0, at) + key.slice(at + 1))];
}

import { isLead } from './letters.ts';
import { type Place, WORD_START, type WordAutomaton } from './word-automaton.ts';

/** A word of a lexicon that sounds much like another. */
export interface NearWord {
  readonly word: string;
  /** 0 for the same, 1 for about one letter that nobody would take for another. */
  readonly distance: number;
  readonly rank: number;
}

/** Letters that Swedish writes alike sounds with, or that differ in voice alone. */
const ALIKE = ['eäé', 'åoau', 'öuo', 'iye', 'bp', 'dt', 'gk', 'ckqg', 'szc', 'vfw', 'jgy', 'mn', 'lr'];
const VOWELS = new Set('aeiouyåäöé');
/** Often written and not said, or said and not written. */
const FAINT = new Set('hjdet');
const COSTS = { alike: 0.4, vowel: 0.7, faint: 0.7, doubled: 0.3, other: 1 } as const;
const PAIRS = new Set(ALIKE.flatMap((letters) => [...letters].flatMap((a) => [...letters].map((b) => a + b))));
/** No longer word is looked for. */
const MOST_LETTERS = 40;

/**
 * The lexicon's words that lie within `limit` of a word in small letters, nearest first: the edit distance with letters
 * that sound alike, faint and doubled ones at less than one, by walking the automaton and the table of distances
 * together (Oflazer, "Error-tolerant finite-state recognition", 1996).
 */
export function nearWords(lexicon: WordAutomaton, word: string, limit: number): readonly NearWord[] {
  const letters = [...word];
  if (letters.length > MOST_LETTERS) return [];
  const found: NearWord[] = [];
  const dropped = letters.map((letter, at) => (letter === letters[at - 1] ? COSTS.doubled : faintness(letter)));
  const first = [0];
  for (const [at, cost] of dropped.entries()) first.push(first[at]! + cost);

  const walk = (place: Place, written: string, row: readonly number[], lead: number): void => {
    lexicon.eachBranch(place, (byte, next) => {
      if (isLead(byte)) {
        walk(next, written, row, byte);
        return;
      }
      const letter = String.fromCharCode(lead === 0 ? byte : ((lead & 0x1f) << 6) | (byte & 0x3f));
      const added = written.endsWith(letter) ? COSTS.doubled : faintness(letter);
      const below = [row[0]! + added];
      let least = below[0]!;
      for (const [at, heard] of letters.entries()) {
        const best = Math.min(row[at]! + exchange(heard, letter), row[at + 1]! + added, below[at]! + dropped[at]!);
        below.push(best);
        least = Math.min(least, best);
      }
      if (least > limit) return;
      const rank = lexicon.rank(next);
      const distance = below[letters.length]!;
      if (rank > 0 && distance <= limit) found.push({ word: written + letter, distance, rank });
      walk(next, written + letter, below, 0);
    });
  };
  walk(WORD_START, '', first, 0);
  return found.sort((a, b) => a.distance - b.distance || b.rank - a.rank);
}

function faintness(letter: string): number {
  return FAINT.has(letter) ? COSTS.faint : COSTS.other;
}

function exchange(heard: string, letter: string): number {
  if (heard === letter) return 0;
  if (PAIRS.has(heard + letter)) return COSTS.alike;
  return VOWELS.has(heard) && VOWELS.has(letter) ? COSTS.vowel : COSTS.other;
}

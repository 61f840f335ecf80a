import { nearWords } from './near-words.ts';
import { strangenessOf } from './strangeness.ts';
import type { WordAutomaton } from './word-automaton.ts';
import { rankCost, UNKNOWN_WORD_COST } from './word-costs.ts';
import { pairHash, type WordPairs } from './word-pairs.ts';
import type { WordSources } from './word-readings.ts';

/** Another word for what was heard, and what it has ahead before the sound is asked; natural logarithm. */
export interface Alternative {
  readonly word: string;
  readonly advantage: number;
}

/** What words in small letters may have been meant for. */
export interface Alternatives {
  /** Listed words that sound like one; none for a usual word. */
  ofWord(word: string): readonly Alternative[];
  /** The listed word that two make which seldom follow each other: "bort förd". */
  ofTwo(first: string, second: string): readonly Alternative[];
}

const SHORTEST_LETTERS = 4;
/** Common words are left alone; compounds are not, as bad spelling often passes for one: hand-verket, käram-ik. */
const STRANGE_FROM = 0.05;
/** What a listed word has ahead of a strange one that is spelled alike, and what it loses with each letter's distance. */
const BONUS = 3;
const COST_OF_DISTANCE = 2;
/** How far to look: near for a short word, whose neighbours are many. */
const DISTANCE_PER_LETTER = 0.22;
const FARTHEST = 0.8;
const MOST = 6;
/** A word that is listed at its rarest is joined from nothing: "de ist" is no deist. */
const JOINED_FROM_RANK = 2;
/**
 * What two words lose by being written as one would be, had they not been apart: Swedish narration joined what should
 * be with anything from 1 to 4, and nothing else.
 */
const JOINING = 2;

export interface AlternativeSources extends Omit<WordSources, 'unknownCost'> {
  readonly lexicon: WordAutomaton;
  readonly pairs: WordPairs;
}

export function alternativesIn({ pairs, ...sources }: AlternativeSources): Alternatives {
  const { lexicon } = sources;
  const strangeness = strangenessOf(sources);
  return {
    ofWord: (word) => {
      if (word.length < SHORTEST_LETTERS) return [];
      const cost = strangeness(word);
      if (cost < STRANGE_FROM) return [];
      const limit = Math.min(FARTHEST, DISTANCE_PER_LETTER * word.length);
      return nearWords(lexicon, word, limit)
        .filter((near) => near.word !== word)
        .slice(0, MOST)
        .map(({ word: near, distance, rank }) => ({
          word: near,
          advantage: UNKNOWN_WORD_COST * (cost - rankCost(rank)) + BONUS - COST_OF_DISTANCE * distance,
        }));
    },
    ofTwo: (first, second) => {
      const word = first + second;
      if (lexicon.rankOf(word) < JOINED_FROM_RANK || pairs.has(pairHash(first, second))) return [];
      return [{ word, advantage: JOINING }];
    },
  };
}

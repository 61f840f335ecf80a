import type { Vocabulary } from '../../contracts/vocabulary.ts';
import { spokenWords } from './spoken-words.ts';
import { TermTrie } from './term-trie.ts';
import { vocabularyPrompt } from './vocabulary-prompt.ts';
import { WrittenForms } from './written-forms.ts';

/** What a word of a term earns for each of its letters (natural logarithm): a long one can go wrong in more places. */
const BONUS_PER_LETTER = 0.4;
/** From here on a word is told by its beginning. */
const COUNTED_LETTERS = 12;
/** Shorter words of a phrase are function words, or too short to be told from others. */
const SHORTEST_WORD_OF_PHRASE = 4;
const DEFAULT_WEIGHT = 1;
const FIGURES = /\p{N}/u;

/** A vocabulary made ready: words that earn, how they are written, and what the model is told of them. */
export interface CompiledVocabulary {
  readonly terms: TermTrie;
  readonly written: WrittenForms;
  readonly prompt: string;
}

export function compileVocabulary(vocabulary: Vocabulary): CompiledVocabulary {
  const bonuses = new Map<string, number>();
  for (const { term, soundsLike = term, weight = DEFAULT_WEIGHT } of vocabulary) {
    const words = spokenWords(soundsLike);
    const shortest = words.length > 1 ? SHORTEST_WORD_OF_PHRASE : 1;
    for (const word of words) {
      // Figures are left to the model: the search does not judge words that hold them.
      if (word.length < shortest || FIGURES.test(word)) continue;
      const bonus = weight * BONUS_PER_LETTER * Math.min(word.length, COUNTED_LETTERS);
      if (bonus > (bonuses.get(word) ?? 0)) bonuses.set(word, bonus);
    }
  }
  return {
    terms: new TermTrie(bonuses),
    written: new WrittenForms(vocabulary),
    prompt: vocabularyPrompt(vocabulary),
  };
}

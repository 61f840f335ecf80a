import type { PackedUtteranceOptions, PackedVocabulary, Utterance } from '../contracts/speech-messages.ts';
import { alternativesIn } from './lexicon/alternatives.ts';
import { strangenessOf } from './lexicon/strangeness.ts';
import { swedishLexicon } from './lexicon/swedish-lexicon.ts';
import { UNKNOWN_WORD_COST } from './lexicon/word-costs.ts';
import { swedishWordPairs } from './lexicon/word-pairs.ts';
import { wordScorer } from './lexicon/word-scorer.ts';
import type { RecogniseOptions } from './recogniser.ts';
import type { SpeechTokenizer } from './tokenizer.ts';
import { type CompiledVocabulary, compileVocabulary } from './vocabulary/compile-vocabulary.ts';
import { unpackVocabulary } from './vocabulary/packed-vocabulary.ts';
import { type ConfidenceTable, calibratedJudge } from './word-confidence.ts';

/** Sessions that take turns on a thread, each with its vocabulary. */
const KEPT_VOCABULARIES = 8;
const LANGUAGE_OF_LEXICON = 'sv';

type Wishes = Pick<PackedUtteranceOptions, 'prompt' | 'vocabulary' | 'primes' | 'lexicon' | 'beamSize'>;

/** Lends the recogniser its knowledge of words, and writes terms as they are wanted. For one thread. */
export class WordSupport {
  /** By the vocabularies' keys, the one used last at the end. */
  readonly #compiled = new Map<string, CompiledVocabulary>();

  /** What words mean for the search: a prompt, a scorer, and what strange words may have been meant for. */
  scoring(wishes: Wishes): Pick<RecogniseOptions, 'prompt' | 'scorerFor' | 'alternativesFor'> {
    const { prompt = '', vocabulary, primes = true, beamSize } = wishes;
    const context = [vocabulary && primes ? this.#compile(vocabulary).prompt : '', prompt]
      .filter((part) => part !== '')
      .join('. ');
    return {
      ...(context !== '' && { prompt: context }),
      // A greedy search has no second choice to prefer.
      ...(beamSize > 1 && {
        scorerFor: (language, tokenizer) => this.#scorer(wishes, language, tokenizer),
        alternativesFor: (language) => {
          const { lexicon, terms } = this.#sources(wishes, language);
          return lexicon && alternativesIn({ lexicon, terms, pairs: swedishWordPairs() });
        },
      }),
    };
  }

  /** How likely words are right, where the model has a table for their language and there is a lexicon of it. */
  judging(wishes: Wishes, table: ConfidenceTable | undefined): Pick<RecogniseOptions, 'judgeFor'> {
    if (!table) return {};
    return {
      judgeFor: (language) => {
        const { lexicon, terms } = this.#sources(wishes, language);
        return lexicon && language === table.language
          ? calibratedJudge(table, strangenessOf({ lexicon, terms }))
          : undefined;
      },
    };
  }

  /** The utterance with every term written as its vocabulary says. */
  write(utterance: Utterance, { vocabulary }: Wishes): Utterance {
    if (!vocabulary) return utterance;
    const { written } = this.#compile(vocabulary);
    const { text, words } = utterance;
    return { ...utterance, text: written.inText(text), ...(words && { words: written.inWords(words) }) };
  }

  #scorer(wishes: Wishes, language: string, tokenizer: SpeechTokenizer) {
    const { lexicon, terms } = this.#sources(wishes, language);
    if (!lexicon && !terms) return undefined;
    const pairs = lexicon && swedishWordPairs();
    return wordScorer({ lexicon, terms, pairs, unknownCost: UNKNOWN_WORD_COST }, tokenizer);
  }

  #sources({ lexicon: wantsLexicon = true, vocabulary }: Wishes, language: string) {
    return {
      lexicon: wantsLexicon && language === LANGUAGE_OF_LEXICON ? swedishLexicon() : undefined,
      terms: vocabulary && this.#compile(vocabulary).terms,
    };
  }

  #compile(vocabulary: PackedVocabulary): CompiledVocabulary {
    const { key } = vocabulary;
    const compiled = this.#compiled.get(key) ?? compileVocabulary(unpackVocabulary(vocabulary));
    this.#compiled.delete(key);
    this.#compiled.set(key, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > KEPT_VOCABULARIES) this.#compiled.delete(oldest!);
    return compiled;
  }
}

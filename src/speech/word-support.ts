import type { Utterance, UtteranceOptions } from '../contracts/speech-messages.ts';
import type { Vocabulary } from '../contracts/vocabulary.ts';
import { swedishLexicon } from './lexicon/swedish-lexicon.ts';
import { UNKNOWN_WORD_COST } from './lexicon/word-costs.ts';
import { wordScorer } from './lexicon/word-scorer.ts';
import type { RecogniseOptions } from './recogniser.ts';
import type { SpeechTokenizer } from './tokenizer.ts';
import { type CompiledVocabulary, compileVocabulary } from './vocabulary/compile-vocabulary.ts';
import { vocabularyPrompt } from './vocabulary/vocabulary-prompt.ts';

/** Sessions that take turns on a thread, each with its vocabulary. */
const KEPT_VOCABULARIES = 8;
const LANGUAGE_OF_LEXICON = 'sv';

type Wishes = Pick<UtteranceOptions, 'prompt' | 'vocabulary' | 'lexicon' | 'beamSize'>;

/** Lends the recogniser its knowledge of words, and writes terms as they are wanted. For one thread. */
export class WordSupport {
  /** By the vocabulary itself, the one used last at the end. */
  readonly #compiled = new Map<string, CompiledVocabulary>();

  /** What words mean for the search: a prompt, and a scorer. */
  scoring(wishes: Wishes): Pick<RecogniseOptions, 'prompt' | 'scorerFor'> {
    const { prompt = '', vocabulary = [], beamSize } = wishes;
    const context = [vocabularyPrompt(vocabulary), prompt].filter((part) => part !== '').join('. ');
    return {
      ...(context !== '' && { prompt: context }),
      // A greedy search has no second choice to prefer.
      ...(beamSize > 1 && { scorerFor: (language, tokenizer) => this.#scorer(wishes, language, tokenizer) }),
    };
  }

  /** The utterance with every term written as its vocabulary says. */
  write(utterance: Utterance, { vocabulary = [] }: Wishes): Utterance {
    if (vocabulary.length === 0) return utterance;
    const { written } = this.#compile(vocabulary);
    const { text, words } = utterance;
    return { ...utterance, text: written.inText(text), ...(words && { words: written.inWords(words) }) };
  }

  #scorer({ lexicon: wantsLexicon = true, vocabulary = [] }: Wishes, language: string, tokenizer: SpeechTokenizer) {
    const lexicon = wantsLexicon && language === LANGUAGE_OF_LEXICON ? swedishLexicon() : undefined;
    const terms = vocabulary.length > 0 ? this.#compile(vocabulary).terms : undefined;
    if (!lexicon && !terms) return undefined;
    return wordScorer({ lexicon, terms, unknownCost: UNKNOWN_WORD_COST }, tokenizer);
  }

  #compile(vocabulary: Vocabulary): CompiledVocabulary {
    const key = JSON.stringify(vocabulary);
    const compiled = this.#compiled.get(key) ?? compileVocabulary(vocabulary);
    this.#compiled.delete(key);
    this.#compiled.set(key, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > KEPT_VOCABULARIES) this.#compiled.delete(oldest!);
    return compiled;
  }
}

import type { Vocabulary, VocabularyTerm } from '../contracts/vocabulary.ts';
import type { Hints } from './hearing.ts';

/** What a session told of the words to come, as the recogniser takes it. */
export interface Told {
  /** Text said before; empty for none. */
  readonly prompt: string;
  readonly terms: Vocabulary;
}

/**
 * Of a prompt's two parts, so that neither pushes the other out: the recogniser hears its last 223 tokens, and 400
 * characters of medical words are at most 184 of them, 100 of running text about 32. Each step of the search reads them.
 */
const PLAIN_CHARACTERS = 400;
const SAID_CHARACTERS = 100;

const told = new WeakMap<Hints, Told>();

/**
 * Plain words are told as text said before, which they are heard best by: 40 % of words wrong in dictated sentences, 48 %
 * as terms. What has a sound or a weight of its own is a term, and so are plain words that a prompt has no room for. The
 * very same answer for the same hints: what is made of its terms is kept by them.
 */
export function toldWith(hints: Hints): Told {
  const known = told.get(hints);
  if (known) return known;
  const { plain, terms } = shared(hints.vocabulary);
  const said = plain === '' ? hints.prompt : endOf(hints.prompt);
  const made = { prompt: [plain, said].filter((part) => part !== '').join('. '), terms };
  told.set(hints, made);
  return made;
}

/** The first plain words as a text, and every other term. */
function shared(vocabulary: Vocabulary): { readonly plain: string; readonly terms: Vocabulary } {
  let plain = '';
  let isFull = false;
  const terms: VocabularyTerm[] = [];
  for (const each of vocabulary) {
    const longer = plain === '' ? each.term : `${plain}, ${each.term}`;
    isFull ||= isPlain(each) && longer.length > PLAIN_CHARACTERS;
    if (isPlain(each) && !isFull) plain = longer;
    else terms.push(each);
  }
  return { plain, terms };
}

function isPlain({ soundsLike, weight }: VocabularyTerm): boolean {
  return soundsLike === undefined && weight === undefined;
}

/** The last whole words of what was said before. */
function endOf(said: string): string {
  return said.length <= SAID_CHARACTERS ? said : said.slice(-SAID_CHARACTERS).replace(/^\S*\s+/, '');
}

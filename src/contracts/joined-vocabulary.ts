import { VOCABULARY_LIMITS, type Vocabulary, type VocabularyTerm } from './vocabulary.ts';

/** Lists one after another, those that matter most first: of terms that sound alike the first one stays. */
export function joinVocabularies(lists: readonly Vocabulary[]): Vocabulary {
  const bySound = new Map<string, VocabularyTerm>();
  for (const term of lists.flat()) {
    const sound = (term.soundsLike ?? term.term).toLowerCase();
    if (!bySound.has(sound)) bySound.set(sound, term);
  }
  return [...bySound.values()].slice(0, VOCABULARY_LIMITS.joinedTerms);
}

/** By the terms that were put before it, the last that was asked for. */
const joined = new WeakMap<Vocabulary, { readonly clinic: Vocabulary; readonly both: Vocabulary }>();

/**
 * Terms of one session or request, and after them the clinic's. The very same array for the same two: what is made of it
 * is kept by it.
 */
export function withClinicVocabulary(own: Vocabulary, clinic: Vocabulary): Vocabulary {
  if (own.length === 0) return clinic;
  if (clinic.length === 0) return own;
  const known = joined.get(own);
  if (known?.clinic === clinic) return known.both;
  const both = joinVocabularies([own, clinic]);
  joined.set(own, { clinic, both });
  return both;
}

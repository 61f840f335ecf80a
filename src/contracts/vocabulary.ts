import { z } from 'zod';
import { AppError } from './errors.ts';

export const VOCABULARY_LIMITS = {
  /** Of one list. */
  terms: 5_000,
  /** Of all lists that somebody speaks with. */
  joinedTerms: 15_000,
  termCharacters: 200,
  weight: { minimum: 0.1, maximum: 3 },
} as const;

/** A word or phrase to expect. */
export const VocabularyTerm = z.strictObject({
  /** As it is to be written. */
  term: z.string().trim().min(1).max(VOCABULARY_LIMITS.termCharacters),
  /** How it sounds, where that is not how it is written: "ef nio" for F9. */
  soundsLike: z.string().trim().min(1).max(VOCABULARY_LIMITS.termCharacters).optional(),
  /** How much it is preferred; 1 when not given. Below 1 it is one of many, and no hint of what is spoken about. */
  weight: z.number().min(VOCABULARY_LIMITS.weight.minimum).max(VOCABULARY_LIMITS.weight.maximum).optional(),
});
export type VocabularyTerm = z.infer<typeof VocabularyTerm>;

const TermAlone = VocabularyTerm.shape.term.transform((term): VocabularyTerm => ({ term }));

/** Terms, each as text alone or with how it sounds. */
export const Vocabulary = z.array(z.union([TermAlone, VocabularyTerm])).max(VOCABULARY_LIMITS.terms);
export type Vocabulary = readonly VocabularyTerm[];

/** Of the terms that clinics have: in another one they would be heard where nobody says them. */
export const CLINIC_LANGUAGE = 'sv';

/** Whose words are asked for. */
export interface VocabularyOwner {
  /** Of the member of staff who speaks, or who owns the API key; null for somebody without an account. */
  readonly accountId: string | null;
}

/**
 * The terms to expect of somebody who speaks: the clinic's and their own, without those of one session. Asked for each
 * utterance on the server's thread, so it answers from memory, at once, and does not throw; it answers with the very same
 * array until something has changed, and within a second of a change with another one. At most
 * VOCABULARY_LIMITS.joinedTerms, those that matter most first: of two terms that sound alike the first is written.
 */
export type VocabularySource = (owner: VocabularyOwner) => Vocabulary;

const COMMENT = '#';

/**
 * Reads a list of terms: one a line, with how it sounds and its weight after tabs where they are given. Empty lines and
 * those that begin with # are left out.
 *
 * @throws AppError REQUEST_INVALID naming the line, never its words.
 */
export function parseVocabularyList(text: string): VocabularyTerm[] {
  const terms: VocabularyTerm[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith(COMMENT)) continue;
    const [term, soundsLike, weight, ...rest] = line.split('\t').map((field) => field.trim() || undefined);
    const parsed = VocabularyTerm.safeParse({
      term,
      ...(soundsLike !== undefined && { soundsLike }),
      ...(weight !== undefined && { weight: Number(weight.replace(',', '.')) }),
    });
    if (!parsed.success || rest.length > 0) {
      throw new AppError('REQUEST_INVALID', `line ${index + 1} of the vocabulary cannot be read`, {
        expected: 'a term, and after tabs how it sounds and a weight from 0.1 to 3, as they are wanted',
        got: `${line.length} characters in ${line.split('\t').length} fields`,
      });
    }
    terms.push(parsed.data);
  }
  if (terms.length > VOCABULARY_LIMITS.terms) {
    throw new AppError('REQUEST_INVALID', 'the vocabulary is too long', {
      expected: `at most ${VOCABULARY_LIMITS.terms} terms`,
      got: `${terms.length}`,
    });
  }
  return terms;
}

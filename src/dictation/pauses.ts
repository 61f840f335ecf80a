/** How pauses between words are read. All in seconds. */

/** A construct (a command, a number, a date) does not reach over a pause of this length. */
export const CONSTRUCT_BREAK_SECONDS = 2;

/** A phrase, for "stryk det", ends at a pause of this length. */
export const PHRASE_PAUSE_SECONDS = 0.7;

/** A word that is a command only by itself ("nästa", "avsluta") has this much silence on both sides. */
export const ISOLATING_PAUSE_SECONDS = 0.6;

/** The words of one number follow each other within this. */
export const NUMBER_PAUSE_SECONDS = 0.6;

/** A pause that people make around a spoken punctuation mark. */
export const MARK_PAUSE_SECONDS = 0.2;

/** "tre, komma, fem" with this much on both sides is a list and not a decimal. */
export const LIST_PAUSE_SECONDS = 0.35;

/** A recogniser's capital after a pause of this length comes from the utterance and not from the word. */
export const UTTERANCE_PAUSE_SECONDS = 0.5;

/** What a recogniser's own punctuation mark tells, at least, about the pause behind the word. */
export const PUNCTUATION_PAUSE_SECONDS = 0.3;

/** The pause before the first word of a dictation, and after the last. */
export const ENDLESS_PAUSE_SECONDS = 3600;

const SLOWEST_LETTER_SECONDS = 0.1;
const SLOWEST_WORD_SECONDS = 0.25;

/**
 * Recognisers let a word reach to the start of the next, so that a pause hides in a word that is too long for its
 * letters. This is the part of its time that nobody needs to say it.
 */
export function hiddenPauseSeconds(letters: number, durationSeconds: number): number {
  return Math.max(0, durationSeconds - SLOWEST_WORD_SECONDS - SLOWEST_LETTER_SECONDS * letters);
}

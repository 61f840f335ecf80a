/** What a word is made of when it is looked up: letters, figures and what binds them. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text in small letters, without punctuation. */
export function spokenWords(text: string): readonly string[] {
  return text.normalize('NFC').toLowerCase().match(WORD) ?? [];
}

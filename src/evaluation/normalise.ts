/**
 * Text as it is compared when errors are counted, the way jiwer users do it: lower case; every character of Unicode
 * category P (punctuation) or S (symbol) removed, without a space in its place ("1980-tal" becomes "1980tal"); runs of
 * white space become one space; none at the ends. Digits, letters and combining marks stay as they are, and numbers are
 * not spelled out.
 *
 * In jiwer's own terms: ToLowerCase, RemovePunctuation, the same for category S, RemoveWhiteSpace(replace_by_space),
 * RemoveMultipleSpaces, Strip. Unlike jiwer it composes characters first (NFC), so that "å" is one however it came.
 */
export function normaliseForScoring(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The words of a text as they are compared; none for a text of white space and punctuation alone. */
export function wordsForScoring(text: string): readonly string[] {
  const normalised = normaliseForScoring(text);
  return normalised === '' ? [] : normalised.split(' ');
}

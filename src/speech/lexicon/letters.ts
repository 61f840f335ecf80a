/**
 * Words are spelled here byte by byte, in UTF-8: so one automaton serves every tokenizer, whatever pieces it cuts a word
 * into. Letters are those of U+0041 to U+017F; other alphabets are no words of ours.
 */
const FIRST_LEAD = 0xc3;
const LAST_LEAD = 0xc5;
/** Lead byte of U+00C0 to U+00FF, where capital and small letters lie 0x20 apart. */
const LATIN_1_LEAD = 0xc3;
const CASE_DISTANCE = 0x20;
/** After that lead byte: the signs for multiplying and dividing. */
const TIMES = 0x97;
const DIVIDED_BY = 0xb7;

/** Whether a byte goes on a character that the byte before began or went on. */
export function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

/** Whether `byte`, coming after `previous`, is part of a letter. */
export function isLetter(byte: number, previous: number): boolean {
  if (byte < 0x80) return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
  if (isContinuation(byte)) {
    return isLead(previous) && !(previous === LATIN_1_LEAD && (byte === TIMES || byte === DIVIDED_BY));
  }
  return isLead(byte);
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Whether a letter's byte makes it a capital; a lead byte does not tell yet. */
export function isCapital(byte: number, previous: number): boolean {
  if (byte < 0x80) return byte >= 0x41 && byte <= 0x5a;
  return previous === LATIN_1_LEAD && byte <= 0x9e && byte !== TIMES;
}

/** The byte of the small letter. */
export function toSmall(byte: number, previous: number): number {
  return isCapital(byte, previous) ? byte + CASE_DISTANCE : byte;
}

/** Whether a byte begins a letter of several. */
export function isLead(byte: number): boolean {
  return byte >= FIRST_LEAD && byte <= LAST_LEAD;
}

/**
 * A word as it sounds, for finding commands and names in what a recogniser spells as it likes: lower case, letters and
 * digits only, å and ä and ö as o and e and o, c as k, z as s, w as v, doubled letters once. "Frågetäcken" and
 * "frågetecken" are one; "kålon", "kolon" and "colon" are one.
 */
export function soundOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[åáàö]/g, 'o')
    .replace(/[äéèæ]/g, 'e')
    .replace(/ø/g, 'o')
    .replace(/ü/g, 'y')
    .replace(/c/g, 'k')
    .replace(/z/g, 's')
    .replace(/w/g, 'v')
    .replace(/ph/g, 'f')
    .replace(/(\p{L})\1+/gu, '$1');
}

/** Lower case letters and digits, as they are spelled. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Levenshtein's distance, or `limit + 1` when it is greater than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substituted = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, previous[column]! + 1, current[column - 1]! + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return Math.min(previous[b.length]!, limit + 1);
}

/** Misspelled letters that a word of this many letters is allowed and still counts as the same. */
export function misspellingsAllowed(letters: number): number {
  if (letters >= 10) return 2;
  return letters >= 7 ? 1 : 0;
}

import type { ReadToken } from './lexical.ts';

/** Words that a dot belongs to: it ends no sentence when a small letter or a figure follows. */
const ABBREVIATIONS = new Set(
  'kl v ca c:a återbes bes enl mån tfn tel mott läk d tim min dr doc leg pat pt ssk dsk usk kur psyk sg ev evt resp inkl exkl nr st osv mfl obs jan feb mar apr jun jul aug sep sept okt nov dec mån tis ons tor tors fre lör sön alt t f dvs kontr beh beg fg ua max minst dos pga vb åb nb rtg us u.s'.split(
    ' ',
  ),
);
/** A dot after these never ends a sentence: a name or figure follows. */
const TITLES = new Set(['dr', 'doc', 'leg', 'kl', 'nr', 'ca', 'c:a', 'ev', 'evt', 'ang', 'prof']);
/** After such a word a line cannot have ended what it says. */
const OPEN_ENDED = new Set(
  'om inom hos till med och i på för av vid efter före innan samt en ett senast den dr ca var'.split(' '),
);

/** Cuts tokens at full stops, question marks and lines that end what they say; cuts nothing away but full stops. */
export function sentencesOf(tokens: readonly ReadToken[]): ReadToken[][] {
  const sentences: ReadToken[][] = [];
  let sentence: ReadToken[] = [];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.kind === 'newline' && isOpen(sentence.at(-1), next)) continue;
    if (token.kind === 'newline' || isSentenceEnd(token, sentence.at(-1), next)) {
      if (token.lower === '?' && sentence.length > 0) sentence.push(token);
      if (sentence.length > 0) sentences.push(sentence);
      sentence = [];
    } else if (!(token.lower === '.' && token.kind === 'punctuation')) {
      sentence.push(token);
    }
  }
  if (sentence.length > 0) sentences.push(sentence);
  return sentences;
}

function isOpen(last: ReadToken | undefined, next: ReadToken | undefined): boolean {
  if (!last || !next) return false;
  return OPEN_ENDED.has(last.lower) || (last.kind === 'number' && /^\p{Ll}/u.test(next.text));
}

function isSentenceEnd(token: ReadToken, last: ReadToken | undefined, next: ReadToken | undefined): boolean {
  if (token.kind !== 'punctuation' || !/^[.!?;•]$/.test(token.lower)) return false;
  if (token.lower !== '.' || !last) return true;
  if (TITLES.has(last.lower) && last.end === token.start && next) return false;
  const isTight = last.end === token.start;
  const continues = next !== undefined && /^[\p{Ll}\d+(]/u.test(next.text);
  return !(isTight && continues && ABBREVIATIONS.has(last.lower));
}

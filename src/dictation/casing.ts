import { MONTH_NAMES } from '../contracts/month-names.ts';
import { type Context, wordsBefore } from './context.ts';
import type { Token } from './tokens.ts';

/** Recognisers give these capitals, as English does; Swedish writes them small. */
const SMALL_WORDS = new Set([
  ...MONTH_NAMES,
  ...(
    'måndag tisdag onsdag torsdag fredag lördag söndag doktor dr läkare sjuksköterska överläkare professor patient ' +
    'patienten tid telefon och i på av med för om till hos det den de en ett jag vi han hon är har inte som att ' +
    'svenska arabiska engelska finska somaliska persiska'
  ).split(' '),
]);

/** What comes after them is somebody's name; "syster" and "fru" are too often the patient's own. */
const TITLES = /^(doktor|dr|herr)$/;
const NOT_NAMES = new Set(
  'och på som i hos om till med för vid har är eller samt den det kommer ska skall vill ringer på av från inte'.split(
    ' ',
  ),
);

/** Dots that end no sentence. */
const ABBREVIATION_AT_END =
  /(^|[^\p{L}])(t\.ex|bl\.a|dvs|kl|ca|dr|nr|fr\.o\.m|t\.o\.m|p\.g\.a|s\.k|m\.fl|resp|vol)\.\s*$/iu;

/** A word as it is written inside a sentence, whatever capital the recogniser's own idea of a sentence gave it. */
export function withoutAutomaticCapital(token: Token, { before, vocabulary }: Context): string {
  if (Object.hasOwn(vocabulary, token.key)) return vocabulary[token.key]!;
  const [previous = ''] = wordsBefore(before);
  if (TITLES.test(previous) && !NOT_NAMES.has(token.key)) return withCapital(token.written);
  if (!/^\p{Lu}/u.test(token.written) || hasOwnCapitals(token.written)) return token.written;
  const isNotItsOwn = token.startsAutomaticSentence || SMALL_WORDS.has(token.key);
  return isNotItsOwn ? withSmallLetter(token.written) : token.written;
}

/** EKG, HbA1c, pH and B-Hb keep their letters. */
function hasOwnCapitals(word: string): boolean {
  return /\p{Lu}/u.test(word.slice(1)) || /^\p{Lu}[\d-]/u.test(word);
}

/** Whether a sentence starts at the end of this text: at a line's start and after . ? and !, but not after a colon. */
export function startsSentence(before: string): boolean {
  if (/(^|\n)(\s|- )*[”(]?$/.test(before)) return true;
  return /[.?!][”)]?\s+[”(]?$|[.?!][”)]?$/.test(before) && !ABBREVIATION_AT_END.test(before);
}

export function withCapital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

export function withSmallLetter(text: string): string {
  return text.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
}

/** Words whose first letter stays small even at the start of a sentence. */
export function keepsSmallLetter(text: string): boolean {
  return /^\p{Ll}\p{Lu}/u.test(text);
}

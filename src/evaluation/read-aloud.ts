import type { Place } from './followup/statement.ts';

/** A word as it is said, or a sign that nobody says, and where in the written text it comes from. */
export interface Said {
  readonly text: string;
  readonly isSign: boolean;
  readonly from: Place;
}

/** Only what has one reading: who reads "AT" or "em" aloud must choose, and that is the label's question. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  åb: 'återbesök',
  nb: 'nybesök',
  tfn: 'telefon',
  tel: 'telefon',
  dr: 'doktor',
  läk: 'läkare',
  ssk: 'sjuksköterska',
  dsk: 'distriktssköterska',
  usk: 'undersköterska',
  fys: 'fysioterapeut',
  rtg: 'röntgen',
  enl: 'enligt',
  pga: 'på grund av',
  vb: 'vid behov',
  pat: 'patienten',
  mott: 'mottagningen',
  ca: 'cirka',
  kl: 'klockan',
};
/** Units after a number. */
const SHORT_UNITS: Readonly<Record<string, string>> = {
  v: 'veckor',
  mån: 'månader',
  d: 'dagar',
  min: 'minuter',
};
/** Up to twelve, as running text writes them. */
export const SPOKEN_NUMBERS: readonly string[] = 'noll en två tre fyra fem sex sju åtta nio tio elva tolv'.split(' ');

const TOKEN = /[\p{L}\p{N}]+(?:[-/.:][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

/** A written text as somebody reads it aloud: abbreviations and small numbers become words. */
export function readAloud(text: string): readonly Said[] {
  const tokens = Array.from(text.matchAll(TOKEN));
  return tokens.flatMap((match, at): Said[] => {
    const token = match[0];
    const from = { start: match.index, end: match.index + token.length };
    const before = tokens[at - 1]?.[0];
    if (!/[\p{L}\p{N}]/u.test(token)) {
      // The point of an abbreviation ends no sentence.
      return token === '.' && isShortForm(before) ? [] : [{ text: token, isSign: true, from }];
    }
    const after = tokens[at + 1]?.[0] === '.' ? tokens[at + 2]?.[0] : tokens[at + 1]?.[0];
    return spoken(token, before, after)
      .split(' ')
      .map((word) => ({ text: word, isSign: false, from }));
  });
}

function isShortForm(token: string | undefined): boolean {
  const lower = token?.toLowerCase() ?? '';
  return Object.hasOwn(SHORT_FORMS, lower) || Object.hasOwn(SHORT_UNITS, lower);
}

function spoken(token: string, before: string | undefined, after: string | undefined): string {
  const lower = token.toLowerCase();
  const range = /^(\d+)-(\d+)$/.exec(token);
  if (range) return `${spokenNumber(range[1]!)} till ${spokenNumber(range[2]!)}`;
  if (/^\d+$/.test(token)) return spokenNumber(token);
  if (lower === 'v' && after !== undefined && /^\d/.test(after) && !endsInNumber(before)) return 'vecka';
  if (Object.hasOwn(SHORT_UNITS, lower) && endsInNumber(before)) return SHORT_UNITS[lower]!;
  return Object.hasOwn(SHORT_FORMS, lower) ? SHORT_FORMS[lower]! : token;
}

function endsInNumber(token: string | undefined): boolean {
  return token !== undefined && /\d$/.test(token);
}

function spokenNumber(digits: string): string {
  return SPOKEN_NUMBERS[Number(digits)] ?? digits;
}

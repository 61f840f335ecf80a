import type { Place } from './followup/statement.ts';
import { randomNumbers } from './random-numbers.ts';
import { readAloud, SPOKEN_NUMBERS } from './read-aloud.ts';

/** What a recogniser wrote, and where in the text that was read aloud each stretch of it comes from. */
export interface Misheard {
  readonly text: string;
  readonly stretches: readonly { readonly from: Place; readonly to: Place }[];
}

/**
 * How often each thing happens to a word or a sign, after what a small Whisper makes of Swedish clinical speech: "Otörbesök
 * om sex, veckor med provaren vecka innan", "Amtre Mona derhus Doktor Lind", "Telefon Tid på Fredag", "Provedangning en
 * vecka i namn besöket". About a third of the words differ.
 */
const RATES = {
  soundAlike: 0.22,
  secondSoundAlike: 0.25,
  split: 0.12,
  fused: 0.05,
  strayComma: 0.1,
  lostSign: 0.6,
  digits: 0.25,
  capital: 0.07,
} as const;

/** Letters that the recogniser writes for one another, the likeliest first; an empty one: nothing is written. */
const SOUND_ALIKES: Readonly<Record<string, readonly string[]>> = {
  å: ['o', 'a'],
  ä: ['e', 'a'],
  ö: ['o', 'e', 'a'],
  o: ['å', 'u'],
  e: ['ö', 'ä', 'a', ''],
  a: ['e', 'å'],
  u: ['o', 'y'],
  y: ['i', 'u'],
  i: ['e', 'y'],
  t: ['d', 'tt'],
  d: ['t', ''],
  p: ['b', 'pp'],
  b: ['p'],
  k: ['g', 'ck'],
  g: ['k', ''],
  v: ['f', 'w'],
  f: ['v'],
  s: ['ss', 'c'],
  c: ['s', 'k'],
  m: ['n', 'mm'],
  n: ['m', ''],
  r: ['', 'l'],
  l: ['ll', ''],
  h: [''],
  j: ['g'],
};
/** Whole words that are often taken for others. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['innan', 'i namn'],
  ['om', 'am'],
  ['hos', 'hus'],
  ['mår', 'mor'],
]);
const OTHER_WORD_RATE = 0.05;
const SHORTEST_SPLIT_LETTERS = 8;
const LONGEST_FUSED_LETTERS = 3;

interface Unit {
  readonly text: string;
  readonly from: Place;
}

/** What a recogniser might write when the text is read aloud. The same text and seed give the same result. */
export function mishear(text: string, seed: number): Misheard {
  const random = randomNumbers(seed ^ hash(text));
  const happens = (rate: number) => random() < rate;
  const units: Unit[] = [];
  for (const { text: word, isSign, from } of readAloud(text)) {
    const last = units.at(-1);
    if (isSign) {
      if (last && /[.,:;?!]/.test(word) && !happens(RATES.lostSign)) units[units.length - 1] = withSign(last, word);
      continue;
    }
    const written = mishearWord(word, random);
    const isShort = Math.min(written.length, last?.text.length ?? 0) <= LONGEST_FUSED_LETTERS;
    if (last && isShort && /\p{L}$/u.test(last.text) && happens(RATES.fused)) {
      units[units.length - 1] = {
        text: last.text + written.toLowerCase(),
        from: { start: last.from.start, end: from.end },
      };
    } else units.push({ text: written, from });
    if (happens(RATES.strayComma)) units[units.length - 1] = withSign(units.at(-1)!, ',');
  }
  return joined(units);
}

/** Where words of the text that was read aloud stand in what was heard; an empty place when no word of it was said. */
export function placeInMisheard({ stretches }: Misheard, place: Place): Place {
  const inside = stretches.filter(({ from }) => from.start < place.end && place.start < from.end).map(({ to }) => to);
  if (inside.length === 0) return { start: 0, end: 0 };
  return { start: inside[0]!.start, end: inside.at(-1)!.end };
}

function mishearWord(word: string, random: () => number): string {
  const happens = (rate: number) => random() < rate;
  const number = SPOKEN_NUMBERS.indexOf(word.toLowerCase());
  // "en" is an article more often than a number.
  if (number > 1 && happens(RATES.digits)) return String(number);
  if (!/^\p{L}+$/u.test(word)) return word;
  const other = OTHER_WORDS.get(word.toLowerCase());
  if (other !== undefined && happens(OTHER_WORD_RATE)) return other;
  let heard = word;
  if (happens(RATES.soundAlike)) {
    heard = swapSound(heard, random);
    if (word.length >= SHORTEST_SPLIT_LETTERS && happens(RATES.secondSoundAlike)) heard = swapSound(heard, random);
  }
  if (heard.length >= SHORTEST_SPLIT_LETTERS && happens(RATES.split)) {
    const at = 3 + Math.floor(random() * (heard.length - 5));
    heard = `${heard.slice(0, at)} ${capitalised(heard.slice(at))}`;
  }
  return happens(RATES.capital) ? capitalised(heard) : heard;
}

/** One letter becomes another that sounds like it; a word's case stays. */
function swapSound(word: string, random: () => number): string {
  const letters = Array.from(word);
  const at = Math.floor(random() * letters.length);
  const letter = letters[at]!;
  // No Swedish word begins with a doubled letter.
  const choices = SOUND_ALIKES[letter.toLowerCase()]?.filter((choice) => at > 0 || choice.length < 2) ?? [letter];
  const choice = choices[Math.floor(random() * choices.length)]!;
  letters[at] = letter === letter.toLowerCase() ? choice : capitalised(choice);
  const swapped = letters.join('');
  return swapped === '' ? word : swapped;
}

function withSign(unit: Unit, sign: string): Unit {
  return /[.,:;?!]$/.test(unit.text) ? unit : { ...unit, text: unit.text + sign };
}

function joined(units: readonly Unit[]): Misheard {
  let text = '';
  const stretches = units.map((unit, at) => {
    if (at > 0) text += ' ';
    const start = text.length;
    text += at === 0 ? capitalised(unit.text) : unit.text;
    return { from: unit.from, to: { start, end: text.length } };
  });
  return { text, stretches };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** FNV-1a (Fowler, Noll and Vo) over UTF-16 units: so that a text is misheard alike in whatever file it stands. */
function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hashed = Math.imul(hashed ^ text.charCodeAt(i), 0x01000193);
  return hashed >>> 0;
}

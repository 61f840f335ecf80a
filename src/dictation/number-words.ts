const UNITS: Readonly<Record<string, number>> = {
  en: 1,
  ett: 1,
  två: 2,
  tre: 3,
  fyra: 4,
  fem: 5,
  sex: 6,
  sju: 7,
  åtta: 8,
  nio: 9,
  nie: 9,
};
const TEENS: Readonly<Record<string, number>> = {
  tio: 10,
  tie: 10,
  elva: 11,
  tolv: 12,
  tretton: 13,
  fjorton: 14,
  femton: 15,
  sexton: 16,
  sjutton: 17,
  arton: 18,
  aderton: 18,
  nitton: 19,
};
const TENS: Readonly<Record<string, number>> = {
  tjugo: 20,
  tjugi: 20,
  tju: 20,
  trettio: 30,
  tretti: 30,
  fyrtio: 40,
  fyrti: 40,
  femtio: 50,
  femti: 50,
  sextio: 60,
  sexti: 60,
  sjuttio: 70,
  sjutti: 70,
  åttio: 80,
  åtti: 80,
  nittio: 90,
  nitti: 90,
};
const SCALES: Readonly<Record<string, number>> = {
  hundra: 100,
  tusen: 1_000,
  miljon: 1_000_000,
  miljoner: 1_000_000,
};

const VALUES = new Map<string, number>(
  [{ noll: 0 }, UNITS, TEENS, TENS, SCALES].flatMap((table) => Object.entries(table)),
);
const LONGEST_FIRST = [...VALUES.keys()].sort((a, b) => b.length - a.length);
/** The longest below a thousand million has 71. */
const MAXIMUM_LETTERS = 80;

/** The values of the number words that a word is made of ("etthundrafyrtio": 1, 100, 40), or nothing. */
export function numberParts(word: string): readonly number[] | undefined {
  return word.length > MAXIMUM_LETTERS ? undefined : partsFrom(word);
}

function partsFrom(word: string): readonly number[] | undefined {
  for (const part of LONGEST_FIRST) {
    if (!word.startsWith(part)) continue;
    const value = VALUES.get(part)!;
    if (word.length === part.length) return [value];
    const rest = partsFrom(word.slice(part.length));
    if (rest) return [value, ...rest];
  }
  return undefined;
}

/** A number from 0 to 999 999 999 as it is put together from its spoken parts. */
export interface NumberSoFar {
  readonly millions: number;
  /** Below a million and already multiplied. */
  readonly thousands: number;
  /** Below a thousand, or nothing when its words are still to come. */
  readonly group: number | undefined;
  /** What the last part was worth. */
  readonly last: number | undefined;
}

export const NO_NUMBER: NumberSoFar = { millions: 0, thousands: 0, group: undefined, last: undefined };

export function totalOf(number: NumberSoFar): number {
  return number.millions + number.thousands + (number.group ?? 0);
}

/** The number with one more part, or nothing when Swedish does not say it so. */
export function withPart(number: NumberSoFar, part: number): NumberSoFar | undefined {
  const { group, last } = number;
  if (last === 0) return undefined;
  if (part === 0) return last === undefined ? { ...number, group: 0, last: 0 } : undefined;
  if (part < 10)
    return group === undefined || (group % 10 === 0 && group % 100 !== 10) ? added(number, part) : undefined;
  if (part < 100) return group === undefined || group % 100 === 0 ? added(number, part) : undefined;
  if (part === 100) {
    const times = group ?? 1;
    const countsCenturies = number.millions + number.thousands === 0 && (times % 10 !== 0 || times === 20);
    const canBeCounted = times < 10 || countsCenturies;
    return times < 100 && canBeCounted ? { ...number, group: times * 100, last: 100 } : undefined;
  }
  if (part === 1_000) {
    if (number.thousands > 0 || (group ?? 1) >= 1_000) return undefined;
    return { ...number, thousands: (group ?? 1) * 1_000, group: undefined, last: part };
  }
  if (number.millions > 0 || number.thousands > 0 || group === undefined || group >= 1_000) return undefined;
  return { ...number, millions: group * 1_000_000, group: undefined, last: part };
}

function added(number: NumberSoFar, part: number): NumberSoFar {
  return { ...number, group: (number.group ?? 0) + part, last: part };
}

/** The number with all the parts of one more word, or nothing when they do not fit. */
export function withWord(number: NumberSoFar, word: string): NumberSoFar | undefined {
  return numberParts(word)?.reduce<NumberSoFar | undefined>((so, part) => so && withPart(so, part), number);
}

/** The value of a single number word, fused or not ("tjugotvå"), or nothing. */
export function numberWordValue(word: string): number | undefined {
  const number = withWord(NO_NUMBER, word);
  return number && totalOf(number);
}

export function isNumberWord(word: string): boolean {
  return numberWordValue(word) !== undefined || /^\d+$/.test(word);
}

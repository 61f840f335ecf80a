import type { Cursor } from './cursor.ts';
import { NO_NUMBER, numberWordValue, totalOf, withWord } from './number-words.ts';
import { LIST_PAUSE_SECONDS, NUMBER_PAUSE_SECONDS } from './pauses.ts';

export const NO_BREAK_SPACE = '\u00A0';

/** The greatest number that running text has as a word. */
export const LARGEST_IN_WORDS = 12;

const SMALL_NUMBERS = ['noll', 'ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio', 'elva', 'tolv'];
/** Nouns that are counted with "en" and that clinicians count. */
const COMMON_GENDER = /^(vecka|dag|månad|timme|minut|sekund|gång|tablett|kapsel|dos|natt|termin|person)$/;

/** A number that was read: its value, how it is written in figures, and how many words it took. */
export interface ReadNumber {
  readonly value: number;
  readonly digits: string;
  /** `digits` without spaces between thousands, leading zeros kept as they were written or said. */
  readonly plainDigits: string;
  readonly length: number;
  /** "en" or "ett" alone, which is more often an article. */
  readonly isArticle: boolean;
  /** Whether the recogniser wrote it in figures. */
  readonly isWritten: boolean;
}

/** The number that begins at this word, in words ("etthundra fyrtio") or in figures, or nothing. */
export function readNumber(cursor: Cursor, at: number): ReadNumber | undefined {
  const first = cursor.peek(at);
  if (!first) return undefined;
  if (/^\d+([.,]\d+)?$/.test(first.key)) {
    const value = Number(first.key.replace(',', '.'));
    const digits = groupedDigits(first.key);
    return { value, digits, plainDigits: first.key, length: 1, isArticle: false, isWritten: true };
  }
  let number = withWord(NO_NUMBER, first.key);
  if (!number) return undefined;
  let length = 1;
  for (let next = cursor.peek(at + 1); next && next.key !== 'en'; next = cursor.peek(at + length)) {
    if (next.pauseBeforeSeconds >= NUMBER_PAUSE_SECONDS) break;
    const longer = withWord(number, next.key);
    if (!longer) break;
    number = longer;
    length += 1;
  }
  const value = totalOf(number);
  const isArticle = length === 1 && value === 1;
  return { value, digits: formatInteger(value), plainDigits: String(value), length, isArticle, isWritten: false };
}

/** As `readNumber`, with what a spoken decimal comma adds: "tre komma noll fem" is 3,05. */
export function readDecimal(cursor: Cursor, at: number): ReadNumber | undefined {
  const whole = readNumber(cursor, at);
  if (!whole || !Number.isInteger(whole.value) || !isComma(cursor, at + whole.length)) return whole;
  const decimals = readDecimals(cursor, at + whole.length + 1);
  if (!decimals) return whole;
  const digits = `${whole.digits},${decimals.digits}`;
  return {
    value: Number(`${whole.value}.${decimals.digits}`),
    digits,
    plainDigits: digits,
    length: whole.length + 1 + decimals.length,
    isArticle: false,
    isWritten: false,
  };
}

function isComma(cursor: Cursor, at: number): boolean {
  if (cursor.peek(at)?.sound !== 'koma') return false;
  const soundsLikeList =
    cursor.pauseBeforeSeconds(at) >= LIST_PAUSE_SECONDS && cursor.pauseBeforeSeconds(at + 1) >= LIST_PAUSE_SECONDS;
  return !soundsLikeList;
}

function readDecimals(cursor: Cursor, at: number): { digits: string; length: number } | undefined {
  let zeros = 0;
  while (cursor.peek(at + zeros)?.key === 'noll') zeros += 1;
  const number = readNumber(cursor, at + zeros);
  if (!number || !Number.isInteger(number.value))
    return zeros > 0 ? { digits: '0'.repeat(zeros), length: zeros } : undefined;
  return { digits: '0'.repeat(zeros) + number.plainDigits, length: zeros + number.length };
}

/** A whole number in figures, from five digits on in groups of three with non-breaking spaces. */
export function formatInteger(value: number): string {
  return groupedDigits(String(value));
}

function groupedDigits(digits: string): string {
  if (/^\d{1,2}\.[0-5]\d$/.test(digits)) return digits; // a time of day
  if (!/^\d{5,9}$/.test(digits) || digits.startsWith('0')) return digits.replace('.', ',');
  return digits.replace(/\B(?=(\d{3})+$)/g, NO_BREAK_SPACE);
}

/** Whether running text has this number as a word. */
export function isInWords({ value, plainDigits, isArticle }: ReadNumber): boolean {
  return isArticle || (Number.isInteger(value) && value <= LARGEST_IN_WORDS && plainDigits === String(value));
}

/** A figure up to twelve as a word; one agrees with the noun that it counts. */
export function smallNumberInWords(value: number, noun: string | undefined): string {
  return value === 1 && noun !== undefined && COMMON_GENDER.test(noun) ? 'en' : SMALL_NUMBERS[value]!;
}

/** What follows a number in one word: "sextiotreårig", "tjugoprocentig", "åttiotalet". */
const NUMBERED =
  /^(.*?)-?(årig\p{L}*|åring\p{L}*|års(?:ålder|kontroll)\p{L}*|tal|talet|procentig\p{L}*|dagarskontroll\p{L}*)$/u;

/** "Sextiotreårig", however it was parted, as "63-årig"; nothing when it holds no number above twelve. */
export function readNumberedWord(cursor: Cursor): { text: string; length: number } | undefined {
  const number = readNumber(cursor, 0);
  const length = number?.length ?? 0;
  const [, head, suffix] = NUMBERED.exec(cursor.peek(length)?.key ?? '') ?? [];
  if (head === undefined) return undefined;
  const last = head === '' ? 0 : numberWordValue(head);
  if (last === undefined || (length > 0 && (number!.value % 10) + last > 9)) return undefined;
  const value = (number?.value ?? 0) + last;
  return Number.isInteger(value) && value > LARGEST_IN_WORDS
    ? { text: `${value}-${suffix}`, length: length + 1 }
    : undefined;
}

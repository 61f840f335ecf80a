import { MONTH_NAMES } from '../contracts/month-names.ts';
import { type Context, wordsBefore } from './context.ts';
import type { Cursor } from './cursor.ts';
import { numberWordValue } from './number-words.ts';
import { LARGEST_IN_WORDS, readNumber } from './numbers.ts';
import type { Reading } from './readings.ts';

/** "Den andra i tredje" is 2/3, but not "den andra i tredje veckan". */
const NAMES_A_DAY = /^(den|(mån|tis|ons|tors|fre|lör|sön)dag(en)?)$/;
const PERIOD = /^(veckan|månaden|kvartalet|graden|raden|gången|delen|rummet)$/;

const SMALL_ORDINALS: Readonly<Record<string, number>> = {
  första: 1,
  förste: 1,
  andra: 2,
  andre: 2,
  tredje: 3,
  fjärde: 4,
  femte: 5,
  sjätte: 6,
  sjunde: 7,
  åttonde: 8,
  nionde: 9,
  tionde: 10,
  elfte: 11,
  tolfte: 12,
  trettonde: 13,
  fjortonde: 14,
  femtonde: 15,
  sextonde: 16,
  sjuttonde: 17,
  artonde: 18,
  adertonde: 18,
  nittonde: 19,
  tjugonde: 20,
  trettionde: 30,
  fyrtionde: 40,
  femtionde: 50,
  sextionde: 60,
  sjuttionde: 70,
  åttionde: 80,
  nittionde: 90,
};
/** Longest first, so that "tjugofjärde" is not tried as something else. */
const ORDINAL_ENDINGS = Object.keys(SMALL_ORDINALS).sort((a, b) => b.length - a.length);

/** The value of an ordinal in one word, or nothing. */
export function ordinalValue(word: string): number | undefined {
  if (Object.hasOwn(SMALL_ORDINALS, word)) return SMALL_ORDINALS[word];
  const ending = ORDINAL_ENDINGS.find((candidate) => word.endsWith(candidate));
  if (ending === undefined) return undefined;
  const tens = numberWordValue(word.slice(0, -ending.length));
  const unit = SMALL_ORDINALS[ending]!;
  return tens !== undefined && tens >= 20 && tens <= 90 && tens % 10 === 0 && unit < 10 ? tens + unit : undefined;
}

function readOrdinal(cursor: Cursor, at: number): { value: number; length: number } | undefined {
  const first = cursor.peek(at);
  if (!first) return undefined;
  const written = /^(\d{1,2})(?::?[ea])$/.exec(first.key);
  if (written) return { value: Number(written[1]), length: 1 };
  const value = ordinalValue(first.key);
  if (value !== undefined) return { value, length: 1 };
  const tens = numberWordValue(first.key);
  if (tens === undefined || tens < 20 || tens % 10 !== 0) return undefined;
  const whole = ordinalValue(first.key + (cursor.peek(at + 1)?.key ?? ''));
  return whole === undefined ? undefined : { value: whole, length: 2 };
}

/**
 * A date ("tjugofjärde april tjugohundratjugosex": 24 april 2026, "tjugofjärde i fjärde": 24/4), a month with its year,
 * or an ordinal above twelve ("den femtonde": 15:e).
 */
export function readDate(cursor: Cursor, context: Context): Reading | undefined {
  if (MONTH_NAMES.includes(cursor.first.key)) return monthWithYear(cursor);
  const day = readOrdinal(cursor, 0) ?? writtenDay(cursor);
  if (!day) return undefined;
  const next = cursor.peek(day.length)?.key;
  if (next !== undefined && MONTH_NAMES.includes(next) && day.value >= 1 && day.value <= 31) {
    const year = readYear(cursor, day.length + 1);
    return text(`${day.value} ${next}${year ? ` ${year.value}` : ''}`, day.length + 1 + (year?.length ?? 0));
  }
  if (next === 'i' && day.value <= 31 && NAMES_A_DAY.test(wordsBefore(context.before)[0] ?? '')) {
    const month = readOrdinal(cursor, day.length + 1);
    const isOfPeriod = month && PERIOD.test(cursor.peek(day.length + 1 + month.length)?.key ?? '');
    if (month && month.value <= 12 && !isOfPeriod)
      return text(`${day.value}/${month.value}`, day.length + 1 + month.length);
  }
  return day.value > LARGEST_IN_WORDS ? text(`${day.value}:e`, day.length) : undefined;
}

/** A day that the recogniser wrote in figures, only with its month behind it. */
function writtenDay(cursor: Cursor): { value: number; length: number } | undefined {
  if (!/^\d{1,2}$/.test(cursor.first.key) || !MONTH_NAMES.includes(cursor.peek(1)?.key ?? '')) return undefined;
  return { value: Number(cursor.first.key), length: 1 };
}

function monthWithYear(cursor: Cursor): Reading | undefined {
  const year = readYear(cursor, 1);
  return year && text(`${cursor.first.key} ${year.value}`, 1 + year.length);
}

/** A year from 1900 to 2099: "tjugohundratjugosex", "nittonhundraåttiofem", "tjugo tjugosex", "2026". */
export function readYear(cursor: Cursor, at: number): { value: number; length: number } | undefined {
  const number = readNumber(cursor, at);
  if (number && isYear(number.value)) return { value: number.value, length: number.length };
  if (number && (number.value === 19 || number.value === 20)) {
    const rest = readNumber(cursor, at + number.length);
    if (rest && rest.value >= 10 && rest.value <= 99) {
      return { value: number.value * 100 + rest.value, length: number.length + rest.length };
    }
  }
  const [, century, rest] = /^(tjugo|nitton)(.+)$/.exec(cursor.peek(at)?.key ?? '') ?? [];
  const value = rest === undefined ? undefined : numberWordValue(rest);
  if (value === undefined || value < 10 || value > 99) return undefined;
  return { value: (century === 'tjugo' ? 2000 : 1900) + value, length: 1 };
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1900 && value <= 2099;
}

function text(written: string, length: number): Reading {
  return { length, action: { kind: 'text', text: written } };
}

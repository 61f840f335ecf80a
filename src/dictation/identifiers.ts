import { type Context, wordsBefore } from './context.ts';
import type { Cursor } from './cursor.ts';
import { readNumber } from './numbers.ts';
import type { Reading } from './readings.ts';

const PERSONAL = /^(personnummer|personnumret|samordningsnummer|reservnummer)$/;
const TELEPHONE = /^(telefon|telefonnummer|telefonnumret|mobil|mobilnummer|mobilen|tfn|tel|nås|ring|nummer|numret)$/;
const SEPARATOR = /^(bindestreck|streck|minus)$/;
const FEWEST_TELEPHONE_DIGITS = 7;
const MOST_TELEPHONE_DIGITS = 15;

/** Mobile telephones, the two- and three-digit area codes, and the rest, which have four. */
const AREA_CODE = /^(07\d|08|01[013689]|02[136]|03[1356]|04[0246]|054|06[03]|090|0\d{3})/;
const SUBSCRIBER_GROUPS: Readonly<Record<number, RegExp>> = {
  5: /^(\d{3})(\d{2})()$/,
  6: /^(\d{2})(\d{2})(\d{2})$/,
  7: /^(\d{3})(\d{2})(\d{2})$/,
  8: /^(\d{3})(\d{3})(\d{2})$/,
};

interface Digits {
  readonly digits: string;
  readonly length: number;
}

/**
 * Digits said one by one or in groups: a personnummer after that word (850312-1234), and a telephone number after a
 * word for it or when it begins with a zero (070-123 45 67), and a date with hyphens (2026-04-24). Nothing is checked here and no digit is added or lost.
 */
export function readIdentifier(cursor: Cursor, context: Context): Reading | undefined {
  const first = readNumber(cursor, 0);
  if (!first) return undefined;
  const before = wordsBefore(context.before).slice(0, 2);
  if (before.some((word) => PERSONAL.test(word))) {
    const read = readDigits(cursor);
    const written = personal(read.digits);
    return written === undefined ? undefined : text(written, read.length);
  }
  if (SEPARATOR.test(cursor.peek(first.length)?.key ?? '')) {
    const read = readDigits(cursor);
    if (/^(19|20)\d\d-[01]\d-[0-3]\d$/.test(read.digits)) return text(read.digits, read.length);
  }
  const startsWithZero = Number.isInteger(first.value) && first.plainDigits.startsWith('0');
  if (!startsWithZero && !before.some((word) => TELEPHONE.test(word))) return undefined;
  const read = readDigits(cursor);
  const bare = read.digits.replaceAll('-', '');
  const isTelephone = bare.length >= FEWEST_TELEPHONE_DIGITS && bare.length <= MOST_TELEPHONE_DIGITS;
  return isTelephone ? text(telephone(bare), read.length) : undefined;
}

function readDigits(cursor: Cursor): Digits {
  let digits = '';
  let length = 0;
  for (;;) {
    const next = cursor.peek(length);
    const number = readNumber(cursor, length);
    if (number && Number.isInteger(number.value)) {
      digits += number.plainDigits;
      length += number.length;
    } else if (next && (SEPARATOR.test(next.key) || next.key === 'plus') && readNumber(cursor, length + 1)) {
      digits += next.key === 'plus' ? '+' : '-';
      length += 1;
    } else return { digits, length };
  }
}

function personal(digits: string): string | undefined {
  const parts = /^(\d{6}|\d{8})([-+]?)(\d{4})$/.exec(digits);
  return parts ? `${parts[1]}${parts[2] || '-'}${parts[3]}` : undefined;
}

/** Area code, hyphen, and the subscriber's number in the groups that people know. */
function telephone(digits: string): string {
  const area = AREA_CODE.exec(digits)?.[0];
  const groups = area === undefined ? undefined : SUBSCRIBER_GROUPS[digits.length - area.length];
  return area === undefined || !groups
    ? digits
    : `${area}-${digits.slice(area.length).replace(groups, '$1 $2 $3').trim()}`;
}

function text(written: string, length: number): Reading {
  return { length, action: { kind: 'text', text: written } };
}

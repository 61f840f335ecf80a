import type { Cursor } from './cursor.ts';
import { readNumber } from './numbers.ts';
import type { Reading } from './readings.ts';
import { readUnit } from './units.ts';

/** A time after "klockan": "klockan tio och trettio" is kl. 10.30. "Halv tre" keeps its words: morning is not told. */
export function readClock(cursor: Cursor): Reading | undefined {
  if (!/^(klockan|klokkan|kl)$/.test(cursor.first.key)) return undefined;
  const from = readTime(cursor, 1);
  if (!from) return undefined;
  const end = 1 + from.length;
  const to = cursor.peek(end)?.key === 'till' ? readTime(cursor, end + 1) : undefined;
  return to
    ? { length: end + 1 + to.length, action: { kind: 'text', text: `kl. ${from.text}–${to.text}` } }
    : { length: end, action: { kind: 'text', text: `kl. ${from.text}` } };
}

function readTime(cursor: Cursor, at: number): { text: string; length: number } | undefined {
  const written = /^([01]?\d|2[0-4])[.:]([0-5]\d)$/.exec(cursor.peek(at)?.key ?? '');
  if (written) return { text: `${written[1]}.${written[2]}`, length: 1 };
  const hour = readNumber(cursor, at);
  if (!hour || hour.value > 24 || !Number.isInteger(hour.value) || hour.digits.length > 2) return undefined;
  const minutesAt = at + hour.length;
  const hasJoint = cursor.peek(minutesAt)?.key === 'och';
  const minutes = readMinutes(cursor, minutesAt + (hasJoint ? 1 : 0));
  const length = hour.length + (hasJoint ? 1 : 0) + (minutes?.length ?? 0);
  // "klockan åtta tio milligram" is a time and a dose
  if (!minutes || readUnit(cursor, at + length)) return { text: hour.digits, length: hour.length };
  return { text: `${hour.digits}.${minutes.text}`, length };
}

function readMinutes(cursor: Cursor, at: number): { text: string; length: number } | undefined {
  const first = readNumber(cursor, at);
  if (!first || first.isArticle || !Number.isInteger(first.value)) return undefined;
  if (/^0\d$/.test(first.plainDigits)) return { text: first.plainDigits, length: first.length };
  if (first.value === 0) {
    const second = readNumber(cursor, at + first.length);
    return second && second.value < 10 && Number.isInteger(second.value)
      ? { text: `0${second.value}`, length: first.length + second.length }
      : undefined;
  }
  if (first.value < 10 || first.value > 59) return undefined;
  return { text: String(first.value), length: first.length };
}

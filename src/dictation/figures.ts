import type { Cursor } from './cursor.ts';
import { formatInteger, isInWords, LARGEST_IN_WORDS, type ReadNumber, readDecimal } from './numbers.ts';
import { LIST_PAUSE_SECONDS } from './pauses.ts';
import { readUnit } from './units.ts';

/** A number with what is joined to it, in figures. */
export interface Figures {
  readonly text: string;
  /** Words taken. */
  readonly length: number;
  /** Whether the form or the size asks for figures; else running text may have words. */
  readonly needsDigits: boolean;
}

/** What the text before says about an interval. */
export interface Leading {
  /** The words before the number, nearest first. */
  readonly before: readonly string[];
  /** Whether a label stands there that calls for figures ("vecka två till fyra"). */
  readonly isLabelled: boolean;
}

const FRACTION = /^(genom|jänom|igenom|snedstreck)$/;
const PLUS = /^(plus|\+)$/;
const TIMES = /^(gånger|gånge|ggr|x)$/;
/** After these, "till" says where a change leads, and is no interval: "höjs femtio till hundra milligram". */
const CHANGE = /^(från|öka|höj|sänk|minsk|trappa|juster|ändra|byt|titrer)/;

/** A dose (1+0+1, 1x3), a fraction (140/85), a ratio (1:3), an interval (14–16), a half (2,5), or the number alone. */
export function readFigures(cursor: Cursor, at: number, number: ReadNumber, leading: Leading): Figures {
  return (
    withHalf(cursor, at, number) ??
    joined(cursor, at, number, leading) ?? {
      text: number.digits,
      length: number.length,
      needsDigits: !isInWords(number),
    }
  );
}

/** "två och en halv milligram" is 2,5 mg, "en halv deciliter" 0,5 dl; tablets stay halved in words. */
function withHalf(cursor: Cursor, at: number, number: ReadNumber): Figures | undefined {
  if (!Number.isInteger(number.value) || number.isWritten) return undefined;
  const end = at + number.length;
  if (number.isArticle && isHalf(cursor, end)) return halved(cursor, at, 0, 2);
  const isAndHalf =
    cursor.peek(end)?.key === 'och' && /^(en|ett)$/.test(cursor.peek(end + 1)?.key ?? '') && isHalf(cursor, end + 2);
  return isAndHalf ? halved(cursor, at, number.value, number.length + 3) : undefined;
}

function halved(cursor: Cursor, at: number, whole: number, length: number): Figures | undefined {
  const hasUnit = readUnit(cursor, at + length)?.clings === true;
  return hasUnit ? { text: `${formatInteger(whole)},5`, length, needsDigits: true } : undefined;
}

function isHalf(cursor: Cursor, at: number): boolean {
  return /^halvt?$/.test(cursor.peek(at)?.key ?? '');
}

function joined(cursor: Cursor, at: number, first: ReadNumber, leading: Leading): Figures | undefined {
  const jointAt = at + first.length;
  const joint = cursor.peek(jointAt);
  const second = joint && readDecimal(cursor, jointAt + 1);
  if (!joint || !second) return undefined;
  if (PLUS.test(joint.key)) return sum(cursor, at, first);
  const length = first.length + 1 + second.length;
  const together = (sign: string): Figures => ({
    text: `${first.digits}${sign}${second.digits}`,
    length,
    needsDigits: true,
  });
  if (FRACTION.test(joint.key)) return together('/');
  if (TIMES.test(joint.key) && isDosing(first, second)) return together('x');
  if (joint.key === 'bindestreck') return together('-');
  if (joint.sound === 'kolon' && isQuick(cursor, jointAt)) return together(':');
  if (first.isArticle || second.isArticle) return undefined;
  const hasUnit = () => readUnit(cursor, at + length) !== undefined;
  if (joint.key === 'till') {
    const callsForDigits = !isInWords(first) || !isInWords(second) || leading.isLabelled || hasUnit();
    if (!callsForDigits) return undefined;
    return together(leading.before.some((word) => CHANGE.test(word)) ? ' till ' : '–');
  }
  // "mellan tio och femton milligram"
  return /^(och|eller)$/.test(joint.key) && hasUnit() ? together(` ${joint.key} `) : undefined;
}

/** "Ett gånger tre" is a dose; "tre gånger en vecka" is not. */
function isDosing(first: ReadNumber, second: ReadNumber): boolean {
  return first.value <= LARGEST_IN_WORDS && second.value <= LARGEST_IN_WORDS && (first.isArticle || !second.isArticle);
}

/** Whether there is no pause to speak of around this word. */
function isQuick(cursor: Cursor, at: number): boolean {
  return cursor.pauseBeforeSeconds(at) < LIST_PAUSE_SECONDS && cursor.pauseBeforeSeconds(at + 1) < LIST_PAUSE_SECONDS;
}

/** "Ett plus noll plus ett", as doses over the day are written. */
function sum(cursor: Cursor, at: number, first: ReadNumber): Figures {
  let text = first.digits;
  let { length } = first;
  while (PLUS.test(cursor.peek(at + length)?.key ?? '')) {
    const next = readDecimal(cursor, at + length + 1);
    if (!next) break;
    text += `+${next.digits}`;
    length += 1 + next.length;
  }
  return { text, length, needsDigits: true };
}

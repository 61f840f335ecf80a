import { withoutAutomaticCapital } from './casing.ts';
import { readClock } from './clock.ts';
import { commandGroupAt, readCommand } from './commands.ts';
import { type Context, wordsBefore } from './context.ts';
import type { Cursor } from './cursor.ts';
import { readDate } from './dates.ts';
import { readIdentifier } from './identifiers.ts';
import { readNumberedWord } from './numbers.ts';
import { readQuantity } from './quantities.ts';
import type { Reading } from './readings.ts';
import { readTerm } from './terms.ts';

/**
 * What the first words are: a command, something with figures, a term, or a plain word. Always takes at least one word.
 */
export function readNext(cursor: Cursor, context: Context): Reading {
  return (
    readCommand(cursor, context) ??
    readIdentifier(cursor, context) ??
    readDate(cursor, context) ??
    readClock(cursor) ??
    numberedWord(cursor) ??
    readQuantity(cursor, context) ??
    readTerm(cursor) ??
    plainWord(cursor, context)
  );
}

/** The recogniser's own mark behind a reading: none before a spoken mark, and no comma before a line break. */
export function automaticMarkAfter(cursor: Cursor, reading: Reading): string {
  const mark = cursor.taken(reading.length).at(-1)!.automaticMark;
  if (mark === '') return '';
  const next = commandGroupAt(cursor, reading.length);
  const isReplaced = next === 'Skiljetecken' || (next === 'Rader och stycken' && !/[.?!]/.test(mark));
  return isReplaced ? '' : mark;
}

function numberedWord(cursor: Cursor): Reading | undefined {
  const found = readNumberedWord(cursor);
  return found && { length: found.length, action: { kind: 'text', text: found.text } };
}

function plainWord(cursor: Cursor, context: Context): Reading {
  const { first } = cursor;
  const [previous] = wordsBefore(context.before);
  const [, type, disease] = (previous === 'typ' && /^(ett|två|1|2)-(diabet\p{L}+)$/u.exec(first.key)) || [];
  if (type !== undefined) {
    const figure = type === 'ett' || type === '1' ? 1 : 2;
    return { length: 1, action: { kind: 'text', text: `${figure}-${disease}` } };
  }
  return { length: 1, action: { kind: 'text', text: withoutAutomaticCapital(first, context) } };
}

import { AppError } from '../contracts/errors.ts';
import type { FollowUpMode, FollowUpOptions } from '../contracts/followup.ts';
import { MAX_NOTE_CHARACTERS } from '../contracts/followup-api.ts';
import type { LocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { explainFollowUps } from '../followup/explain.ts';
import { extractFollowUps } from '../followup/extract.ts';
import { UNIT_DEFAULTS } from '../followup/unit.ts';
import { formatExplanation } from './followup-explanation.ts';
import { formatFollowUps } from './followup-listing.ts';
import { readInput } from './input.ts';

/** UTF-8 needs at most three bytes for a UTF-16 position. */
const MAX_NOTE_BYTES = 3 * MAX_NOTE_CHARACTERS;

export interface FollowUpFlags {
  /** Today in Sweden when absent. */
  readonly refDate?: LocalDate;
  readonly mode: FollowUpMode;
  readonly json?: boolean;
}

/** `taltid followups FILE`: prints what a note asks for. @throws AppError, never with words of the note. */
export async function printFollowUps(file: string, flags: FollowUpFlags): Promise<void> {
  const text = decodeNote(await readInput(file, MAX_NOTE_BYTES, 'REQUEST_TOO_LARGE'));
  const options = optionsOf(flags);
  const reading = extractFollowUps(text, options);
  process.stdout.write(flags.json ? jsonLines(reading) : formatFollowUps(reading, options.refDate));
}

/** `taltid explain TEXT`: prints how a text was read. @throws AppError, never with words of the text. */
export function printExplanation(text: string, flags: FollowUpFlags): void {
  requireNoteLength(text);
  const explanation = explainFollowUps(text, optionsOf(flags));
  process.stdout.write(flags.json ? jsonLines(explanation) : formatExplanation(explanation));
}

function optionsOf({ refDate, mode }: FollowUpFlags) {
  return { refDate: refDate ?? stockholmClockAt(Date.now()).date, mode, unit: UNIT_DEFAULTS } satisfies FollowUpOptions;
}

function decodeNote(bytes: Uint8Array): string {
  try {
    return requireNoteLength(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('REQUEST_INVALID', 'the note is not readable', {
      expected: 'text in UTF-8',
      got: 'other bytes',
    });
  }
}

function requireNoteLength(text: string): string {
  if (text.length <= MAX_NOTE_CHARACTERS) return text;
  throw new AppError('REQUEST_TOO_LARGE', 'the note is too long', {
    expected: `at most ${MAX_NOTE_CHARACTERS} characters`,
    got: `${text.length}`,
  });
}

function jsonLines(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

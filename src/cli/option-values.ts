import { InvalidArgumentError } from 'commander';
import { TranscribeOptions } from '../contracts/transcript.ts';
import { type LocalDate, parseLocalDate } from '../followup/calendar/local-date.ts';

/** The value of `--beam`. @throws InvalidArgumentError. */
export function parseBeamSize(text: string): number {
  const parsed = TranscribeOptions.shape.beamSize.safeParse(Number(text));
  if (!parsed.success) throw new InvalidArgumentError(`expected a whole number from 1 to 10; got "${text}"`);
  return parsed.data;
}

/** The value of `--language`. @throws InvalidArgumentError. */
export function parseLanguage(text: string): string {
  if (!/^([a-z]{2,3}|auto)$/.test(text)) {
    throw new InvalidArgumentError(`expected an ISO 639-1 code such as "sv", or "auto"; got "${text}"`);
  }
  return text;
}

/** The value of `--ref-date`. @throws InvalidArgumentError. */
export function parseRefDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === undefined) throw new InvalidArgumentError(`expected a day as YYYY-MM-DD; got "${text}"`);
  return date;
}

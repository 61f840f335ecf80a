import { AppError } from '../contracts/errors.ts';
import type { FollowUpRequest } from '../contracts/followup.ts';
import type { CardFields } from '../contracts/notes-api-cards.ts';
import { parseLocalDate } from '../followup/calendar/local-date.ts';
import { parseLocalTime } from '../followup/calendar/local-time.ts';
import type { StoredFollowUp } from '../storage/repositories/follow-ups.ts';

const LINKS = ['before', 'after', 'same_day', 'alternative_to'] as const;

/**
 * The fields that a person gave a card, under the card's key. Throws REQUEST_INVALID for a day that does not exist, an
 * order of days that cannot be, or a link to a card that the note does not have.
 */
export function fieldsOf(fields: CardFields, key: string, others: readonly StoredFollowUp[]): FollowUpRequest {
  requireDays(fields);
  requireLinks(fields, key, others);
  return { ...fields, id: key };
}

function requireDays({ time, series, booking_date, anchor, patient_pref }: CardFields): void {
  const days = [
    ['time.target', time?.target],
    ['time.earliest', time?.earliest],
    ['time.latest', time?.latest],
    ['time.mal_datum', time?.mal_datum],
    ['series.until', series?.until],
    ['booking_date', booking_date],
    ['anchor.date', anchor?.date],
    ...[...(time?.preferred ?? []), ...(patient_pref?.not_dates ?? []).flat()].map(
      (day) => ['a wished day', day] as const,
    ),
  ] as const;
  for (const [name, day] of days) {
    if (day !== undefined && parseLocalDate(day) === undefined) throw invalid(name, 'a day of the calendar');
  }
  if (time?.start !== undefined) {
    const [day = '', clock = ''] = time.start.split('T');
    if (!parseLocalDate(day) || !parseLocalTime(clock)) throw invalid('time.start', 'a day and a time of day');
  }
  const { earliest, mal_datum } = time ?? {};
  if (earliest !== undefined && mal_datum !== undefined && earliest > mal_datum) {
    throw invalid('time.earliest', 'a day not after time.mal_datum');
  }
}

function requireLinks(fields: CardFields, key: string, others: readonly StoredFollowUp[]): void {
  const known = new Set(others.map(({ requestKey }) => requestKey).filter((other) => other !== key));
  for (const [name, to] of [
    ...LINKS.map((link) => [link, fields[link]] as const),
    ['follows', fields.series?.follows],
  ]) {
    if (to !== undefined && !known.has(to)) throw invalid(`${name}`, 'the key of another card of the note');
  }
}

function invalid(field: string, expected: string): AppError {
  return new AppError('REQUEST_INVALID', `the value of "${field}" is not usable`, { expected });
}

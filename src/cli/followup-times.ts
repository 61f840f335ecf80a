import type { FollowUpSeries, FollowUpTime, ReadRequest } from '../contracts/followup.ts';
import { type LocalDate, parseLocalDate } from '../followup/calendar/local-date.ts';
import { parseLocalTime } from '../followup/calendar/local-time.ts';
import {
  sayDate,
  sayDateTime,
  sayDuration,
  sayEarliest,
  sayLatest,
  sayOffset,
  sayWindow,
} from '../followup/calendar/say.ts';

/** When a request is wanted, as people say it: "ons 10 juni", "senast 24 mars", "en vecka innan R1". */
export function timeInWords(time: FollowUpTime, { request, proposals }: ReadRequest, ref: LocalDate): string {
  const parts = [daysInWords(time, ref), offsetInWords(time, request)].filter((part) => part !== undefined);
  const proposed = proposals.find(({ field }) => field === 'offset');
  if (proposed) parts.push(`${sayOffset(String(proposed.value))} ${baseOf(request)} (föreslås, står inte)`);
  if (time.preferred) parts.push(`helst ${between(time.preferred[0], time.preferred[1], ref)}`);
  return parts.length > 0 ? parts.join(', ') : `”${time.expr}”, ingen dag går att räkna ut`;
}

/** The medically right latest day: "ons 10 juni". */
export function dayInWords(day: string, ref: LocalDate): string {
  return sayDate(known(day), ref);
}

/** "3 gånger, var 4 veckor", "till 10 mars 2027". */
export function seriesInWords({ count, until, interval, then_interval, follows }: FollowUpSeries, ref: LocalDate) {
  const parts = [
    count !== undefined && `${count} gånger`,
    interval !== undefined && `med ${sayDuration(interval)} emellan`,
    then_interval !== undefined && `därefter med ${sayDuration(then_interval)} emellan`,
    until !== undefined && `till ${dayInWords(until, ref)}`,
    follows !== undefined && `vid varje gång av ${follows}`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function daysInWords({ start, target, earliest, latest }: FollowUpTime, ref: LocalDate): string | undefined {
  if (start !== undefined) {
    const [day, clock] = start.split('T');
    return sayDateTime(known(day), parseLocalTime(clock!)!, ref);
  }
  if (target !== undefined) return dayInWords(target, ref);
  if (latest !== undefined && (earliest ?? ref) === ref) return sayLatest(known(latest), ref);
  if (earliest !== undefined && latest !== undefined) return between(earliest, latest, ref);
  return earliest === undefined ? undefined : sayEarliest(known(earliest), ref);
}

function offsetInWords(
  { offset, offset_min: least, offset_max: most }: FollowUpTime,
  request: ReadRequest['request'],
): string | undefined {
  if (typeof offset === 'string') return `${sayOffset(offset)} ${baseOf(request)}`.trim();
  if (least === undefined || most === undefined) return undefined;
  return `${sayDuration(least)} till ${sayOffset(most)} ${baseOf(request)}`.trim();
}

function baseOf({ before, after, anchor }: ReadRequest['request']): string {
  return before ?? after ?? anchor?.event ?? '';
}

function between(earliest: string | undefined, latest: string | undefined, ref: LocalDate): string {
  return earliest === latest ? dayInWords(earliest!, ref) : sayWindow(known(earliest), known(latest), ref);
}

/** The reading's days are days: it made them. */
function known(day: string | undefined): LocalDate {
  return parseLocalDate(day!)!;
}

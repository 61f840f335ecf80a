import { AppError } from '../../contracts/errors.ts';
import { addDays, addMonths, type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { localTime, stockholmInstant } from '../../followup/calendar/local-time.ts';

/** From the first instant to before the second, in milliseconds since 1970-01-01T00:00Z; null for no bound. */
export interface InstantRange {
  readonly fromMs: number | null;
  readonly beforeMs: number | null;
}

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d.*)$/;
const MIDNIGHT = localTime(0, 0)!;
/** Years in which somebody was born or could come. */
const YEAR = /^(1[89]|2\d)\d\d/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/**
 * What a date of a search means for an instant: a day, month or year is that of Sweden, a time without a zone is what
 * the clock shows there. Throws REQUEST_INVALID, also for `ne` and `ap`.
 */
export function readDate(text: string): InstantRange {
  const [, prefix = 'eq', value = ''] = PREFIXED.exec(text) ?? [];
  const spoken = spanOf(value);
  if (spoken === undefined || prefix === 'ne' || prefix === 'ap') {
    throw new AppError('REQUEST_INVALID', 'a date of the search is not usable', {
      expected:
        'a FHIR date or dateTime of 1800 to 2999 with eq, gt, lt, ge, le, sa or eb before it, such as ge2026-03-10',
    });
  }
  const { fromMs, beforeMs } = spoken;
  switch (prefix) {
    case 'ge':
      return { fromMs, beforeMs: null };
    case 'gt':
    case 'sa':
      return { fromMs: beforeMs, beforeMs: null };
    case 'le':
      return { fromMs: null, beforeMs };
    case 'lt':
    case 'eb':
      return { fromMs: null, beforeMs: fromMs };
    default:
      return { fromMs, beforeMs };
  }
}

/** What two ranges have in common. */
export function bothRanges(one: InstantRange, other: InstantRange): InstantRange {
  return {
    fromMs:
      one.fromMs === null || other.fromMs === null ? (one.fromMs ?? other.fromMs) : Math.max(one.fromMs, other.fromMs),
    beforeMs:
      one.beforeMs === null || other.beforeMs === null
        ? (one.beforeMs ?? other.beforeMs)
        : Math.min(one.beforeMs, other.beforeMs),
  };
}

/** The stretch of time that a value names: a whole year, month, day, minute or second. */
function spanOf(value: string): { fromMs: number; beforeMs: number } | undefined {
  if (!YEAR.test(value)) return undefined;
  if (INSTANT.test(value)) return instantSpan(value);
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value) ?? [];
  const first = parseLocalDate(`${year}-${month}-${day}`);
  if (first === undefined) return undefined;
  const after =
    value.length === 4 ? addMonths(first, 12) : value.length === 7 ? addMonths(first, 1) : addDays(first, 1);
  return { fromMs: midnightMs(first), beforeMs: midnightMs(after) };
}

function instantSpan(value: string): { fromMs: number; beforeMs: number } | undefined {
  const hasZone = /(Z|[+-]\d\d:\d\d)$/.test(value);
  const fromMs = hasZone ? Date.parse(value) : wallMs(value);
  if (fromMs === undefined || Number.isNaN(fromMs)) return undefined;
  const lengthMs = value.includes('.') ? 1 : /T\d\d:\d\d:\d\d/.test(value) ? SECOND_MS : MINUTE_MS;
  return { fromMs, beforeMs: fromMs + lengthMs };
}

/** Seconds of a time without a zone are counted on from its minute. */
function wallMs(value: string): number | undefined {
  const day = parseLocalDate(value.slice(0, 10));
  const time = localTime(Number(value.slice(11, 13)), Number(value.slice(14, 16)));
  if (day === undefined || time === undefined) return undefined;
  return stockholmInstant(day, time).instantMs + Number(value.slice(17) || 0) * SECOND_MS;
}

export function midnightMs(day: LocalDate): number {
  return stockholmInstant(day, MIDNIGHT).instantMs;
}

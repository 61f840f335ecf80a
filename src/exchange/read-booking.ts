import { parsePersonalNumber } from '../access/personal-number.ts';
import { type LocalDate, localDate } from '../followup/calendar/local-date.ts';
import { type LocalTime, localTime, stockholmInstant } from '../followup/calendar/local-time.ts';
import type { StoredResource, StoredVisitType } from '../storage/repositories/calendar-setup.ts';
import type { Read, RowReader } from './row-reader.ts';

const MINUTE_MS = 60_000;
const MOST_MINUTES = 600;
const LEAST_MINUTES = 5;
/** Beyond it a year was written wrong. */
const FARTHEST_MS = 3 * 366 * 86_400_000;

/** What a row asks for, as far as it could be understood. */
export interface ReadBooking {
  readonly personalNumber: string | undefined;
  readonly visitType: StoredVisitType | undefined;
  readonly performer: StoredResource | undefined;
  readonly room: StoredResource | undefined;
  readonly span: { readonly startMs: number; readonly endMs: number } | undefined;
  /** As the row writes it. */
  readonly when: string;
}

interface Known {
  readonly resources: readonly StoredResource[];
  readonly visitTypes: readonly StoredVisitType[];
  readonly today: string;
  readonly nowMs: number;
}

/** Reads a row of a file of bookings by what the unit has set up. */
export function readBooking(
  reader: RowReader<'bookings'>,
  { resources, visitTypes, today, nowMs }: Known,
): ReadBooking {
  const named = <Item extends { readonly name: string; readonly active: boolean }>(
    items: readonly Item[],
    fault: 'unknown_visit_type' | 'unknown_resource',
  ) => {
    return (text: string): Read<Item> => {
      const wanted = text.toLocaleLowerCase('sv');
      const found = items.filter(({ name, active }) => active && name.toLocaleLowerCase('sv') === wanted);
      if (found.length > 1) return { fault: 'several' };
      return found[0] === undefined ? { fault } : { value: found[0] };
    };
  };
  const people = resources.filter(({ kind }) => kind === 'person' || kind === 'role');
  const rooms = resources.filter(({ kind }) => kind === 'room');
  const date = reader.read('date', dateOf);
  const time = reader.read('start', timeOf);
  const minutes = reader.read('minutes', minutesOf);
  const visitType = reader.read('visitType', named(visitTypes, 'unknown_visit_type'));
  const startMs = date && time ? startOf(reader, date, time, nowMs) : undefined;
  const lengthMinutes = minutes ?? visitType?.durationMinutes;
  const isWhole = startMs !== undefined && lengthMinutes !== undefined;
  return {
    personalNumber: reader.read('personalNumber', (text) => numberOf(text, today)),
    visitType,
    performer: reader.read('performer', named(people, 'unknown_resource')),
    room: reader.read('room', named(rooms, 'unknown_resource')),
    span: isWhole ? { startMs, endMs: startMs + lengthMinutes * MINUTE_MS } : undefined,
    when: [date, time].filter((part) => part !== undefined).join(' '),
  };
}

function startOf(reader: RowReader<'bookings'>, date: LocalDate, time: LocalTime, nowMs: number): number | undefined {
  const { instantMs, clockCount } = stockholmInstant(date, time);
  if (clockCount === 'skipped') reader.fault('start', 'time');
  else if (instantMs <= nowMs) reader.fault('date', 'past');
  else if (instantMs > nowMs + FARTHEST_MS) reader.fault('date', 'too_far');
  else return instantMs;
  return undefined;
}

/** 2026-04-14, or 20260414. */
function dateOf(text: string): Read<LocalDate> {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const value = localDate(Number(year), Number(month), Number(day));
  return value === undefined ? { fault: 'date' } : { value };
}

/** 08:30, 8.30, 0830 or 08:30:00. */
function timeOf(text: string): Read<LocalTime> {
  const [, hour, minute] = /^(\d{1,2})[:.]?(\d{2})(?::00)?$/.exec(text) ?? [];
  const value = hour === undefined ? undefined : localTime(Number(hour), Number(minute));
  return value === undefined ? { fault: 'time' } : { value };
}

function minutesOf(text: string): Read<number> {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return value >= LEAST_MINUTES && value <= MOST_MINUTES ? { value } : { fault: 'duration' };
}

function numberOf(text: string, today: string): Read<string> {
  try {
    return { value: parsePersonalNumber(text, today).number };
  } catch {
    return { fault: 'personal_number' };
  }
}

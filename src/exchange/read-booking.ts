import { parsePersonalNumber } from '../access/personal-number.ts';
import type { LocalDate } from '../followup/calendar/local-date.ts';
import { type LocalTime, stockholmInstant } from '../followup/calendar/local-time.ts';
import type { StoredResource, StoredVisitType } from '../storage/repositories/calendar-setup.ts';
import { dateOf, oneNamed, timeOf, wholeNumber } from './field-readers.ts';
import type { Read, RowReader } from './row-reader.ts';

const MINUTE_MS = 60_000;
const MOST_MINUTES = 600;
const LEAST_MINUTES = 5;
/** Beyond it a year was written wrong. */
const FARTHEST_MS = 3 * 366 * 86_400_000;

/** Columns of what is taken along, each with the kind that it names. */
const BESIDE = { room: 'room', equipment: 'equipment', interpreter: 'interpreter' } as const satisfies Record<
  string,
  StoredResource['kind']
>;
type BesideColumn = keyof typeof BESIDE;

/** What a row asks for, as far as it could be understood. */
export interface ReadBooking {
  readonly personalNumber: string | undefined;
  readonly visitType: StoredVisitType | undefined;
  readonly performer: StoredResource | undefined;
  /** What it takes beside who does it, by the column that names it. */
  readonly beside: readonly { readonly column: BesideColumn; readonly resource: StoredResource }[];
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
  const people = resources.filter(({ kind }) => kind === 'person' || kind === 'role');
  const date = reader.read('date', dateOf);
  const time = reader.read('start', timeOf);
  const minutes = reader.read('minutes', wholeNumber(LEAST_MINUTES, MOST_MINUTES, 'duration'));
  const visitType = reader.read('visitType', oneNamed(visitTypes, 'unknown_visit_type'));
  const performer = reader.read('performer', oneNamed(people, 'unknown_resource'));
  const beside = (Object.keys(BESIDE) as BesideColumn[]).flatMap((column) => {
    const ofKind = resources.filter(({ kind }) => kind === BESIDE[column]);
    const resource = reader.read(column, oneNamed(ofKind, 'unknown_resource'));
    return resource === undefined ? [] : [{ column, resource }];
  });
  const startMs = date && time ? startOf(reader, date, time, nowMs) : undefined;
  const lengthMinutes = minutes ?? visitType?.durationMinutes;
  const isWhole = startMs !== undefined && lengthMinutes !== undefined;
  return {
    personalNumber: reader.read('personalNumber', (text) => numberOf(text, today)),
    visitType,
    performer,
    beside,
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

function numberOf(text: string, today: string): Read<string> {
  try {
    return { value: parsePersonalNumber(text, today).number };
  } catch {
    return { fault: 'personal_number' };
  }
}

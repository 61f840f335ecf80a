import type { Slot } from 'fhir/r4.js';
import { midnight } from '../appointments/calendar-question.ts';
import { CalendarDays } from '../booking/calendar-days.ts';
import { type ShownSlot, slotsOn } from '../booking/calendar-slots.ts';
import { SessionBook } from '../booking/sessions.ts';
import { TakenTimes } from '../booking/taken-times.ts';
import { AppError } from '../contracts/errors.ts';
import { addDays, type LocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import { type StoredResource, unitSchedule } from '../storage/repositories/calendar-setup.ts';
import { findRecords, type RecordPlace, recordById } from '../storage/repositories/fhir-records.ts';
import { takenTimes } from '../storage/repositories/taken-times.ts';
import type { Asked, FhirType, FoundResources } from './fhir-type.ts';
import { readSlotId, SLOT_STATUS, toSlot } from './resources/slot.ts';
import { bothRanges, type InstantRange, readDate } from './search/dates.ts';
import { referenceParameter, statusParameter } from './search/parameters.ts';
import { type SearchQuery, writePlace } from './search/search-query.ts';

const MICROSECONDS_PER_MS = 1000;
/** Of all calendars at once, and of those that are named. */
const MOST_DAYS = { all: 7, named: 42 } as const;
const MOST_CALENDARS = 1000;
const DAY_MS = 86_400_000;

interface ResourceSlot extends ShownSlot {
  readonly resourceId: string;
}

const SCHEDULE = referenceParameter(['Schedule'], 'id', 'Whose times; up to 42 days with it, 7 without');
const STATUS = statusParameter(SLOT_STATUS, 'state');
const START = {
  type: 'date',
  documentation: 'When they begin; from now and as long as may be where nothing is said',
} as const;

/** The times of calendars. They are not stored: templates, closures and what is booked make them. */
export const SLOTS: FhirType = {
  type: 'Slot',
  documentation: 'The times of a calendar, free or taken, by the templates as they are now',
  purpose: 'booking',
  isVersioned: false,
  params: { schedule: SCHEDULE, start: START, status: STATUS },
  sorts: ['start'],
  includes: { schedule: { path: 'schedule', types: ['Schedule'] } },
  operations: [],
  read: readSlot,
  search: searchSlots,
};

async function readSlot(transaction: AuditedTransaction, id: string, { nowMs }: Asked): Promise<Slot> {
  const named = readSlotId(id);
  if (named === undefined) throw notFound('Slot');
  const resource = await recordById(transaction, 'resources', named.resourceId);
  const { date } = stockholmClockAt(named.startMs);
  const { slots, visitTypes } = await slotsBetween(transaction, [resource], { firstDay: date, lastDay: date }, nowMs);
  const slot = slots.find(({ startMs }) => startMs === named.startMs);
  if (slot === undefined) throw notFound('Slot');
  return toSlot(resource.id, slot, visitTypes);
}

async function searchSlots(
  transaction: AuditedTransaction,
  { values, count, sort, after }: SearchQuery,
  { nowMs }: Asked,
): Promise<FoundResources> {
  const schedules = values.get('schedule') ?? [];
  const range = (values.get('start') ?? [])
    .map(readDate)
    .reduce<InstantRange>(bothRanges, { fromMs: null, beforeMs: null });
  const { fromMs, beforeMs } = boundsOf(range, schedules.length > 0 ? MOST_DAYS.named : MOST_DAYS.all, nowMs);
  const { records } = await findRecords(transaction, 'resources', {
    filters: [{ column: 'active', isTrue: true }, ...schedules.map((value) => SCHEDULE.filter(value))],
    limit: MOST_CALENDARS,
  });
  const days = { firstDay: stockholmClockAt(fromMs).date, lastDay: stockholmClockAt(beforeMs - 1).date };
  const states = (values.get('status') ?? []).map((value) => statesOf(value));
  const { slots, visitTypes } = await slotsBetween(transaction, records, days, nowMs);
  const fitting = slots.filter(
    ({ startMs, state }) => startMs >= fromMs && startMs < beforeMs && states.every((asked) => asked.includes(state)),
  );
  const isDescending = sort?.isDescending === true;
  const placed = (isDescending ? fitting.toReversed() : fitting).map((slot) => ({
    slot,
    place: { orderedAtUs: String(slot.startMs * MICROSECONDS_PER_MS), id: slot.resourceId, total: fitting.length },
  }));
  const from =
    after === undefined
      ? 0
      : placed.findIndex(({ slot }) => isBeyond(slot, after) !== isDescending && !isAt(slot, after));
  const page = from < 0 ? [] : placed.slice(from, from + count);
  const last = page.at(-1);
  return {
    resources: page.map(({ slot }) => toSlot(slot.resourceId, slot, visitTypes)),
    total: placed.length,
    next: last !== undefined && from + count < placed.length ? writePlace(last.place) : null,
  };
}

/** Whether a slot comes after a place in the order of time. */
function isBeyond({ startMs, resourceId }: ResourceSlot, { orderedAtUs, id }: RecordPlace): boolean {
  const placeMs = Number(orderedAtUs) / MICROSECONDS_PER_MS;
  return startMs > placeMs || (startMs === placeMs && resourceId > id);
}

function isAt({ startMs, resourceId }: ResourceSlot, { orderedAtUs, id }: RecordPlace): boolean {
  return startMs === Number(orderedAtUs) / MICROSECONDS_PER_MS && resourceId === id;
}

function statesOf(value: string): readonly string[] {
  const filter = STATUS.filter(value);
  return 'isOneOf' in filter ? filter.isOneOf : [];
}

/** Throws REQUEST_INVALID for more days than are computed at once. */
function boundsOf({ fromMs, beforeMs }: InstantRange, mostDays: number, nowMs: number) {
  const from = fromMs ?? Math.min(nowMs, beforeMs ?? nowMs);
  const before = beforeMs ?? from + mostDays * DAY_MS;
  if (before - from <= (mostDays + 1) * DAY_MS) return { fromMs: from, beforeMs: Math.max(before, from + 1) };
  throw new AppError('REQUEST_INVALID', 'so many days of times are not told at once', {
    expected: `start=ge... and start=lt... at most ${mostDays} days apart`,
    got: `${Math.ceil((before - from) / DAY_MS)} days`,
  });
}

/** In the order of time, then of the calendar's id. */
async function slotsBetween(
  transaction: AuditedTransaction,
  resources: readonly StoredResource[],
  { firstDay, lastDay }: { firstDay: LocalDate; lastDay: LocalDate },
  nowMs: number,
): Promise<{ slots: ResourceSlot[]; visitTypes: ReadonlyMap<string, string> }> {
  const between = { from: midnight(firstDay), to: midnight(addDays(lastDay, 1)) };
  const resourceIds = resources.map(({ id }) => id);
  const taken = new TakenTimes(await takenTimes(transaction, { resourceIds, patientId: null }, between));
  const calendarDays = new CalendarDays();
  const today = calendarDays.at(stockholmClockAt(nowMs).date);
  const slots: ResourceSlot[] = [];
  const visitTypes = new Map<string, string>();
  for (const unitId of new Set(resources.map((one) => one.unitId))) {
    const schedule = await unitSchedule(transaction, unitId, { firstDay, lastDay });
    for (const { id, name } of schedule.visitTypes) visitTypes.set(id, name);
    const view = { book: new SessionBook(schedule), taken, today };
    for (const resource of resources.filter((one) => one.unitId === unitId)) {
      for (const day of calendarDays.between(firstDay, lastDay)) {
        slots.push(...slotsOn(view, resource, day).map((slot) => ({ ...slot, resourceId: resource.id })));
      }
    }
  }
  slots.sort((one, other) => one.startMs - other.startMs || (one.resourceId < other.resourceId ? -1 : 1));
  return { slots, visitTypes };
}

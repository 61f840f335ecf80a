import type { CalendarQuestion } from '../../src/booking/plan.ts';
import type { Closure, Resource, SlotTemplate, Span, UnitSchedule, VisitType } from '../../src/booking/schedule.ts';
import { TakenTimes } from '../../src/booking/taken-times.ts';
import { type NeedSource, readNeed, type VisitNeed } from '../../src/booking/visit-need.ts';
import type { FollowUpRequest, FollowUpTime } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate, parseLocalDate } from '../../src/followup/calendar/local-date.ts';
import { parseLocalTime, stockholmInstant } from '../../src/followup/calendar/local-time.ts';

export const PATIENT = 'patient';

export function day(text: string): LocalDate {
  return parseLocalDate(text)!;
}

/** A Tuesday. */
export const TODAY = day('2026-03-10');

/** 'YYYY-MM-DD HH:MM' by the clock on the wall. */
export function at(text: string): number {
  const [date, time] = text.split(' ');
  return stockholmInstant(day(date!), parseLocalTime(time!)!).instantMs;
}

export function person(id: string, over: Partial<Resource> = {}): Resource {
  return { id, kind: 'person', whose: id, staffId: id, name: id, role: 'lakare', language: null, ...over };
}

export function visitType(over: Partial<VisitType> = {}): VisitType {
  return {
    id: 'aterbesok',
    name: 'Återbesök läkare',
    publicName: null,
    type: 'aterbesok',
    service: null,
    role: 'lakare',
    durationMinutes: 30,
    interpreterExtraMinutes: 0,
    roomIds: [],
    equipmentIds: [],
    patientsBook: true,
    ...over,
  };
}

export const LAB_TYPE = visitType({
  id: 'prov',
  name: 'Provtagning',
  type: 'provtagning',
  role: 'usk',
  durationMinutes: 15,
});

export function template(resourceId: string, over: Partial<SlotTemplate> = {}): SlotTemplate {
  return {
    id: `${resourceId}-${over.weekday ?? 1}`,
    resourceId,
    weekday: 1,
    fromMinute: 8 * 60,
    untilMinute: 12 * 60,
    slotMinutes: 30,
    everyWeeks: 1,
    validFrom: '2026-01-01',
    validUntil: null,
    roomId: null,
    visitTypeIds: [],
    lentUntilDays: null,
    onFreeDays: false,
    onBridgeDays: true,
    ...over,
  };
}

/** Monday to Friday. */
export function everyWeekday(resourceId: string, over: Partial<SlotTemplate> = {}): SlotTemplate[] {
  return ([1, 2, 3, 4, 5] as const).map((weekday) =>
    template(resourceId, { ...over, weekday, id: `${resourceId}${weekday}${over.fromMinute ?? ''}` }),
  );
}

/** Two doctors and a laboratory, mornings and afternoons. */
export function schedule(over: Partial<UnitSchedule> = {}): UnitSchedule {
  const resources = [
    person('lind'),
    person('sandberg'),
    person('lab', { kind: 'role', staffId: null, role: 'usk', name: 'Laboratoriet' }),
  ];
  return {
    resources,
    visitTypes: [visitType(), LAB_TYPE],
    templates: [
      ...['lind', 'sandberg'].flatMap((id) => [
        ...everyWeekday(id),
        ...everyWeekday(id, { fromMinute: 13 * 60, untilMinute: 16 * 60 }),
      ]),
      ...everyWeekday('lab', { slotMinutes: 15, untilMinute: 11 * 60 }),
    ],
    closures: [],
    ...over,
  };
}

export function closure(over: Partial<Closure>): Closure {
  return { resourceId: null, firstDay: TODAY, lastDay: TODAY, fromMinute: null, untilMinute: null, ...over };
}

/** What a note asked for today. */
export function need(fields: Partial<FollowUpRequest> = {}, over: Partial<NeedSource> = {}): VisitNeed {
  const { id = 'R1', time } = fields;
  return readNeed({
    taskId: `task-${id}`,
    fields: { id, type: 'aterbesok', ...fields },
    service: fields.service ?? null,
    role: fields.role ?? null,
    practitionerId: null,
    orderedByRole: null,
    lastMetStaffId: null,
    interpreterLanguage: null,
    earliestDate: time?.earliest ?? null,
    targetDate: time?.mal_datum ?? null,
    orderedOn: TODAY,
    statedWishes: null,
    defaults: null,
    fixed: null,
    ...over,
  });
}

/** "Om sex veckor": the day that is meant is the måldatum. */
export function about(target: string): FollowUpTime {
  return { kind: 'om', expr: 'om en tid', target, mal_datum: target };
}

export const A_WEEK_BEFORE: FollowUpTime = { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' };

export function question(needs: readonly VisitNeed[], over: Partial<CalendarQuestion> = {}): CalendarQuestion {
  return {
    schedule: schedule(),
    needs,
    pending: new Set(),
    patientId: PATIENT,
    taken: new TakenTimes([]),
    firstDay: TODAY,
    lastDay: addDays(TODAY, 120),
    nowMs: at(`${TODAY} 07:00`),
    ...over,
  };
}

/** 'YYYY-MM-DD HH:MM' to 'HH:MM'. */
export function span(from: string, until: string): Span {
  return { startMs: at(from), endMs: at(`${from.slice(0, 10)} ${until}`) };
}

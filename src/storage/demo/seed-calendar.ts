import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { createAppointment, type NewAppointment } from '../repositories/appointments.ts';
import { createClosure, createResource, createTemplate, createVisitType } from '../repositories/calendar-setup.ts';
import { DEMO_BOOKED, DEMO_RESOURCES, DEMO_SESSIONS, DEMO_VISIT_TYPES } from './demo-calendar.ts';
import { dayFrom } from './demo-days.ts';
import type { DemoClinic } from './seed-demo.ts';

const BOOKED_DAYS = 14;
const EVERY_THIRD = 3;
const MINUTE_MS = 60_000;
const FIRST_AFTERNOON_MINUTE = 780;
const AFTERNOON_STEP_MINUTES = 45;
const HOLIDAY = { firstInDays: 21, lastInDays: 25 } as const;
const MEETING = { inDays: 8, fromMinute: 780, untilMinute: 840 } as const;

/** The ids of what was made, by its key. */
interface DemoCalendar {
  readonly resources: ReadonlyMap<string, string>;
  readonly visitTypes: ReadonlyMap<string, { readonly id: string; readonly durationMinutes: number }>;
}

/** Calendars of both units; today's visits, the booked tasks and two weeks of others in them. */
export async function seedCalendar(
  transaction: AuditedTransaction,
  clinic: DemoClinic,
  unitIds: readonly string[],
): Promise<void> {
  const calendar = await seedSetup(transaction, clinic, unitIds);
  await seedClosures(transaction, clinic, unitIds[0]!, calendar);
  await bookEncounters(transaction);
  await bookTasks(transaction, clinic, calendar);
  await bookAhead(transaction, clinic, calendar);
}

async function seedSetup(
  transaction: AuditedTransaction,
  { staff, today }: DemoClinic,
  unitIds: readonly string[],
): Promise<DemoCalendar> {
  const resources = new Map<string, string>();
  for (const { key, unit, staff: username, role = null, language = null, ...resource } of DEMO_RESOURCES) {
    const staffId = username === undefined ? null : staff.get(username)!.id;
    const made = await createResource(transaction, { ...resource, unitId: unitIds[unit]!, staffId, role, language });
    resources.set(key, made.id);
  }
  const visitTypes = new Map<string, { id: string; durationMinutes: number }>();
  for (const { key, unit, equipment = [], service = null, role = null, ...visitType } of DEMO_VISIT_TYPES) {
    const equipmentIds = equipment.map((one) => resources.get(one)!);
    const made = await createVisitType(transaction, {
      ...visitType,
      unitId: unitIds[unit]!,
      service,
      role,
      equipmentIds,
    });
    visitTypes.set(key, made);
  }
  const validFrom = dayFrom(today, -30);
  for (const { resource, weekdays, from, until, room, visitTypes: only = [], ...session } of DEMO_SESSIONS) {
    const { unit } = DEMO_RESOURCES.find(({ key }) => key === resource)!;
    for (const weekday of weekdays) {
      await createTemplate(transaction, {
        lentUntilDays: null,
        ...session,
        unitId: unitIds[unit]!,
        resourceId: resources.get(resource)!,
        weekday,
        fromMinute: minuteOf(from),
        untilMinute: minuteOf(until),
        validFrom,
        validUntil: null,
        roomId: room === undefined ? null : resources.get(room)!,
        visitTypeIds: only.map((one) => visitTypes.get(one)!.id),
      });
    }
  }
  return { resources, visitTypes };
}

async function seedClosures(
  transaction: AuditedTransaction,
  { today }: DemoClinic,
  unitId: string,
  { resources }: DemoCalendar,
): Promise<void> {
  await createClosure(transaction, {
    unitId,
    resourceId: resources.get('sandberg')!,
    firstDay: dayFrom(today, HOLIDAY.firstInDays),
    lastDay: dayFrom(today, HOLIDAY.lastInDays),
    fromMinute: null,
    untilMinute: null,
    reason: 'Semester',
  });
  const day = dayFrom(today, MEETING.inDays);
  const { fromMinute, untilMinute } = MEETING;
  const meeting = { firstDay: day, lastDay: day, fromMinute, untilMinute, reason: 'Arbetsplatsträff' };
  await createClosure(transaction, { unitId, resourceId: null, ...meeting });
}

/** Today's visits were booked once, too. */
async function bookEncounters(transaction: AuditedTransaction): Promise<void> {
  const query = sql<NewAppointment>`
    select encounters.unit_id, encounters.patient_id, encounters.id as encounter_id, encounters.starts_at,
      encounters.ends_at, resources.id as performer_id, visit_types.id as visit_type_id, visit_types.type
    from encounters
    join resources on resources.staff_id = encounters.staff_id and resources.unit_id = encounters.unit_id
    join visit_types on visit_types.unit_id = encounters.unit_id and visit_types.role = resources.role
      and visit_types.type = encounters.kind`;
  const patientOf = ({ patientId }: NewAppointment) => patientId;
  const visits = await transaction.read({ action: 'list', object: 'encounters', patientOf }, async (tables) => {
    const { rows } = await query.execute(tables);
    return rows;
  });
  for (const visit of visits) await createAppointment(transaction, { ...NO_TASK, ...visit });
}

const NO_TASK = { taskId: null, state: 'booked', reservedUntil: null, interpreterLanguage: null } as const;

/** Tasks that are booked, each on the weekday before its måldatum. */
async function bookTasks(transaction: AuditedTransaction, clinic: DemoClinic, calendar: DemoCalendar): Promise<void> {
  const tasks = await transaction.read(
    { action: 'list', object: 'admin_tasks', patientOf: ({ patientId }: { patientId: string }) => patientId },
    (tables) =>
      tables
        .selectFrom('adminTasks')
        .select(['id', 'unitId', 'patientId', 'chainId', 'type', 'service', 'targetDate'])
        .where('state', 'in', ['booked', 'called'])
        .execute(),
  );
  for (const [index, task] of tasks.entries()) {
    const isTest = task.type === 'provtagning';
    const { id: taskId, unitId, patientId, chainId, type, targetDate } = task;
    await book(transaction, calendar, {
      resource: isTest ? 'lab' : 'nordin',
      visitType: isTest ? 'prov' : 'spiro',
      day: weekdayBefore(targetDate ?? dayFrom(clinic.today, BOOKED_DAYS)),
      minute: FIRST_AFTERNOON_MINUTE + index * AFTERNOON_STEP_MINUTES,
      fields: { taskId, unitId, patientId, chainId, type },
    });
  }
}

async function bookAhead(
  transaction: AuditedTransaction,
  { today, patients }: DemoClinic,
  calendar: DemoCalendar,
): Promise<void> {
  const unitId = [...patients.values()][0]!.unitId;
  const here = [...patients.values()].filter((patient) => patient.unitId === unitId);
  let next = 0;
  for (let inDays = 1; inDays <= BOOKED_DAYS; inDays++) {
    const day = dayFrom(today, inDays);
    for (const { resource, visitType, from, count, slotMinutes, weekdays } of DEMO_BOOKED) {
      if (!weekdays.some((weekday) => weekday === weekdayOf(day))) continue;
      const { type } = DEMO_VISIT_TYPES.find(({ key }) => key === visitType)!;
      for (let slot = next % EVERY_THIRD; slot < count; slot += EVERY_THIRD) {
        // Everybody has a turn before anybody comes again, which is days later.
        const patientId = here[next++ % here.length]!.id;
        const minute = minuteOf(from) + slot * slotMinutes;
        await book(transaction, calendar, {
          resource,
          visitType,
          day,
          minute,
          fields: { unitId, patientId, type, taskId: null },
        });
      }
    }
  }
}

async function book(
  transaction: AuditedTransaction,
  { resources, visitTypes }: DemoCalendar,
  at: {
    readonly resource: string;
    readonly visitType: string;
    readonly day: string;
    /** Since midnight by the clock on the wall. */
    readonly minute: number;
    readonly fields: Pick<NewAppointment, 'unitId' | 'patientId' | 'type' | 'taskId' | 'chainId'>;
  },
): Promise<void> {
  const { id: visitTypeId, durationMinutes } = visitTypes.get(at.visitType)!;
  const startsAt = await wallTime(transaction, at.day, at.minute);
  await createAppointment(transaction, {
    ...NO_TASK,
    ...at.fields,
    encounterId: null,
    visitTypeId,
    performerId: resources.get(at.resource)!,
    startsAt,
    endsAt: new Date(startsAt.getTime() + durationMinutes * MINUTE_MS),
  });
}

async function wallTime({ plain }: AuditedTransaction, day: string, minute: number): Promise<Date> {
  const { rows } = await sql<{ instant: Date }>`
    select (${day}::date + make_interval(mins => ${minute}::int)) at time zone 'Europe/Stockholm' as instant`.execute(
    plain,
  );
  return rows[0]!.instant;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** ISO 8601: 1 is Monday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The last Monday to Friday before a day. */
function weekdayBefore(day: string): string {
  let before = dayFrom(day, -1);
  while (weekdayOf(before) > 5) before = dayFrom(before, -1);
  return before;
}

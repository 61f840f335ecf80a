import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import {
  type Appointment,
  changeAppointment,
  createAppointment,
  type NewAppointment,
} from '../repositories/appointments.ts';
import { createClosure, createResource, createTemplate, createVisitType } from '../repositories/calendar-setup.ts';
import { putWish } from '../repositories/earlier-wishes.ts';
import { DEMO_BOOKED, DEMO_RESOURCES, DEMO_SESSIONS, DEMO_VISIT_TYPES } from './demo-calendar.ts';
import { dayFrom } from './demo-days.ts';
import type { DemoClinic } from './seed-demo.ts';

const BOOKED_DAYS = 14;
const EVERY_THIRD = 3;
const MINUTE_MS = 60_000;
const HOLIDAY = { firstInDays: 21, lastInDays: 25 } as const;
/** So far ahead that whoever is offered it has time to answer. */
const FREED_AFTER_MS = 4 * 86_400_000;
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
  const booked = await bookAhead(transaction, clinic, calendar, unitIds);
  const ofDoctor = booked.filter(({ performerId }) => performerId === calendar.resources.get('lind'));
  await freeOne(transaction, clinic, ofDoctor);
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

/** Who does what of the booked tasks, on afternoons that are theirs; no two of a type have their måldatum together. */
const BOOKED_AS = {
  provtagning: { resource: 'lab', visitType: 'prov', minute: 780 },
  undersokning: { resource: 'nordin', visitType: 'spiro', minute: 840 },
  aterbesok: { resource: 'lind', visitType: 'ater', minute: 840 },
} as const;
/** ISO 8601: Monday and Tuesday. */
const AFTERNOONS: readonly number[] = [1, 2];

/** Tasks that are booked, each on the last of those afternoons before its måldatum. */
async function bookTasks(transaction: AuditedTransaction, clinic: DemoClinic, calendar: DemoCalendar): Promise<void> {
  const tasks = await transaction.read(
    { action: 'list', object: 'admin_tasks', patientOf: ({ patientId }: { patientId: string }) => patientId },
    (tables) =>
      tables
        .selectFrom('adminTasks')
        .select(['id', 'unitId', 'patientId', 'chainId', 'type', 'targetDate'])
        .where('state', 'in', ['booked', 'called'])
        .execute(),
  );
  for (const { id: taskId, unitId, patientId, chainId, type, targetDate } of tasks) {
    await book(transaction, calendar, {
      ...BOOKED_AS[type as keyof typeof BOOKED_AS],
      day: afternoonBefore(targetDate ?? dayFrom(clinic.today, BOOKED_DAYS)),
      fields: { taskId, unitId, patientId, chainId, type },
    });
  }
}

async function bookAhead(
  transaction: AuditedTransaction,
  { today, patients }: DemoClinic,
  calendar: DemoCalendar,
  unitIds: readonly string[],
): Promise<Appointment[]> {
  const booked: Appointment[] = [];
  const next = unitIds.map(() => 0);
  for (let inDays = 1; inDays <= BOOKED_DAYS; inDays++) {
    const day = dayFrom(today, inDays);
    for (const { resource, visitType, from, count, slotMinutes, weekdays } of DEMO_BOOKED) {
      if (!weekdays.some((weekday) => weekday === weekdayOf(day))) continue;
      const { type, unit } = DEMO_VISIT_TYPES.find(({ key }) => key === visitType)!;
      const unitId = unitIds[unit]!;
      const here = [...patients.values()].filter((patient) => patient.unitId === unitId);
      for (let slot = next[unit]! % EVERY_THIRD; slot < count; slot += EVERY_THIRD) {
        // Everybody has a turn before anybody comes again, which is days later.
        const patientId = here[next[unit]! % here.length]!.id;
        next[unit]! += 1;
        const minute = minuteOf(from) + slot * slotMinutes;
        const fields = { unitId, patientId, type, taskId: null };
        booked.push(await book(transaction, calendar, { resource, visitType, day, minute, fields }));
      }
    }
  }
  return booked;
}

/** Somebody wants to come earlier, and somebody else gives a time up: it is offered as soon as the server runs. */
async function freeOne(
  transaction: AuditedTransaction,
  { staff }: DemoClinic,
  booked: readonly Appointment[],
): Promise<void> {
  const late = booked.at(-1)!;
  const soonMs = Date.now() + FREED_AFTER_MS;
  const freed = booked.find(({ patientId, startsAt }) => patientId !== late.patientId && startsAt.getTime() > soonMs);
  if (freed === undefined || freed === late) return;
  await putWish(transaction, late, { notBefore: null, noticeHours: 24, askedBy: staff.get('oberg')!.id });
  await changeAppointment(transaction, freed, {
    state: 'cancelled',
    cancelReason: 'patient',
    cancelNote: 'Är bortrest',
  });
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
): Promise<Appointment> {
  const { id: visitTypeId, durationMinutes } = visitTypes.get(at.visitType)!;
  const startsAt = await wallTime(transaction, at.day, at.minute);
  return createAppointment(transaction, {
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

function afternoonBefore(day: string): string {
  let before = dayFrom(day, -1);
  while (!AFTERNOONS.includes(weekdayOf(before))) before = dayFrom(before, -1);
  return before;
}

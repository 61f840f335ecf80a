import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bookTimes } from '../../src/appointments/book.ts';
import { findTimes } from '../../src/appointments/find.ts';
import { declareSickDay } from '../../src/appointments/sick-day.ts';
import { type PlannedVisit, planSickDay } from '../../src/appointments/sick-day-plan.ts';
import { giveBackVisit, moveVisit } from '../../src/appointments/sick-day-settle.ts';
import { wishesIn } from '../../src/booking/wishes.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { LocalDate } from '../../src/followup/calendar/local-date.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, claimTask, createTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentById } from '../../src/storage/repositories/appointments.ts';
import { createResource, createTemplate } from '../../src/storage/repositories/calendar-setup.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { endSickDay, type StoredSickDay, sickDayVisits } from '../../src/storage/repositories/sick-days.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import {
  type Clinic,
  CONTEXT,
  confirmAndSign,
  madeUpNumber,
  newFollowUp,
  plantClinic,
  plantDraft,
  WORKER,
} from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, NOW_MS } from './planted-chain.ts';

const SICK_DAY = '2026-04-14' as LocalDate;

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  // Two times a day for the doctor, four for the laboratory.
  calendar = await plantCalendar(database.storage, clinic, { fromMinute: 480, untilMinute: 540 });
});

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  asAdministrator(database.storage, clinic, work);

const visitBy = (latest: string, more: Partial<FollowUpRequest> = {}): FollowUpRequest => ({
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'inom', expr: 'inom', earliest: '2026-04-13', latest, mal_datum: latest },
  ...more,
});
const LAB_BEFORE: FollowUpRequest = {
  id: 'R2',
  type: 'provtagning',
  before: 'R1',
  time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' },
};

/** A patient of one's own, with tasks that are booked at times on the wall in April: "04-14 08:00". */
async function plantBooked(
  requests: readonly FollowUpRequest[],
  times: readonly string[],
  { practitionerId = null }: { practitionerId?: string | null } = {},
): Promise<{ tasks: AdminTask[]; made: Appointment[]; patientId: string }> {
  const { storage } = database;
  const { id: patientId } = await booking((transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Sjuk',
    }),
  );
  const chainId = randomUUID();
  const followUps = requests.map((fields) => newFollowUp({ fields, chainId, requestKey: fields.id }));
  const { note } = await plantDraft(storage, { ...clinic, patientId }, followUps);
  const made = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) => confirmAndSign(transaction, note.id));
  const tasks = await storage.withAudit(WORKER, CONTEXT, async (transaction) => {
    const created: AdminTask[] = [];
    for (const { id } of requests) {
      const request = made.find(({ fields }) => fields.id === id)!;
      const resolved = { role: request.fields.role ?? null, practitionerId };
      created.push((await createTask(transaction, request, resolved)).task);
    }
    return created;
  });
  const appointments = await booking(async (transaction) => {
    const { task } = await claimTask(transaction, tasks[0]!.id);
    const chosen = tasks.map(({ id, type }, at) => ({
      taskId: id,
      performerId: type === 'provtagning' ? calendar.labId : calendar.doctorId,
      startMs: onTheWall(times[at]!),
    }));
    return bookTimes(transaction, { taskId: task.id, version: task.version }, { times: chosen, givesUp: [] }, NOW_MS);
  });
  return { tasks, made: appointments, patientId };
}

const onTheWall = (when: string) => Date.parse(`2026-${when.replace(' ', 'T')}:00+02:00`);
const wall = (at: Date | number) => new Date(+at + 2 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

async function plantColleague(): Promise<string> {
  const { storage } = database;
  const { unitId } = clinic;
  const person = { username: randomUUID(), givenName: 'Test', familyName: 'Kollega', accountRoles: [] };
  const { id: staffId } = await createStaff(storage.plain, person, [unitId]);
  return booking(async (transaction) => {
    const resource = {
      unitId,
      kind: 'person',
      staffId,
      name: 'Oskar Kollega',
      role: 'lakare',
      language: null,
    } as const;
    const { id: resourceId } = await createResource(transaction, resource);
    for (const weekday of [1, 2, 3, 4, 5]) {
      const morning = { unitId, resourceId, weekday, fromMinute: 480, untilMinute: 540, slotMinutes: 30 };
      const open = { validFrom: '2026-01-01', validUntil: null, lentUntilDays: null, roomId: null };
      await createTemplate(transaction, { ...morning, ...open });
    }
    return resourceId;
  });
}

function declare(lastDay: string = SICK_DAY, firstDay: string = SICK_DAY): Promise<StoredSickDay> {
  const days = { firstDay: firstDay as LocalDate, lastDay: lastDay as LocalDate };
  return booking((transaction) =>
    declareSickDay(transaction, { unitId: clinic.unitId, resourceId: calendar.doctorId, ...days }, NOW_MS),
  );
}

const planOf = (sickDay: StoredSickDay) => booking((transaction) => planSickDay(transaction, sickDay, NOW_MS));

/** Where each visit is proposed to go, in the order of the day. */
function proposed(planned: readonly PlannedVisit[]): (readonly string[] | null)[] {
  return planned.map(({ search }) => search?.best?.placement.visits.map(({ startMs }) => wall(startMs)) ?? null);
}

/** What somebody sends who accepts a proposal. */
function accepted({ visit, search }: PlannedVisit) {
  const { placement, subject } = search!.best!;
  const times = placement.visits.map(({ fit, performerId, startMs }) => ({
    appointmentId: subject.moving.get(fit.need.taskId)!.id,
    performerId,
    startMs,
  }));
  return {
    seen: { sickDayId: visit.sickDayId, visitId: visit.id, version: visit.version },
    move: { times, givesUp: [] },
  };
}

const statesOf = async (sickDay: StoredSickDay) =>
  (await booking((transaction) => sickDayVisits(transaction, sickDay.id))).map(({ state }) => state);

describe('the visits of a sick day', () => {
  test('are proposed to the same person later, each time to one, and the first times to who has the least slack', async () => {
    await plantBooked([visitBy('2026-05-29')], ['04-14 08:00']);
    await plantBooked([visitBy('2026-04-15')], ['04-14 08:30']);
    // One of the two times of the day before is taken: of what is left the urgent one gets the nearest.
    await booking((transaction) =>
      bookHour(transaction, clinic, calendar, '2026-04-13T06:00:00Z', { patientId: clinic.patientId }),
    );
    await plantColleague();
    const planned = await planOf(await declare());
    const times = proposed(planned).flat();
    expect(new Set(times).size).toBe(2);
    expect(planned.map(({ slackWorkingDays }) => slackWorkingDays! > 20)).toEqual([true, true]);
    expect(planned[1]!.search!.best!.placement.visits[0]!.date <= '2026-04-15').toBe(true);
    expect(planned.every(({ search }) => search!.best!.placement.visits[0]!.performerId === calendar.doctorId)).toBe(
      true,
    );
  });

  test('go to a colleague of the same profession where the person is away past måldatum', async () => {
    await plantBooked([visitBy('2026-04-17')], ['04-14 08:00']);
    const colleagueId = await plantColleague();
    const [planned] = await planOf(await declare('2026-04-17', '2026-04-13'));
    expect(planned!.search!.best!.placement.visits.map(({ performerId }) => performerId)).toEqual([colleagueId]);
  });

  test('stay with a person who was named: a colleague, or past måldatum, is what somebody gives up knowingly', async () => {
    await plantBooked([visitBy('2026-04-17')], ['04-14 08:00'], { practitionerId: clinic.doctor.id });
    await plantColleague();
    const [planned] = await planOf(await declare('2026-04-17', '2026-04-13'));
    expect(planned!.search).toMatchObject({ best: null, problem: null });
    expect(wishesIn(planned!.search!.alternative!.placement.givesUp)).toEqual(['person']);
  });

  test('keep their chain: the test stays where it still goes with the visit, and else moves along', async () => {
    await plantBooked([visitBy('2026-05-29'), LAB_BEFORE], ['04-21 08:00', '04-14 08:00']);
    const near = await declare('2026-04-21', '2026-04-21');
    expect(proposed(await planOf(near))).toEqual([['04-20 08:00']]);
    await booking((transaction) => endSickDay(transaction, near, new Date(NOW_MS)));
    const long = await declare('2026-05-08', '2026-04-13');
    const [together] = proposed(await planOf(long));
    expect(together).toHaveLength(2);
    expect(together![1]! >= '05-11').toBe(true);
    expect(+new Date(`2026-${together![1]!}`) - +new Date(`2026-${together![0]!}`)).toBe(7 * 86_400_000);
  });

  test('of one chain that both lie in it are settled together', async () => {
    const second = visitBy('2026-05-29', { id: 'R3', same_day: 'R1', time: { kind: 'relativ', expr: 'samma dag' } });
    await plantBooked([visitBy('2026-05-29'), second], ['04-14 08:00', '04-14 08:30']);
    const sickDay = await declare();
    const planned = await planOf(sickDay);
    const first = planned.find(({ search }) => search !== null)!;
    expect(planned.filter(({ together }) => together === first.visit.id)).toHaveLength(1);
    const { seen, move } = accepted(first);
    expect(move.times).toHaveLength(2);
    await booking((transaction) => moveVisit(transaction, seen, move, NOW_MS));
    expect(await statesOf(sickDay)).toEqual(['moved', 'moved']);
  });

  test('without a task move as well, and are cancelled where they cannot', async () => {
    const ids = await booking(async (transaction) => [
      (await bookHour(transaction, clinic, calendar, '2026-04-14T06:00:00Z')).id,
    ]);
    const sickDay = await declare();
    const [planned] = await planOf(sickDay);
    // An hour, as it was: both of the day's times.
    expect(proposed([planned!])).toEqual([['04-13 08:00']]);
    const { seen, move } = accepted(planned!);
    await booking((transaction) => moveVisit(transaction, seen, move, NOW_MS));
    expect(wall((await booking((transaction) => appointmentById(transaction, ids[0]!))).startsAt)).toBe('04-13 08:00');
    await booking((transaction) => endSickDay(transaction, sickDay, new Date(NOW_MS)));

    const again = await declare('2026-04-13', '2026-04-13');
    const [line] = await booking((transaction) => sickDayVisits(transaction, again.id));
    const seenAgain = { sickDayId: again.id, visitId: line!.id, version: line!.version };
    await booking((transaction) => giveBackVisit(transaction, seenAgain, null));
    expect(await statesOf(again)).toEqual(['cancelled']);
  });
});

describe('settling a visit', () => {
  test('is whole or not at all: one that is cut off is open as before, and done once when it is done again', async () => {
    const { made } = await plantBooked([visitBy('2026-05-29')], ['04-14 08:00']);
    const sickDay = await declare();
    const [planned] = await planOf(sickDay);
    const { seen, move } = accepted(planned!);
    const killed = booking(async (transaction) => {
      await moveVisit(transaction, seen, move, NOW_MS);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await statesOf(sickDay)).toEqual(['open']);
    const repeated = await Promise.allSettled(
      [1, 2, 3].map(() => booking((transaction) => moveVisit(transaction, seen, move, NOW_MS))),
    );
    expect(repeated.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const late = booking((transaction) => moveVisit(transaction, seen, move, NOW_MS));
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
    const { rows } = await database.owner.query(
      "select count(*)::integer as moved from appointment_steps where appointment_id = $1 and step = 'moved'",
      [made[0]!.id],
    );
    expect(rows).toEqual([{ moved: 1 }]);
  });

  test('by giving it back makes its task new, with what hung on it cancelled', async () => {
    const { tasks } = await plantBooked([visitBy('2026-05-29'), LAB_BEFORE], ['04-21 08:00', '04-14 08:00']);
    const sickDay = await declare('2026-04-21', '2026-04-21');
    const [line] = await booking((transaction) => sickDayVisits(transaction, sickDay.id));
    const seen = { sickDayId: sickDay.id, visitId: line!.id, version: line!.version };
    const cancelled = await booking((transaction) => giveBackVisit(transaction, seen, null));
    expect(cancelled.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(await statesOf(sickDay)).toEqual(['requeued']);
    for (const { id } of tasks) expect((await booking((one) => taskById(one, id))).state).toBe('new');
  });

  test('leaves what somebody moved meanwhile to whoever did it', async () => {
    const { made } = await plantBooked([visitBy('2026-05-29')], ['04-14 08:00']);
    const sickDay = await declare();
    const [planned] = await planOf(sickDay);
    await database.owner.query('begin');
    await database.owner.query(
      `select set_config('taltid.actor_kind', 'staff', true), set_config('taltid.actor_id', 'x', true),
         set_config('taltid.purpose', 'booking', true), set_config('taltid.request_id', 'sql', true)`,
    );
    await database.owner.query(
      "update appointments set starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days' where id = $1",
      [made[0]!.id],
    );
    await database.owner.query('commit');
    const { seen, move } = accepted(planned!);
    await expect(booking((transaction) => moveVisit(transaction, seen, move, NOW_MS))).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
      got: 'one that was changed elsewhere',
    });
    expect(proposed(await planOf(sickDay))).toEqual([null]);
  });
});

test('a calendar that is shut offers nothing until it is opened again, and is shut once', async () => {
  const { tasks } = await plantBooked([visitBy('2026-04-14')], ['04-13 08:00']);
  const sickDay = await declare();
  await expect(declare()).rejects.toMatchObject({ code: 'TIME_TAKEN' });
  const freeOnSickDay = async () => {
    const { proposals } = await booking((transaction) => findTimes(transaction, other.tasks[0]!.id, NOW_MS));
    return proposals.some(({ visits }) => visits[0]!.date === SICK_DAY);
  };
  const other = await plantBooked([visitBy('2026-05-29')], ['04-13 08:30']);
  await booking(async (transaction) => {
    const { id: sickDayId } = await declareSickDay(
      transaction,
      {
        unitId: clinic.unitId,
        resourceId: calendar.doctorId,
        firstDay: '2026-04-13' as LocalDate,
        lastDay: '2026-04-13' as LocalDate,
      },
      NOW_MS,
    );
    for (const { id: visitId, version } of await sickDayVisits(transaction, sickDayId)) {
      await giveBackVisit(transaction, { sickDayId, visitId, version }, null);
    }
  });
  expect(await freeOnSickDay()).toBe(false);
  await booking((transaction) => endSickDay(transaction, sickDay, new Date(NOW_MS)));
  expect(await freeOnSickDay()).toBe(true);
  expect((await booking((transaction) => taskById(transaction, tasks[0]!.id))).state).toBe('new');
});

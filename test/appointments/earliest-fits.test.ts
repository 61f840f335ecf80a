import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookTimes, reserveTimes } from '../../src/appointments/book.ts';
import { DEFAULT_FIT_LIMITS, type FitLimits, refreshEarliestFits } from '../../src/appointments/earliest-fits.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { claimTask } from '../../src/storage/repositories/admin-tasks.ts';
import { changeAppointment } from '../../src/storage/repositories/appointments.ts';
import { createTemplate, deleteTemplate, listTemplates } from '../../src/storage/repositories/calendar-setup.ts';
import { type Clinic, CONTEXT, plantClinic, plantTask, REVISIT, WORKER } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, LAB, NOW_MS, plantChain, VISIT } from './planted-chain.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
/** Mornings of weekdays, half hours from 8 to 12. */
beforeEach(async () => {
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
});

const AT_ONCE: FitLimits = { ...DEFAULT_FIT_LIMITS, againAfterMs: 0, lateCommitMs: 0 };

function refresh(limits: Partial<FitLimits> = {}, nowMs = NOW_MS): Promise<number> {
  return refreshEarliestFits((work) => database.storage.withAudit(WORKER, CONTEXT, work), new Date(nowMs), {
    ...AT_ONCE,
    ...limits,
  });
}

async function fitOf(taskId: string): Promise<{ on: string | null; slack: number | null; version: number }> {
  const { rows } = await database.owner.query(
    'select fit_on::text as on, fit_slack as slack, version from admin_tasks where id = $1',
    [taskId],
  );
  return rows[0];
}

/** Meant for so early a day that the whole of March will do. */
function within(target: string, more: Partial<FollowUpRequest> = {}): FollowUpRequest {
  return {
    ...REVISIT,
    ...more,
    time: { kind: 'inom', expr: 'inom en månad', mal_datum: target },
  };
}

/** Every time of the doctor's from 8 to 12 on a day. */
async function fillMorning(day: string, over: { state?: 'booked' | 'reserved'; reservedUntil?: Date } = {}) {
  const made = [];
  for (const hour of ['08', '09', '10', '11']) {
    made.push(
      await asAdministrator(database.storage, clinic, (transaction) =>
        bookHour(transaction, clinic, calendar, `${day}T${hour}:00:00+01:00`, over),
      ),
    );
  }
  return made;
}

const plant = (fields: FollowUpRequest) => plantTask(database.storage, clinic, fields).then(({ task }) => task);

async function count(sql: string): Promise<number> {
  const { rows } = await database.owner.query<{ count: number }>(`select count(*)::int as count from ${sql}`);
  return rows[0]!.count;
}

test('slack counts from the first day with a free time, and a time that is booked away makes it less', async () => {
  const { id } = await plant(within('2026-03-17'));
  await refresh();
  // Tuesday the 10th to Tuesday the 17th.
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-10', slack: 5 });
  await fillMorning('2026-03-10');
  await refresh();
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-11', slack: 4 });
});

test('a time that is cancelled or moved away gives its slack back', async () => {
  const { id } = await plant(within('2026-03-17'));
  await fillMorning('2026-03-10');
  const [taken] = await fillMorning('2026-03-11');
  await refresh();
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-12', slack: 3 });
  await asAdministrator(database.storage, clinic, (transaction) =>
    changeAppointment(transaction, taken!, {
      startsAt: new Date('2026-03-20T08:00:00+01:00'),
      endsAt: new Date('2026-03-20T09:00:00+01:00'),
      moveReason: 'patient',
    }),
  );
  await refresh();
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-11', slack: 4 });
});

test('where nothing is free before måldatum the slack is negative, and the first day after it is told', async () => {
  const { id } = await plant(within('2026-03-11'));
  for (const day of ['2026-03-10', '2026-03-11', '2026-03-12']) await fillMorning(day);
  await refresh();
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-13', slack: -2 });
});

test('where nothing is free for months it is said so, and new times are found at once', async () => {
  await closeEverything();
  const { id } = await plant(within('2026-03-17'));
  await refresh();
  const fit = await fitOf(id);
  expect(fit.on).toBeNull();
  expect(fit.slack).toBeLessThan(-20);
  await asAdministrator(database.storage, clinic, (transaction) =>
    createTemplate(transaction, {
      unitId: clinic.unitId,
      resourceId: calendar.doctorId,
      weekday: 4,
      fromMinute: 480,
      untilMinute: 540,
      slotMinutes: 30,
      validFrom: '2026-03-12',
      validUntil: '2026-03-12',
      roomId: null,
      lentUntilDays: null,
    }),
  );
  await refresh();
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-12', slack: 3 });
});

async function closeEverything(): Promise<void> {
  await asAdministrator(database.storage, clinic, async (transaction) => {
    for (const { id, version } of await listTemplates(transaction, { unitId: clinic.unitId })) {
      await deleteTemplate(transaction, { id, version });
    }
  });
}

test('a visit and the test before it each have their day, as they go together', async () => {
  const [visit, lab] = await plantChain(database.storage, clinic, [
    VISIT,
    { ...LAB, time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W', mal_datum: '2026-04-14' } },
  ]);
  await refresh();
  const fit = await fitOf(visit!.id);
  // "Om sex veckor" is not next week.
  expect(fit.on! > '2026-03-31').toBe(true);
  expect(fit.on! <= '2026-04-21').toBe(true);
  const { on: labOn } = await fitOf(lab!.id);
  expect(labOn).not.toBeNull();
  expect(labOn! < fit.on!).toBe(true);
});

test('what nobody at the unit does has no earliest time, and its slack counts from today', async () => {
  const { id } = await plant(within('2026-03-17', { type: 'rontgen' }));
  await refresh();
  expect(await fitOf(id)).toMatchObject({ on: null, slack: null });
  expect(await refresh()).toBe(0);
});

test('another time is no change of the task: no version, no line of a change, no event', async () => {
  const { id, version } = await plant(within('2026-03-17'));
  const events = await count('events');
  await refresh();
  expect((await fitOf(id)).version).toBe(version);
  expect(await count('events')).toBe(events);
  expect(await count(`audit_events where action = 'update' and object_kind = 'admin_tasks'`)).toBe(0);
});

test('whatever else is written with it is a change, and refused', async () => {
  const { id } = await plant(within('2026-03-17'));
  const together = (columns: string) =>
    asAdministrator(database.storage, clinic, ({ ofUnits }) =>
      sql`update admin_tasks set fit_slack = 1, ${sql.raw(columns)} where id = ${id}`.execute(ofUnits),
    );
  for (const columns of [`role = 'usk'`, `needs = '{rullstol}'`, `state = 'cancelled', cancel_reason = 'other'`]) {
    await expect(together(columns)).rejects.toMatchObject({ code: expect.stringMatching(/./) });
  }
  expect(await fitOf(id)).toMatchObject({ slack: null, version: 1 });
});

test('whose tasks were looked at stands in the log: two lines at most for all of a batch', async () => {
  for (let number = 0; number < 5; number += 1) await plant(within('2026-03-17'));
  const before = await count('audit_events');
  expect(await refresh()).toBe(5);
  const { rows } = await database.owner.query(
    `select actor_id, action, object_kind, patient_ids from audit_events where id > (
       select max(id) - $1 from audit_events)`,
    [(await count('audit_events')) - before],
  );
  expect(rows).toEqual([
    { actor_id: 'booking-worker', action: 'list', object_kind: 'admin_tasks', patient_ids: [clinic.patientId] },
  ]);
});

test('a round looks at so many and no more; units take turns, and in each the least slack goes first', async () => {
  const other = await plantClinic(database.storage, 'Liten');
  await plantCalendar(database.storage, other);
  const busy = [];
  for (const day of ['20', '19', '18', '17', '16', '13']) busy.push(await plant(within(`2026-03-${day}`)));
  const { task: lone } = await plantTask(database.storage, other, within('2026-06-12'));
  while ((await refresh()) > 0);
  await database.owner.query(`update earliest_fits set is_stale = true`);
  const looked = async () => {
    const { rows } = await database.owner.query<{ id: string }>(
      'select task_id as id from earliest_fits where not is_stale',
    );
    return new Set(rows.map(({ id }) => id));
  };
  expect(await refresh({ tasksARound: 4 })).toBe(4);
  expect(await looked()).toEqual(new Set([lone.id, busy[5]!.id, busy[4]!.id, busy[3]!.id]));
  expect(await refresh({ tasksARound: 4 })).toBe(3);
});

test('a task is not looked at again at once, however much changes', async () => {
  const { id } = await plant(within('2026-03-17'));
  await refresh();
  await fillMorning('2026-03-10');
  expect(await refresh({ againAfterMs: 60_000 })).toBe(0);
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-10' });
  expect(await refresh()).toBe(1);
});

test('what is taken on other days than those found changes nothing, and each is looked at anew every day', async () => {
  await plant(within('2026-03-17'));
  await refresh();
  await database.owner.query(`update earliest_fits set computed_at = now() - interval '1 minute'`);
  await fillMorning('2026-03-16');
  expect(await refresh()).toBe(0);
  await database.owner.query(`update earliest_fits set computed_at = '2026-03-09T12:00:00Z'`);
  expect(await refresh()).toBe(1);
});

test('what is lost in the middle of a round is found by the next', async () => {
  const { id } = await plant(within('2026-03-17'));
  let transactions = 0;
  const dying = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
    database.storage.withAudit(WORKER, CONTEXT, async (transaction) => {
      const result = await work(transaction);
      transactions += 1;
      if (transactions === 3) throw new Error('killed');
      return result;
    });
  await expect(refreshEarliestFits(dying, new Date(NOW_MS), AT_ONCE)).rejects.toThrow('killed');
  expect(await fitOf(id)).toMatchObject({ on: null, slack: null });
  expect(await refresh()).toBe(1);
  expect(await fitOf(id)).toMatchObject({ on: '2026-03-10', slack: 5 });
});

test('neither waits: a booking for the search, nor the search for a booking', async () => {
  const held = await plant(within('2026-03-17'));
  const free = await plant(within('2026-03-18'));
  await database.owner.query('begin');
  await database.owner.query('select from admin_tasks where id = $1 for no key update', [held.id]);
  expect(await refresh()).toBe(2);
  expect(await fitOf(free.id)).toMatchObject({ on: '2026-03-10' });
  expect(await fitOf(held.id)).toMatchObject({ on: null, slack: null });
  await database.owner.query('rollback');
  expect(await refresh()).toBe(1);
  expect(await fitOf(held.id)).toMatchObject({ on: '2026-03-10' });
});

test('a time that somebody holds for a task leaves its slack alone, and a booked task has none', async () => {
  const task = await plant(within('2026-03-17'));
  await refresh();
  const { task: claimed } = await asAdministrator(database.storage, clinic, (transaction) =>
    claimTask(transaction, task.id),
  );
  const seen = { taskId: task.id, version: claimed.version };
  const startMs = Date.parse('2026-03-10T08:00:00+01:00');
  const choice = { times: [{ taskId: task.id, performerId: calendar.doctorId, startMs }], givesUp: [] };
  await asAdministrator(database.storage, clinic, (transaction) => reserveTimes(transaction, seen, choice, NOW_MS));
  expect(await refresh()).toBe(0);
  expect(await fitOf(task.id)).toMatchObject({ on: '2026-03-10', slack: 5 });
  await asAdministrator(database.storage, clinic, (transaction) => bookTimes(transaction, seen, choice, NOW_MS));
  expect(await fitOf(task.id)).toMatchObject({ on: null, slack: null });
  await refresh();
  expect(await count('earliest_fits')).toBe(0);
});

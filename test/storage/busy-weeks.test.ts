import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { cancelAppointment, changeAppointment, moveAppointments } from '../../src/storage/repositories/appointments.ts';
import { takenTimes } from '../../src/storage/repositories/taken-times.ts';
import { type Clinic, CONTEXT, plantClinic } from './clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from './planted-calendar.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
});
afterAll(() => cluster.close());

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  database.storage.withAudit(clinic.administrator, CONTEXT, work);

/** Weeks in which what is gathered is not what is taken. */
async function wrongWeeks() {
  const { rows } = await database.owner.query(
    `select coalesce(busy.whose, taken.whose) as whose, busy.minutes, taken.week
     from busy_weeks as busy
     full join (
       select distinct whose, week from taken_times
       cross join lateral generate_series(week_of(lower(during)), week_of(upper(during) - interval '1 microsecond')) as week
       where lapses_at is null
     ) as taken using (whose, week)
     where busy.minutes is distinct from gathered_minutes(coalesce(busy.whose, taken.whose), week)`,
  );
  return rows;
}

const doctorsTimes = (apartFrom: readonly string[] = []) =>
  booking(async (transaction) => {
    const { doctorId } = calendar;
    const between = { from: new Date('2026-04-19T00:00:00Z'), to: new Date('2026-04-28T00:00:00Z') };
    const [of] = await takenTimes(transaction, { resourceIds: [doctorId], patientId: null }, between, apartFrom);
    const { taken = [], freed = [] } = of?.[1]() ?? {};
    const told = (spans: typeof taken) =>
      spans.map(
        ({ startMs, endMs }) => `${new Date(startMs).toISOString().slice(5, 16)} ${(endMs - startMs) / 60_000}`,
      );
    return { taken: told(taken), freed: told(freed) };
  });

test('what is gathered by week is what is taken, whatever happens to appointments', async () => {
  const at = (when: string, over = {}) => booking((transaction) => bookHour(transaction, clinic, calendar, when, over));
  const first = await at('2026-04-21T07:00:00Z');
  const second = await at('2026-04-21T08:00:00Z', { otherResourceIds: [calendar.roomId] });
  // From one week into the next.
  await at('2026-04-19T23:30:00Z');
  await at('2026-04-22T07:00:00Z');
  expect(await wrongWeeks()).toEqual([]);
  expect(await doctorsTimes()).toEqual({
    taken: ['04-19T23:30 30', '04-20T00:00 30', '04-21T07:00 120', '04-22T07:00 60'],
    freed: [],
  });
  expect((await doctorsTimes([first.id])).freed).toEqual(['04-21T07:00 60']);

  const timeOf = ({ startsAt, endsAt, performerId, givesUp }: typeof first, to: typeof first) => ({
    ...{ startsAt, endsAt, performerId, givesUp },
    otherResourceIds: to.otherResourceIds,
  });
  await booking((transaction) =>
    moveAppointments(transaction, [
      { appointment: first, to: timeOf(second, first) },
      { appointment: second, to: timeOf(first, second) },
    ]),
  );
  expect(await wrongWeeks()).toEqual([]);

  await booking((transaction) =>
    cancelAppointment(transaction, { id: second.id, version: 2 }, { reason: 'patient', note: null }),
  );
  expect(await wrongWeeks()).toEqual([]);
  expect((await doctorsTimes()).taken).toEqual([
    '04-19T23:30 30',
    '04-20T00:00 30',
    '04-21T08:00 60',
    '04-22T07:00 60',
  ]);
});

test('a reservation is taken until it lapses, is booked or let go, and never gathered before', async () => {
  const reserve = (when: string, ms: number) =>
    booking((transaction) =>
      bookHour(transaction, clinic, calendar, when, { state: 'reserved', reservedUntil: new Date(Date.now() + ms) }),
    );
  const before = (await doctorsTimes()).taken;
  const held = await reserve('2026-04-23T07:00:00Z', 600_000);
  const lapsed = await reserve('2026-04-24T07:00:00Z', -1_000);
  expect((await doctorsTimes()).taken).toEqual([...before, '04-23T07:00 60']);
  expect((await doctorsTimes([held.id])).taken).toEqual(before);
  expect(await wrongWeeks()).toEqual([]);
  await booking((transaction) => changeAppointment(transaction, held, { state: 'booked', reservedUntil: null }));
  await booking((transaction) => changeAppointment(transaction, lapsed, { state: 'lapsed', reservedUntil: null }));
  expect((await doctorsTimes()).taken).toEqual([...before, '04-23T07:00 60']);
  expect(await wrongWeeks()).toEqual([]);
});

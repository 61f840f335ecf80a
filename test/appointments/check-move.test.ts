import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bookTimes } from '../../src/appointments/book.ts';
import { checkMove, timesToMoveTo } from '../../src/appointments/check-move.ts';
import { moveAppointment } from '../../src/appointments/move.ts';
import { parseLocalDate } from '../../src/followup/calendar/local-date.ts';
import { type Appointment, appointmentById } from '../../src/storage/repositories/appointments.ts';
import { createClosure } from '../../src/storage/repositories/calendar-setup.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, NOW_MS, plantChain } from './planted-chain.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let visit: Appointment;
let lab: Appointment;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
  const [first, second] = await plantChain(database.storage, clinic);
  const times = [
    { taskId: first!.id, performerId: calendar.doctorId, startMs: ms('2026-04-21 08:00') },
    { taskId: second!.id, performerId: calendar.labId, startMs: ms('2026-04-14 08:00') },
  ];
  const seen = { taskId: first!.id, version: first!.version };
  const booked = await run((transaction) => bookTimes(transaction, seen, { times, givesUp: [] }, NOW_MS));
  visit = booked.find(({ type }) => type === 'aterbesok')!;
  lab = booked.find(({ type }) => type === 'provtagning')!;
});

/** By the clock of April, two hours ahead of UTC. */
const ms = (when: string) => Date.parse(`${when.replace(' ', 'T')}:00+02:00`);

const run: <Result>(work: Parameters<typeof asAdministrator<Result>>[2]) => Promise<Result> = (work) =>
  asAdministrator(database.storage, clinic, work);

const check = (when: string, performerId = calendar.doctorId, id = visit.id) =>
  run((transaction) => checkMove(transaction, id, { performerId, startMs: ms(when) }, NOW_MS));

async function problemOf(when: string, performerId?: string): Promise<string> {
  const checked = await check(when, performerId);
  return 'problem' in checked ? checked.problem : 'none';
}

describe('what a move would mean', () => {
  test('is told with what comes along, names what it takes to do it, and moves nothing', async () => {
    const checked = await check('2026-05-05 08:00');
    if ('problem' in checked) throw new Error(checked.problem);
    expect(checked.visits.map(({ appointment }) => appointment.id)).toEqual([lab.id, visit.id]);
    expect(checked.givesUp.map(({ words }) => words)).toEqual([
      'Återbesök läkare efter måldatum tis 21 april: fråga den som ordinerat',
    ]);
    const before = await run((transaction) => appointmentById(transaction, visit.id));
    expect(before).toMatchObject({ startsAt: visit.startsAt, version: visit.version });

    const { performerId, startMs } = { performerId: calendar.doctorId, startMs: ms('2026-05-05 08:00') };
    const givesUp = checked.givesUp.map(({ wish }) => wish);
    const moved = await run((transaction) =>
      moveAppointment(transaction, visit, { performerId, startMs, givesUp }, NOW_MS),
    );
    expect(moved.map(({ startsAt }) => startsAt.getTime()).sort()).toEqual(
      checked.visits.map(({ visit: { startMs: at } }) => at),
    );
  });

  test('is nothing but the move where everything is fulfilled', async () => {
    expect(await check('2026-04-20 09:00')).toMatchObject({ givesUp: [], visits: [{ appointment: { id: visit.id } }] });
  });
});

describe('why a visit cannot be somewhere is said in words:', () => {
  test('who does not do it, who is not there, what has been', async () => {
    expect(await problemOf('2026-04-20 08:00', calendar.labId)).toBe('Laboratoriet gör inte Återbesök läkare.');
    expect(await problemOf('2026-04-20 15:00')).toBe('Elin Lind har ingen tid då.');
    expect(await problemOf('2026-03-09 08:00')).toBe('Tiden har redan varit.');
  });

  test('who is away, and who is with somebody else', async () => {
    const day = { firstDay: '2026-04-20', lastDay: '2026-04-20', fromMinute: null, untilMinute: null };
    const { unitId } = clinic;
    await run((transaction) =>
      createClosure(transaction, { unitId, resourceId: calendar.doctorId, ...day, reason: 'Kurs' }),
    );
    expect(await problemOf('2026-04-20 08:00')).toBe('Elin Lind är borta eller har stängt då.');
    await run((transaction) => bookHour(transaction, clinic, calendar, '2026-04-17T06:00:00Z'));
    expect(await problemOf('2026-04-17 08:00')).toBe('Elin Lind är upptagen då.');
  });

  test('the patient who is elsewhere, and a time too short', async () => {
    expect(await problemOf('2026-04-20 11:45')).toMatch(/räcker inte: Återbesök läkare tar 30 minuter/);
    const elsewhere = { performerId: calendar.labId, visitTypeId: calendar.labTypeId, type: 'provtagning' } as const;
    await run((transaction) => bookHour(transaction, clinic, calendar, '2026-04-16T06:00:00Z', elsewhere));
    expect(await problemOf('2026-04-16 08:00')).toBe('Patienten har ett annat besök då.');
  });
});

describe('where a visit could be on some days', () => {
  const days = { firstDay: parseLocalDate('2026-04-20')!, lastDay: parseLocalDate('2026-04-22')! };

  test('is every free time of who does it, told apart by whether all is fulfilled', async () => {
    const found = await run((transaction) => timesToMoveTo(transaction, visit.id, days, NOW_MS));
    if ('problem' in found) throw new Error(found.problem);
    const fits = (date: string) =>
      found.times.filter(({ startMs }) => new Date(startMs).toISOString().startsWith(date)).map((one) => one.fits);
    expect(new Set(found.times.map(({ performerId }) => performerId))).toEqual(new Set([calendar.doctorId]));
    expect([fits('2026-04-20'), fits('2026-04-21')]).toEqual([Array(8).fill(true), Array(8).fill(true)]);
    expect(fits('2026-04-22')).toEqual(Array(8).fill(false));
  });

  test('is known of visits that no task asks for, and they move', async () => {
    const { id } = await run((transaction) => bookHour(transaction, clinic, calendar, '2026-04-17T07:00:00Z'));
    const found = await run((transaction) => timesToMoveTo(transaction, id, days, NOW_MS));
    // An hour is two of the doctor's times: not the last of a morning, nor where the other visit is.
    expect('times' in found && found.times.length).toBe(7 + 6 + 7);
    const to = { performerId: calendar.doctorId, startMs: ms('2026-04-20 10:00') };
    expect(await check('2026-04-20 10:00', calendar.doctorId, id)).toMatchObject({ givesUp: [] });
    const [moved] = await run((transaction) =>
      moveAppointment(transaction, { id, version: 1 }, { ...to, givesUp: [] }, NOW_MS),
    );
    expect(moved).toMatchObject({ startsAt: new Date(to.startMs), endsAt: new Date(to.startMs + 3_600_000) });
  });
});

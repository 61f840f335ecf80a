import { bookTimes } from '../../src/appointments/book.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../../src/followup/calendar/local-time.ts';
import { nextWorkingDay } from '../../src/followup/calendar/swedish-days.ts';
import { offerFreedTime } from '../../src/freed-times/offer-time.ts';
import type { Appointment } from '../../src/storage/repositories/appointments.ts';
import type { Offer } from '../../src/storage/repositories/offers.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { asAdministrator, plantChain } from '../appointments/planted-chain.ts';
import { type Clinic, CONTEXT, madeUpNumber, WORKER } from '../storage/clinic.ts';
import type { TestDatabase } from '../storage/database.ts';
import type { PlantedCalendar } from '../storage/planted-calendar.ts';

const today = stockholmClockAt(Date.now()).date;
/** Days that cannot be past, however long the tests run: the database looks at its own clock. */
export const SOON: LocalDate = nextWorkingDay(addDays(today, 21));
export const LATE: LocalDate = nextWorkingDay(addDays(today, 42));
export const LATEST: LocalDate = nextWorkingDay(addDays(LATE, 7));

export function visitBy(target: LocalDate): FollowUpRequest {
  return { id: 'R1', type: 'aterbesok', role: 'lakare', time: { kind: 'inom', expr: 'inom tiden', mal_datum: target } };
}

/** By the clock in Sweden. */
export function at(day: LocalDate, hour: number, minute = 0): Date {
  return new Date(stockholmInstant(day, localTime(hour, minute)!).instantMs);
}

/** The same clinic with another patient. */
export async function anotherPatient(storage: Storage, clinic: Clinic): Promise<Clinic> {
  const { id } = await asAdministrator(storage, clinic, (transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Prov',
    }),
  );
  return { ...clinic, patientId: id };
}

/** Books the requests of a note at times of the doctor's, and the laboratory's where there are two. */
export async function bookAt(
  storage: Storage,
  clinic: Clinic,
  { doctorId, labId }: PlantedCalendar,
  requests: readonly FollowUpRequest[],
  times: readonly Date[],
): Promise<Appointment[]> {
  const tasks = await plantChain(storage, clinic, requests);
  const chosen = tasks.map(({ id: taskId }, index) => ({
    taskId,
    performerId: index === 0 ? doctorId : labId,
    startMs: times[index]!.getTime(),
  }));
  const { id: taskId, version } = tasks[0]!;
  const choice = { times: chosen, givesUp: ['lent' as const] };
  return asAdministrator(storage, clinic, (transaction) =>
    bookTimes(transaction, { taskId, version }, choice, Date.now()),
  );
}

/** Does what the outbox asks for about freed times, as a worker does; gives back the offers that came of it. */
export async function offerWhatIsFree({ owner, storage }: TestDatabase, now = new Date()): Promise<Offer[]> {
  const { rows } = await owner.query<{ id: string }>(
    `update outbox set sent_at = now() where topic = 'time.freed' and sent_at is null
     returning payload ->> 'freedTimeId' as id`,
  );
  const offers: Offer[] = [];
  for (const { id } of rows) {
    const offer = await offerFreedTime((work) => storage.withAudit(WORKER, CONTEXT, work), id, now);
    if (offer) offers.push(offer);
  }
  return offers;
}

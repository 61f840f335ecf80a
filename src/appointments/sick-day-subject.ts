import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById } from '../storage/repositories/appointments.ts';
import type { SickDayVisit } from '../storage/repositories/sick-days.ts';
import type { AskedVisits } from './calendar-question.ts';
import { loadChain } from './chain.ts';
import { bookedPart, movableWith } from './held.ts';
import { asVisit } from './without-task.ts';

/** Appointments that get other times together. */
export interface Subject {
  readonly toPlace: AskedVisits;
  /** By the task of their need; an appointment of no task stands for itself. */
  readonly moving: ReadonlyMap<string, Appointment>;
}

type Moved = Pick<SickDayVisit, 'appointmentId' | 'taskId' | 'occasion'>;

/**
 * The ways to move a visit of a sick day, the one that moves least first: with those of its chain that lie in the sick
 * day too, and with all that hangs on it. None where it has been given up since it was read.
 *
 * @param ill appointments that lie in the sick day
 */
export async function subjectsOf(
  transaction: AuditedTransaction,
  visit: Moved,
  ill: ReadonlySet<string>,
): Promise<Subject[]> {
  if (visit.taskId === null) return [await standingAlone(transaction, visit)];
  const least = await ofChain(transaction, visit, new Set([...ill, visit.appointmentId]));
  if (!least.moving.has(visit.taskId)) return [];
  const hanging = movableWith(least.chain);
  if (hanging.size <= 1) return [least];
  const most = await ofChain(transaction, visit, new Set([...ill, ...hanging]));
  return most.moving.size > least.moving.size ? [least, most] : [least];
}

/** Just these appointments. Throws NOT_FOUND where they do not hang together with the visit. */
export async function subjectOf(
  transaction: AuditedTransaction,
  visit: Moved,
  appointmentIds: readonly string[],
): Promise<Subject> {
  const subject =
    visit.taskId === null
      ? await standingAlone(transaction, visit)
      : await ofChain(transaction, visit, new Set(appointmentIds));
  const known = new Set([...subject.moving.values()].map(({ id }) => id));
  if (!known.has(visit.appointmentId) || !appointmentIds.every((id) => known.has(id))) throw notFound('appointment');
  return subject;
}

/** What is still to be booked of the chain is in no move's way. */
async function ofChain(transaction: AuditedTransaction, { taskId, occasion }: Moved, moving: ReadonlySet<string>) {
  const chain = bookedPart(await loadChain(transaction, taskId!, { moving, occasion }));
  const open = new Set(chain.needs.filter(({ fixed }) => fixed === null).map((need) => need.taskId));
  const appointments = chain.appointments.filter(({ id, taskId: of }) => moving.has(id) && open.has(of!));
  return { chain, toPlace: chain, moving: new Map(appointments.map((one) => [one.taskId!, one])) };
}

/** What no task asks for is meant for about the day on which it was. */
async function standingAlone(transaction: AuditedTransaction, { appointmentId }: Moved): Promise<Subject> {
  const appointment = await appointmentById(transaction, appointmentId);
  const { needs, ...asked } = await asVisit(transaction, appointment);
  const { date } = stockholmClockAt(appointment.startsAt.getTime());
  const aim = { from: date, to: date };
  return {
    toPlace: { ...asked, needs: needs.map((need) => ({ ...need, aim })) },
    moving: new Map([[appointment.id, appointment]]),
  };
}

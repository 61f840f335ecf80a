import { type FreeTime, freeTimesFor } from '../booking/free-for.ts';
import { type GivenUp, givenUpBy, reasonsFor } from '../booking/reasons.ts';
import { whyNotThere } from '../booking/why-not.ts';
import { WISHES } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById } from '../storage/repositories/appointments.ts';
import { type AskedVisits, calendarQuestion, type Days } from './calendar-question.ts';
import { type Chain, loadChain } from './chain.ts';
import { bookedPart, movableWith } from './held.ts';
import { type Move, type PlacedMove, placeMove } from './move.ts';
import { asVisit } from './without-task.ts';

/** What a move would mean, or why it cannot be, in a Swedish sentence. */
export type CheckedMove =
  | { readonly problem: string }
  | {
      readonly visits: PlacedMove['visits'];
      readonly givesUp: readonly GivenUp[];
      readonly reasons: readonly string[];
    };

/**
 * What moving an appointment would mean: judged as the move itself is, and nothing moves. Throws NOT_FOUND, and
 * STATE_NOT_ALLOWED for one that is not booked.
 */
export async function checkMove(
  transaction: AuditedTransaction,
  id: string,
  to: Pick<Move, 'performerId' | 'startMs'>,
  nowMs: number,
): Promise<CheckedMove> {
  const appointment = await appointmentById(transaction, id);
  const { date: today } = stockholmClockAt(nowMs);
  try {
    // Whatever is given up: it is told, and named in the move if somebody wants it so.
    const { visits, placements } = await placeMove(transaction, appointment, { ...to, givesUp: WISHES }, nowMs);
    return {
      visits: visits.toSorted((one, other) => one.visit.startMs - other.visit.startMs),
      givesUp: placements.flatMap((placement) => givenUpBy(placement, today)),
      reasons: placements.flatMap((placement) => reasonsFor(placement, today)),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'CHAIN_BROKEN') return { problem: 'Det som hör ihop med besöket kan inte följa med dit.' };
    if (error.code !== 'TIME_NOT_OFFERED') throw error;
    return { problem: await whyRefused(transaction, appointment, to, nowMs) };
  }
}

async function whyRefused(
  transaction: AuditedTransaction,
  appointment: Appointment,
  to: Pick<Move, 'performerId' | 'startMs'>,
  nowMs: number,
): Promise<string> {
  const { date } = stockholmClockAt(to.startMs);
  const asked = await askedFor(transaction, appointment);
  const clock = { nowMs, apartFrom: [appointment.id] };
  const question = await calendarQuestion(transaction, asked, { firstDay: date, lastDay: date }, clock);
  return whyNotThere(question, { ...to, taskId: appointment.taskId ?? appointment.id });
}

/** A time that an appointment could be moved to. */
export type MoveTime = Pick<FreeTime, 'performerId' | 'startMs' | 'endMs' | 'fits'>;

/**
 * Where an appointment could be on some days; `fits` where nothing is given up and nothing has to come along. Throws as
 * `checkMove`.
 */
export async function timesToMoveTo(
  transaction: AuditedTransaction,
  id: string,
  days: Days,
  nowMs: number,
): Promise<{ readonly problem: string } | { readonly times: readonly MoveTime[] }> {
  const appointment = await appointmentById(transaction, id);
  if (appointment.state !== 'booked') {
    throw new AppError('STATE_NOT_ALLOWED', 'a booked appointment is moved', {
      expected: 'booked',
      got: appointment.state,
    });
  }
  const asked = await askedFor(transaction, appointment);
  const found = freeTimesFor(await calendarQuestion(transaction, asked, days, { nowMs, apartFrom: [id] }));
  if ('reason' in found) return { problem: 'Besöket kan inte flyttas som enheten är inställd.' };
  const canTakeAlong = 'appointments' in asked && movableWith(asked).size > 1;
  return { times: found.filter(({ placement }) => placement !== undefined || canTakeAlong) };
}

async function askedFor(transaction: AuditedTransaction, appointment: Appointment): Promise<AskedVisits | Chain> {
  const { id, taskId } = appointment;
  if (taskId === null) return asVisit(transaction, appointment);
  return bookedPart(await loadChain(transaction, taskId, { moving: new Set([id]) }));
}

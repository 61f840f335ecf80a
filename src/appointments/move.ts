import type { Candidate } from '../booking/candidates.ts';
import type { ChosenTime } from '../booking/judge.ts';
import type { Placement } from '../booking/placing.ts';
import { proposeTimes } from '../booking/propose.ts';
import { givenUpBy } from '../booking/reasons.ts';
import { daysToSearch } from '../booking/search-days.ts';
import { isWithin, wishesIn, wishSet } from '../booking/wishes.ts';
import type { MoveReason, Wish } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById, moveAppointments } from '../storage/repositories/appointments.ts';
import { visitTypeById } from '../storage/repositories/calendar-setup.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { calendarQuestion } from './calendar-question.ts';
import { type Chain, loadChain } from './chain.ts';
import { judgeChoice, takeChoice } from './choose.ts';
import { bookedPart, movableWith, resourcesHeld } from './held.ts';
import { placeWithoutTask } from './without-task.ts';

/** Where an appointment is moved to, and what is given up for it knowingly. */
export interface Move {
  readonly performerId: string;
  readonly startMs: number;
  readonly givesUp: readonly Wish[];
  /** On whose account; where absent the patient's own, or the clinic's. */
  readonly reason?: MoveReason;
}

/**
 * Moves a booked appointment. What hangs on it stays where it is if that still goes together; else it is moved along,
 * to the best times around the new one. Gives back all that moved. Throws CONFLICT for another version,
 * STATE_NOT_ALLOWED for one that is not booked or, for patients, that staff move, TIME_NOT_OFFERED, TIME_TAKEN, for
 * patients BEYOND_TARGET_DATE, and CHAIN_BROKEN, which says why something cannot come along; then nothing has moved.
 */
export async function moveAppointment(
  transaction: AuditedTransaction,
  { id, version }: Pick<Appointment, 'id' | 'version'>,
  move: Move,
  nowMs: number,
): Promise<Appointment[]> {
  const appointment = await appointmentById(transaction, id);
  if (appointment.version !== version) throw new VersionConflict('appointment', version);
  if (transaction.actor.kind === 'patient') await checkPatientsMove(transaction, appointment);
  const { visits } = await placeMove(transaction, appointment, move, nowMs);
  const moveReason = move.reason ?? (transaction.actor.kind === 'patient' ? 'patient' : 'clinic');
  return moveAppointments(
    transaction,
    visits.map((one) => ({
      appointment: one.appointment,
      to: {
        startsAt: new Date(one.visit.startMs),
        endsAt: new Date(one.visit.endMs),
        performerId: one.visit.performerId,
        otherResourceIds: [...one.visit.otherResourceIds],
        givesUp: wishesIn(one.visit.givesUp),
        moveReason,
      },
    })),
  );
}

async function checkPatientsMove(transaction: AuditedTransaction, { visitTypeId }: Appointment): Promise<void> {
  const { patientsRebook } = await visitTypeById(transaction, visitTypeId);
  if (patientsRebook) return;
  throw new AppError('STATE_NOT_ALLOWED', 'staff move this visit type', {
    expected: 'one that patients move',
    got: 'one that they do not',
  });
}

/** Where everything would be that a move takes along, itself the first. */
export interface PlacedMove {
  readonly placements: readonly Placement[];
  readonly visits: readonly { readonly appointment: Appointment; readonly visit: Candidate }[];
}

/** What a move would be, as the calendar is now: whoever it takes is locked, and nothing has moved yet. */
export async function placeMove(
  transaction: AuditedTransaction,
  appointment: Appointment,
  move: Move,
  nowMs: number,
): Promise<PlacedMove> {
  const { id, taskId, state, patientId } = appointment;
  if (state !== 'booked') {
    throw new AppError('STATE_NOT_ALLOWED', 'a booked appointment is moved', { expected: 'booked', got: state });
  }
  if (taskId === null) {
    const placement = await placeWithoutTask(transaction, appointment, move, nowMs);
    return { placements: [placement], visits: placement.visits.map((visit) => ({ appointment, visit })) };
  }
  const alone = bookedPart(await loadChain(transaction, taskId, { moving: new Set([id]) }));
  const movable = movableWith(alone);
  await lockTimes(transaction, {
    patientId,
    resourceIds: [move.performerId, ...alone.appointments.filter((one) => movable.has(one.id)).flatMap(resourcesHeld)],
  });
  const time: ChosenTime = { taskId, performerId: move.performerId, startMs: move.startMs };
  const stayed = await staying(transaction, alone, time, { move, nowMs, id });
  const placements = stayed
    ? [stayed]
    : await comingAlong(transaction, bookedPart(await loadChain(transaction, taskId, { moving: movable })), time, {
        move,
        nowMs,
        movable,
      });
  const byTask = new Map(alone.appointments.map((one) => [one.taskId, one]));
  const visits = placements.flatMap((placement) =>
    placement.visits.map((visit) => ({ appointment: byTask.get(visit.fit.need.taskId)!, visit })),
  );
  return { placements, visits };
}

/** The new time with everything else where it is; undefined where the others have to come along. */
async function staying(
  transaction: AuditedTransaction,
  chain: Chain,
  time: ChosenTime,
  { move: { givesUp }, nowMs, id }: { move: Move; nowMs: number; id: string },
): Promise<Placement | undefined> {
  const clock = { nowMs, apartFrom: [id] };
  const judged = await judgeChoice(transaction, chain, [time], clock);
  const isApart =
    'visits' in judged
      ? wishesIn(judged.givesUp).some((wish) => wish === 'offset' || wish === 'same_day')
      : 'why' in judged && judged.why === 'chain';
  if (isApart && movableWith(chain).size > 1) return undefined;
  return takeChoice(transaction, chain, { times: [time], givesUp }, clock);
}

/** The new time, and the best around it for what hangs on it. */
async function comingAlong(
  transaction: AuditedTransaction,
  chain: Chain,
  time: ChosenTime,
  { move, nowMs, movable }: { move: Move; nowMs: number; movable: ReadonlySet<string> },
): Promise<Placement[]> {
  const apartFrom = [...movable];
  const alone = {
    ...chain,
    needs: chain.needs.filter(({ taskId, fixed }) => taskId === time.taskId || fixed !== null),
  };
  const choice = { times: [time], givesUp: move.givesUp };
  const first = await takeChoice(transaction, alone, choice, { nowMs, apartFrom });
  const [moved] = first.visits;
  const needs = chain.needs.map((need) => (need.taskId === time.taskId ? { ...need, fixed: moved! } : need));
  const { date: today } = stockholmClockAt(nowMs);
  const days = daysToSearch(needs, today, 'far');
  const question = await calendarQuestion(transaction, { ...chain, needs }, days, { nowMs, apartFrom });
  const { proposals, alternatives } = proposeTimes(question, 1, 'alternatives');
  const named = wishSet(...move.givesUp);
  const together = proposals[0] ?? alternatives.find(({ givesUp }) => isWithin(givesUp, named));
  if (together !== undefined) return [first, together];
  const [nearest] = alternatives;
  throw new AppError('CHAIN_BROKEN', 'what hangs on the appointment cannot come along', {
    expected: 'a time around which it fits',
    got: nearest
      ? givenUpBy(nearest, today)
          .map(({ words }) => words)
          .join('; ')
      : 'Ingen ledig tid',
  });
}

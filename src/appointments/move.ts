import type { ChosenTime } from '../booking/judge.ts';
import type { Placement } from '../booking/placing.ts';
import { proposeTimes } from '../booking/propose.ts';
import { givenUpBy } from '../booking/reasons.ts';
import { daysToSearch } from '../booking/search-days.ts';
import { isWithin, wishesIn, wishSet } from '../booking/wishes.ts';
import type { Wish } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById, moveAppointments } from '../storage/repositories/appointments.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { calendarQuestion } from './calendar-question.ts';
import { type Chain, loadChain } from './chain.ts';
import { judgeChoice, takeChoice } from './choose.ts';
import { movableWith, resourcesHeld } from './held.ts';

/** Where an appointment is moved to, and what is given up for it knowingly. */
export interface Move {
  readonly performerId: string;
  readonly startMs: number;
  readonly givesUp: readonly Wish[];
}

/**
 * Moves a booked appointment. What hangs on it stays where it is if that still goes together; else it is moved along,
 * to the best times around the new one. Gives back all that moved. Throws CONFLICT for another version,
 * STATE_NOT_ALLOWED for one that is not booked, TIME_NOT_OFFERED, TIME_TAKEN, and CHAIN_BROKEN, which says why
 * something cannot come along; then nothing has moved.
 */
export async function moveAppointment(
  transaction: AuditedTransaction,
  { id, version }: Pick<Appointment, 'id' | 'version'>,
  move: Move,
  nowMs: number,
): Promise<Appointment[]> {
  const appointment = await appointmentById(transaction, id);
  const { taskId, state } = appointment;
  if (appointment.version !== version) throw new VersionConflict('appointment', version);
  if (state !== 'booked' || taskId === null) {
    throw new AppError('STATE_NOT_ALLOWED', 'a booked appointment of a task is moved', {
      expected: 'booked',
      got: taskId === null ? 'an appointment without a task' : state,
    });
  }
  const alone = await loadChain(transaction, taskId, { moving: new Set([id]) });
  const movable = movableWith(alone);
  await lockTimes(transaction, {
    patientId: appointment.patientId,
    resourceIds: [move.performerId, ...alone.appointments.filter((one) => movable.has(one.id)).flatMap(resourcesHeld)],
  });
  const time: ChosenTime = { taskId, performerId: move.performerId, startMs: move.startMs };
  const placement =
    (await staying(transaction, alone, time, { move, nowMs, id })) ??
    (await comingAlong(transaction, await loadChain(transaction, taskId, { moving: movable }), time, {
      move,
      nowMs,
      movable,
    }));
  const byTask = new Map(alone.appointments.map((one) => [one.taskId, one]));
  return moveAppointments(
    transaction,
    placement.map((visit) => ({
      appointment: byTask.get(visit.fit.need.taskId)!,
      to: {
        startsAt: new Date(visit.startMs),
        endsAt: new Date(visit.endMs),
        performerId: visit.performerId,
        otherResourceIds: [...visit.otherResourceIds],
        givesUp: wishesIn(visit.givesUp),
      },
    })),
  );
}

type Visits = Placement['visits'];

/** The new time with everything else where it is; undefined where the others have to come along. */
async function staying(
  transaction: AuditedTransaction,
  chain: Chain,
  time: ChosenTime,
  { move: { givesUp }, nowMs, id }: { move: Move; nowMs: number; id: string },
): Promise<Visits | undefined> {
  const clock = { nowMs, apartFrom: [id] };
  const judged = await judgeChoice(transaction, chain, [time], clock);
  const isApart =
    'visits' in judged
      ? wishesIn(judged.givesUp).some((wish) => wish === 'offset' || wish === 'same_day')
      : 'why' in judged && judged.why === 'chain';
  if (isApart && movableWith(chain).size > 1) return undefined;
  return (await takeChoice(transaction, chain, { times: [time], givesUp }, clock)).visits;
}

/** The new time, and the best around it for what hangs on it. */
async function comingAlong(
  transaction: AuditedTransaction,
  chain: Chain,
  time: ChosenTime,
  { move, nowMs, movable }: { move: Move; nowMs: number; movable: ReadonlySet<string> },
): Promise<Visits> {
  const apartFrom = [...movable];
  const alone = {
    ...chain,
    needs: chain.needs.filter(({ taskId, fixed }) => taskId === time.taskId || fixed !== null),
  };
  const choice = { times: [time], givesUp: move.givesUp };
  const { visits } = await takeChoice(transaction, alone, choice, { nowMs, apartFrom });
  const [moved] = visits;
  const needs = chain.needs.map((need) => (need.taskId === time.taskId ? { ...need, fixed: moved! } : need));
  const { date: today } = stockholmClockAt(nowMs);
  const days = daysToSearch(needs, today, 'far');
  const question = await calendarQuestion(transaction, { ...chain, needs }, days, { nowMs, apartFrom });
  const { proposals, alternatives } = proposeTimes(question, 1, 'alternatives');
  const named = wishSet(...move.givesUp);
  const together = proposals[0] ?? alternatives.find(({ givesUp }) => isWithin(givesUp, named));
  if (together !== undefined) return [...visits, ...together.visits];
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

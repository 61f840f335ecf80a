import { type ChosenTime, judgeTimes, type Refusal } from '../booking/judge.ts';
import type { Placement } from '../booking/placing.ts';
import type { NothingToPlace } from '../booking/plan.ts';
import { wishesIn } from '../booking/wishes.ts';
import type { Wish } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { earlierOf, laterOf } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { calendarQuestion } from './calendar-question.ts';
import type { Chain } from './chain.ts';
import { resourcesHeld } from './held.ts';

/** Times that somebody has chosen, and the wishes that are given up for them knowingly. */
export interface Choice {
  readonly times: readonly ChosenTime[];
  readonly givesUp: readonly Wish[];
}

const WHY: Readonly<Record<Refusal['why'], string>> = {
  missing: 'a time for each visit that hangs together',
  not_a_time: 'a free time of the calendar',
  chain: 'visits in their order, as far apart as was said',
};

/**
 * The chosen times with all that they take, as the calendar is now; their performers are locked already. Throws
 * TIME_NOT_OFFERED where the calendar has no such free time or they give up what was not named, CHAIN_BROKEN where they
 * break the order of the chain.
 */
export async function takeChoice(
  transaction: AuditedTransaction,
  chain: Chain,
  { times, givesUp }: Choice,
  clock: JudgeOptions,
): Promise<Placement> {
  const judged = await judgeChoice(transaction, chain, times, clock);
  if (!('visits' in judged)) throw refused(judged);
  const unnamed = unnamedWishes(judged, givesUp);
  if (unnamed.length > 0) {
    throw new AppError('TIME_NOT_OFFERED', 'the times give up what was not named', {
      expected: `givesUp with ${unnamed.join(', ')}`,
      got: givesUp.join(', ') || 'none',
    });
  }
  await lockTimes(transaction, { patientId: chain.asked.patientId, resourceIds: judged.visits.flatMap(resourcesHeld) });
  return judged;
}

export interface JudgeOptions {
  readonly nowMs: number;
  /** Appointments that are about to move. */
  readonly apartFrom?: readonly string[];
}

export async function judgeChoice(
  transaction: AuditedTransaction,
  chain: Chain,
  times: readonly ChosenTime[],
  { nowMs, apartFrom = [] }: JudgeOptions,
): Promise<ReturnType<typeof judgeTimes>> {
  return judgeTimes(await calendarQuestion(transaction, chain, daysOf(times, nowMs), { nowMs, apartFrom }), times);
}

/** What the times give up beside what was named. */
function unnamedWishes(placement: Placement, named: readonly Wish[]): Wish[] {
  return wishesIn(placement.givesUp).filter((wish) => !named.includes(wish));
}

function refused(refusal: Refusal | NothingToPlace): AppError {
  if ('reason' in refusal) {
    return new AppError('TIME_NOT_OFFERED', 'the task cannot be given a time', { got: refusal.reason });
  }
  const code = refusal.why === 'chain' ? 'CHAIN_BROKEN' : 'TIME_NOT_OFFERED';
  return new AppError(code, `the visit of task ${refusal.taskId} cannot be there`, { expected: WHY[refusal.why] });
}

function daysOf(times: readonly ChosenTime[], nowMs: number) {
  const dates = times.map(({ startMs }) => stockholmClockAt(startMs).date);
  const { date: today } = stockholmClockAt(nowMs);
  const first = dates.reduce(earlierOf, dates[0] ?? today);
  return { firstDay: laterOf(first, today), lastDay: dates.reduce(laterOf, first) };
}

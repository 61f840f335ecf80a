import { type ChosenTime, judgeTimes, type Refusal } from '../booking/judge.ts';
import type { Placement } from '../booking/placing.ts';
import type { NothingToPlace } from '../booking/plan.ts';
import { PATIENTS_OWN } from '../booking/propose.ts';
import { wishesIn } from '../booking/wishes.ts';
import type { Wish } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { earlierOf, laterOf } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { type AskedVisits, calendarQuestion } from './calendar-question.ts';
import { type Chain, chainOf } from './chain.ts';
import { resourcesHeld } from './held.ts';
import { anchorIn, joined, stayingNeeds } from './series-placement.ts';

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
  chain: AskedVisits,
  choice: Choice,
  clock: JudgeOptions,
): Promise<Placement> {
  const placement = await agreeOn(transaction, chain, choice, clock);
  await lockPlaces(transaction, chain, placement);
  return placement;
}

/** The same for visits of a series that are chosen together, each with what hangs on it. */
export async function takeVisits(
  transaction: AuditedTransaction,
  chain: Chain,
  { times, givesUp }: Choice,
  clock: JudgeOptions,
): Promise<Placement> {
  const byOccasion = Map.groupBy(times, ({ occasion = chain.occasion }) => occasion);
  const occasions = [...byOccasion.keys()].sort((one, other) => one - other);
  requireOpen(chain, occasions);
  const [first = chain.occasion, ...later] = occasions;
  const firstChain = chainOf(chain.source, chain.asked.id, { occasion: first });
  let placement = await agreeOn(transaction, firstChain, { times: byOccasion.get(first) ?? [], givesUp }, clock);
  const anchor = anchorIn(firstChain, placement);
  for (const occasion of later) {
    const next = chainOf(chain.source, chain.asked.id, { occasion, anchor });
    const asked = { ...next, needs: [...next.needs, ...stayingNeeds(placement)] };
    const choice = { times: byOccasion.get(occasion)!, givesUp };
    placement = joined(placement, await agreeOn(transaction, asked, choice, clock));
  }
  await lockPlaces(transaction, chain, placement);
  return placement;
}

function requireOpen({ series, occasion }: Chain, occasions: readonly number[]): void {
  const open = series?.open ?? [occasion];
  const wrong = occasions.find((one) => !open.includes(one));
  if (wrong === undefined) return;
  throw new AppError('TIME_NOT_OFFERED', 'that visit of the series is not to be booked', {
    expected: `visit ${open.join(', ')}`,
    got: `visit ${wrong}`,
  });
}

async function agreeOn(
  transaction: AuditedTransaction,
  chain: AskedVisits,
  { times, givesUp }: Choice,
  clock: JudgeOptions,
): Promise<Placement> {
  const judged = await judgeChoice(transaction, chain, times, clock);
  if (!('visits' in judged)) throw refused(judged);
  const isPatient = transaction.actor.kind === 'patient';
  const unnamed = unnamedWishes(judged, isPatient ? wishesIn(PATIENTS_OWN) : givesUp);
  if (unnamed.length === 0) return judged;
  if (isPatient && unnamed.includes('late')) throw beyondTarget(judged);
  throw new AppError('TIME_NOT_OFFERED', 'the times give up what was not named', {
    expected: `givesUp with ${unnamed.join(', ')}`,
    got: givesUp.join(', ') || 'none',
  });
}

/** Everything that visits take, at once, so that no two wait for each other. */
async function lockPlaces(
  transaction: AuditedTransaction,
  { asked: { patientId } }: AskedVisits,
  { visits }: Placement,
): Promise<void> {
  await lockTimes(transaction, { patientId, resourceIds: visits.flatMap(resourcesHeld) });
}

export interface JudgeOptions {
  readonly nowMs: number;
  /** Appointments that are about to move. */
  readonly apartFrom?: readonly string[];
}

export async function judgeChoice(
  transaction: AuditedTransaction,
  chain: AskedVisits,
  times: readonly ChosenTime[],
  { nowMs, apartFrom = [] }: JudgeOptions,
): Promise<ReturnType<typeof judgeTimes>> {
  return judgeTimes(await calendarQuestion(transaction, chain, daysOf(times, nowMs), { nowMs, apartFrom }), times);
}

/** Only who ordained a visit says that it may be later, and staff ask. */
function beyondTarget({ visits }: Placement): AppError {
  const late = visits.find(({ fit, date }) => fit.need.latest !== null && date > fit.need.latest);
  return new AppError('BEYOND_TARGET_DATE', 'patients move their visits within måldatum', {
    expected: `a day until ${late?.fit.need.latest}`,
    got: String(late?.date),
  });
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

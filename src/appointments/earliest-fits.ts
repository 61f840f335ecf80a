import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Earliest, earliestTime } from '../booking/earliest.ts';
import { type CalendarQuestion, resourcesAskedFor } from '../booking/plan.ts';
import type { UnitSchedule } from '../booking/schedule.ts';
import { daysToSearch } from '../booking/search-days.ts';
import { TakenTimes } from '../booking/taken-times.ts';
import { UNBOOKED_STATES } from '../contracts/booking.ts';
import { addDays, earlierOf, type LocalDate, laterOf, parseLocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { workingDaysBetween } from '../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { appointmentsOfTasks } from '../storage/repositories/appointments.ts';
import { tasksOfChains } from '../storage/repositories/booking-chains.ts';
import { bookableThings, workingTimes } from '../storage/repositories/booking-schedule.ts';
import { type FoundFit, fitsDue, forgetFits, noteChanges, saveFits } from '../storage/repositories/earliest-fits.ts';
import { takenTimes } from '../storage/repositories/taken-times.ts';
import { type Days, midnight } from './calendar-question.ts';
import { type Chain, chainOf } from './chain.ts';

/** Tasks of a unit that are read and written together. */
const TASKS_A_BATCH = 50;

const UNBOOKED: ReadonlySet<string> = new Set(UNBOOKED_STATES);

/** How much of the machine a round may take. */
export interface FitLimits {
  readonly tasksARound: number;
  /** No batch is begun later than this. */
  readonly roundMs: number;
  /** A task is not looked at again sooner, however much changes. */
  readonly againAfterMs: number;
  /** How late a transaction may commit after what it changed got its time. */
  readonly lateCommitMs: number;
}

/** 18,000 searches an hour at most, each a few milliseconds. */
export const DEFAULT_FIT_LIMITS: FitLimits = {
  tasksARound: 150,
  roundMs: 10_000,
  againAfterMs: 2 * 60_000,
  lateCommitMs: 10_000,
};

/** Runs work in a transaction of its own. */
type InTransaction = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) => Promise<Result>;

/**
 * Finds the earliest times of tasks anew where something changed that they depend on, and of each at least once a day.
 * What it writes is derived: whatever is lost with a killed process is found again in the next round. No row that a
 * booking waits for is locked while it searches.
 *
 * @returns how many tasks were looked at
 */
export async function refreshEarliestFits(
  inTransaction: InTransaction,
  now: Date,
  { tasksARound, roundMs, againAfterMs, lateCommitMs }: FitLimits = DEFAULT_FIT_LIMITS,
): Promise<number> {
  const endsAtMs = performance.now() + roundMs;
  await inTransaction((transaction) => noteChanges(transaction, { now, lateCommitMs }));
  const { date: today } = stockholmClockAt(now.getTime());
  const oldBefore = midnight(today);
  const due = await inTransaction((transaction) =>
    fitsDue(transaction, { now, oldBefore, againAfterMs, limit: tasksARound }),
  );
  let count = 0;
  const failures: unknown[] = [];
  for (const [unitId, taskIds] of due) {
    for (let first = 0; first < taskIds.length; first += TASKS_A_BATCH) {
      if (performance.now() > endsAtMs) break;
      const batch = { unitId, taskIds: taskIds.slice(first, first + TASKS_A_BATCH), nowMs: now.getTime(), failures };
      await inTransaction((transaction) => refreshBatch(transaction, batch));
      count += batch.taskIds.length;
    }
  }
  // What one task fails by does not keep the others from theirs.
  if (failures.length > 0) throw failures[0];
  return count;
}

interface Batch {
  readonly unitId: string;
  readonly taskIds: readonly string[];
  readonly nowMs: number;
  /** What searches failed by. */
  readonly failures: unknown[];
}

async function refreshBatch(transaction: AuditedTransaction, batch: Batch): Promise<void> {
  const fits = await findFits(transaction, batch);
  const found = new Set(fits.map(({ taskId }) => taskId));
  await forgetFits(
    transaction,
    batch.taskIds.filter((id) => !found.has(id)),
  );
  await saveFits(transaction, fits);
}

async function findFits(
  transaction: AuditedTransaction,
  { unitId, taskIds, nowMs, failures }: Batch,
): Promise<FoundFit[]> {
  const tasks = await tasksOfChains(transaction, taskIds);
  const appointments = await appointmentsOfTasks(
    transaction,
    tasks.map(({ id }) => id),
  );
  // Whom the patient has met last says who is best, not when the first time is.
  const source = { tasks, appointments, lastMet: new Map() };
  const named = new Set(taskIds);
  const asked = tasks.filter(
    ({ id, state, targetDate }) => named.has(id) && UNBOOKED.has(state) && targetDate !== null,
  );
  const chains = asked.map((task) => {
    const ofChain = tasks.filter(({ chainId }) => chainId === task.chainId);
    return chainOf({ ...source, tasks: ofChain }, task.id, {});
  });
  if (chains.length === 0) return [];
  const calendar = await sharedCalendar(transaction, unitId, chains, nowMs);
  const fits: FoundFit[] = [];
  for (const chain of chains) {
    // Other jobs of the process are not kept waiting.
    await othersTurn();
    const question = await questionOf(transaction, { chain, calendar }, nowMs);
    fits.push(fitOf(chain, searched(question, chain, failures), question.lastDay));
  }
  return fits;
}

/** What the searches of a batch have in common: the unit's calendar and what is taken of it. */
interface SharedCalendar {
  readonly schedule: UnitSchedule;
  readonly taken: TakenTimes;
}

async function sharedCalendar(
  transaction: AuditedTransaction,
  unitId: string,
  chains: readonly Chain[],
  nowMs: number,
): Promise<SharedCalendar> {
  const things = await bookableThings(transaction, unitId);
  const needs = chains.flatMap((chain) => chain.needs);
  const resourceIds = resourcesAskedFor(needs, { ...things, templates: [] });
  const days = chains
    .map((chain) => daysOf(chain, nowMs))
    .reduce((one, other) => ({
      firstDay: earlierOf(one.firstDay, other.firstDay),
      lastDay: laterOf(one.lastDay, other.lastDay),
    }));
  const schedule = { ...things, ...(await workingTimes(transaction, { unitId, resourceIds }, days)) };
  const everybody = { resourceIds: resourcesAskedFor(needs, schedule), patientId: null };
  return { schedule, taken: new TakenTimes(await takenTimes(transaction, everybody, spanOf(days))) };
}

async function questionOf(
  transaction: AuditedTransaction,
  { chain, calendar: { schedule, taken } }: { chain: Chain; calendar: SharedCalendar },
  nowMs: number,
): Promise<CalendarQuestion> {
  const { asked, needs, pending } = chain;
  const { patientId } = asked;
  const days = daysOf(chain, nowMs);
  const own = await takenTimes(transaction, { resourceIds: [], patientId }, spanOf(days));
  return { schedule, needs, pending, patientId, taken: new TakenTimes(own, taken), ...days, nowMs };
}

function searched(question: CalendarQuestion, { asked, occasion }: Chain, failures: unknown[]): Earliest {
  // Måldatum is the first visit's; the later ones of a series are waited for.
  if (occasion > 1) return { kind: 'unknown' };
  try {
    return earliestTime(question, asked.id);
  } catch (error) {
    failures.push(error);
    return { kind: 'unknown' };
  }
}

function fitOf({ asked }: Chain, earliest: Earliest, lastDay: LocalDate): FoundFit {
  const { id: taskId, version } = asked;
  const target = parseLocalDate(asked.targetDate!)!;
  const nothing = { taskId, version, fitOn: null, fitSlack: null, startsAt: null, days: null };
  switch (earliest.kind) {
    case 'unknown':
      return nothing;
    case 'none':
      // Later than all days that were searched: so much is known.
      return { ...nothing, fitSlack: workingDaysBetween(addDays(lastDay, 1), target) };
    case 'found': {
      const { date, visits } = earliest;
      return {
        ...nothing,
        fitOn: date,
        // Past måldatum it is negative, though none but free days lie between.
        fitSlack: date > target ? Math.min(-1, workingDaysBetween(date, target)) : workingDaysBetween(date, target),
        startsAt: new Date(visits[0]!.startMs),
        days: { first: visits[0]!.date, last: visits.at(-1)!.date },
      };
    }
    default:
      return earliest satisfies never;
  }
}

/** As far as any search for the chain goes. */
function daysOf({ needs }: Chain, nowMs: number): Days {
  const { date: today } = stockholmClockAt(nowMs);
  return daysToSearch(needs, today, 'far');
}

function spanOf({ firstDay, lastDay }: Days): { from: Date; to: Date } {
  return { from: midnight(firstDay), to: midnight(addDays(lastDay, 1)) };
}

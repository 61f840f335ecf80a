import { type ProposedTimes, proposeTimes } from '../booking/propose.ts';
import { daysToSearch } from '../booking/search-days.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type QuestionOptions, questionOn, scheduleFor } from './calendar-question.ts';
import { type Chain, loadChain } from './chain.ts';
import { isFixed, movableWith } from './held.ts';
import { withLaterVisits } from './later-visits.ts';

const WANTED = 6;

export interface FoundTimes extends ProposedTimes {
  readonly chain: Chain;
}

/** How a search is made. */
export interface FindOptions extends Pick<QuestionOptions, 'owner'> {
  /** How many proposals; six where absent. */
  readonly wanted?: number;
}

/**
 * Proposes times for a task and what hangs on it: near what is meant first, and farther where nothing is free there. Of
 * a series each proposal is all visits that have no time yet, as far as the calendar has times for them.
 */
export async function findTimes(transaction: AuditedTransaction, taskId: string, nowMs: number): Promise<FoundTimes> {
  const found = await findForChain(transaction, await loadChain(transaction, taskId), nowMs);
  return found.chain.series === null ? found : withLaterVisits(transaction, found, nowMs);
}

/**
 * Proposes other times for an appointment than the one that it has. What hangs on it stays where it is if it can; else
 * it is proposed anew with it.
 */
export async function findOtherTimes(
  transaction: AuditedTransaction,
  { id, taskId }: { id: string; taskId: string },
  nowMs: number,
  options: FindOptions = {},
): Promise<FoundTimes> {
  const alone = await loadChain(transaction, taskId, { moving: new Set([id]) });
  const found = await findForChain(transaction, alone, nowMs, options);
  const moving = movableWith(alone);
  if (found.proposals.length > 0 || moving.size <= 1) return found;
  return findForChain(transaction, await loadChain(transaction, taskId, { moving }), nowMs, options);
}

/** The same for a chain that is loaded. */
export async function findForChain(
  transaction: AuditedTransaction,
  chain: Chain,
  nowMs: number,
  { owner, wanted = WANTED }: FindOptions = {},
): Promise<FoundTimes> {
  const { date: today } = stockholmClockAt(nowMs);
  const moving = chain.appointments.filter((one) => !isFixed(chain, one.taskId!));
  const present = moving.filter(({ state }) => state === 'booked');
  const options = { nowMs, apartFrom: moving.map(({ id }) => id), ...(owner && { owner }) };
  const far = daysToSearch(chain.needs, today, 'far');
  const schedule = await scheduleFor(transaction, chain, far);
  const search = async (reach: 'near' | 'far') => {
    const days = reach === 'far' ? far : daysToSearch(chain.needs, today, reach);
    const question = await questionOn(transaction, schedule, { asked: chain, days, options });
    const orElse = reach === 'far' && owner !== 'patients' ? 'alternatives' : 'nothing';
    const { proposals, ...rest } = proposeTimes(question, wanted + present.length, orElse);
    const others = proposals.filter(({ visits }) => visits.some((visit) => !isPresent(visit))).slice(0, wanted);
    return { ...rest, proposals: others };
  };
  const near = await search('near');
  const isEnough = near.problem !== null || near.proposals.length > 0;
  return { chain, ...(isEnough ? near : await search('far')) };

  function isPresent({ startMs, performerId }: { startMs: number; performerId: string }): boolean {
    return present.some((one) => one.startsAt.getTime() === startMs && one.performerId === performerId);
  }
}

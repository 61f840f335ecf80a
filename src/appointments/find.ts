import { type ProposedTimes, proposeTimes } from '../booking/propose.ts';
import { daysToSearch } from '../booking/search-days.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { calendarQuestion } from './calendar-question.ts';
import { type Chain, loadChain } from './chain.ts';
import { isFixed, movableWith } from './held.ts';

const WANTED = 6;

export interface FoundTimes extends ProposedTimes {
  readonly chain: Chain;
}

/** Proposes times for a task and what hangs on it: near what is meant first, and farther where nothing is free there. */
export async function findTimes(transaction: AuditedTransaction, taskId: string, nowMs: number): Promise<FoundTimes> {
  return findForChain(transaction, await loadChain(transaction, taskId), nowMs);
}

/**
 * Proposes other times for an appointment. What hangs on it stays where it is if it can; else it is proposed anew with
 * it.
 */
export async function findOtherTimes(
  transaction: AuditedTransaction,
  { id, taskId }: { id: string; taskId: string },
  nowMs: number,
): Promise<FoundTimes> {
  const alone = await findForChain(transaction, await loadChain(transaction, taskId, { moving: new Set([id]) }), nowMs);
  const moving = movableWith(alone.chain);
  if (alone.proposals.length > 0 || moving.size <= 1) return alone;
  const together = await loadChain(transaction, taskId, { moving });
  return findForChain(transaction, together, nowMs);
}

async function findForChain(transaction: AuditedTransaction, chain: Chain, nowMs: number): Promise<FoundTimes> {
  const { date: today } = stockholmClockAt(nowMs);
  const apartFrom = chain.appointments.filter((one) => !isFixed(chain, one.taskId!)).map(({ id }) => id);
  const ask = (reach: 'close' | 'near' | 'far') =>
    calendarQuestion(transaction, chain, daysToSearch(chain.needs, today, reach), { nowMs, apartFrom });
  const close = proposeTimes(await ask('close'), WANTED, 'nothing');
  if (close.problem !== null || close.proposals.length === WANTED) return { chain, ...close };
  const near = proposeTimes(await ask('near'), WANTED, 'nothing');
  if (near.proposals.length > 0) return { chain, ...near };
  return { chain, ...proposeTimes(await ask('far'), WANTED, 'alternatives') };
}

import type { StaffLetterKind } from '../contracts/delivery.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { AdminTask } from '../storage/repositories/admin-tasks.ts';
import { lastChangedBy, namedAppointments } from '../storage/repositories/appointments.ts';
import type { Letter } from '../storage/repositories/letters.ts';

/** What the patient was told last of a chain, reminders aside. Letters come with the latest first. */
export function latestTold<Known extends Pick<Letter, 'kind' | 'state'>>(letters: readonly Known[]): Known | undefined {
  return letters.find(({ kind, state }) => kind !== 'paminnelse' && state !== 'stopped');
}

/**
 * Which letter about a task is to go out, as the patient knows of something else than what is booked; null when nothing
 * is, or where the patient has changed it. It is offered to staff: nothing goes out by itself when a time is moved.
 *
 * @param letters of its chain, the latest first
 */
export async function dueLetterKind(
  transaction: AuditedTransaction,
  task: Pick<AdminTask, 'chainId' | 'state' | 'targetDate'>,
  letters: readonly Letter[],
  nowMs: number,
): Promise<StaffLetterKind | null> {
  const told = latestTold(letters);
  const booked = await bookedAhead(transaction, task.chainId, nowMs);
  const due = dueBetween(task, told, booked, nowMs);
  const isChange = due !== null && told !== undefined;
  return isChange && (await lastChangedBy(transaction, task.chainId)) === 'patient' ? null : due;
}

function dueBetween(
  { state, targetDate }: Pick<AdminTask, 'state' | 'targetDate'>,
  told: Letter | undefined,
  booked: readonly string[],
  nowMs: number,
): StaffLetterKind | null {
  if (told === undefined || told.kind === 'avbokning' || told.form === 'open') {
    if (booked.length > 0) return 'kallelse';
    const isOpenTask = state !== 'cancelled' && state !== 'done' && targetDate !== null;
    return isOpenTask && told?.form !== 'open' ? 'kallelse' : null;
  }
  const ahead = visitsAhead(told, nowMs).map(({ startsAt, meets = '' }) => nameOfVisit(new Date(startsAt), meets));
  if (booked.length === 0) return ahead.length > 0 ? 'avbokning' : null;
  const isTold = booked.length === ahead.length && booked.every((visit) => ahead.includes(visit));
  return isTold ? null : 'ombokning';
}

/** The visits of a letter that were not yet at an instant. */
export function visitsAhead({ contents }: Pick<Letter, 'contents'>, nowMs: number) {
  return contents.visits.filter(({ startsAt }) => Date.parse(startsAt) > nowMs);
}

async function bookedAhead(transaction: AuditedTransaction, chainId: string, nowMs: number): Promise<string[]> {
  const named = await namedAppointments(transaction, { chainId });
  return named
    .filter(({ state, startsAt }) => state === 'booked' && startsAt.getTime() > nowMs)
    .map(({ startsAt, performerName }) => nameOfVisit(startsAt, performerName));
}

/** When and whom: with another of the two it is another visit to the patient. */
function nameOfVisit(startsAt: Date, meets: string): string {
  return `${startsAt.toISOString()} ${meets}`;
}

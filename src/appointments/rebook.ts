import type { Placement } from '../booking/placing.ts';
import type { ProposedTimes } from '../booking/propose.ts';
import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { appointmentById } from '../storage/repositories/appointments.ts';
import { visitTypeById } from '../storage/repositories/calendar-setup.ts';
import { loadChain } from './chain.ts';
import { findForChain, findOtherTimes } from './find.ts';
import { movableWith } from './held.ts';

const PATIENTS_CHOICES = { owner: 'patients', wanted: 48 } as const;

/**
 * Times to which a patient may move a booked appointment: lent to patients, before the day limit, within måldatum and
 * not earlier than ordained, with who was ordained; tests stay if they can, or come along. The patient's own wishes bind
 * nobody. What no task asks for has none, as staff know why it was booked, nor has a visit type that patients do not
 * move. Throws STATE_NOT_ALLOWED for one that is over.
 */
export async function rebookChoices(
  transaction: AuditedTransaction,
  appointmentId: string,
  nowMs: number,
): Promise<ProposedTimes> {
  const { id, taskId, state, visitTypeId } = await appointmentById(transaction, appointmentId);
  if (state !== 'booked') {
    throw new AppError('STATE_NOT_ALLOWED', 'a booked appointment is moved', { expected: 'booked', got: state });
  }
  const { patientsRebook } = await visitTypeById(transaction, visitTypeId);
  if (taskId === null || !patientsRebook) return { problem: null, proposals: [], alternatives: [] };
  const found = await findOtherTimes(transaction, { id, taskId }, nowMs, PATIENTS_CHOICES);
  const moving = movableWith(found.chain);
  const isAlone = moving.size > 1 && found.proposals.every(({ visits }) => visits.length === 1);
  if (!isAlone) return found;
  // Where its tests stay it can go no farther than they allow; with them it can go anywhere within måldatum.
  const chain = await loadChain(transaction, taskId, { moving });
  const together = await findForChain(transaction, chain, nowMs, PATIENTS_CHOICES);
  const known = new Set(found.proposals.map((proposal) => timeOf(proposal, taskId)));
  const farther = together.proposals.filter((proposal) => !known.has(timeOf(proposal, taskId)));
  return { ...found, proposals: [...found.proposals, ...farther] };
}

function timeOf({ visits }: Placement, taskId: string): string {
  const visit = visits.find(({ fit }) => fit.need.taskId === taskId);
  return visit === undefined ? '' : `${visit.startMs} ${visit.performerId}`;
}

/** The same for a task whose letter asks the patient to book, where patients may; of a series for its next visit. */
export async function openChoices(
  transaction: AuditedTransaction,
  taskId: string,
  nowMs: number,
): Promise<ProposedTimes> {
  const found = await findForChain(transaction, await loadChain(transaction, taskId), nowMs, PATIENTS_CHOICES);
  const isPatients = ({ visits }: Placement) =>
    visits.every(({ fit }) => fit.need.taskId !== taskId || fit.visitType.patientsBook);
  return { ...found, proposals: found.proposals.filter(isPatients) };
}

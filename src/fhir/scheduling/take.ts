import { bookReserved, bookTimes, reserveTimes } from '../../appointments/book.ts';
import { type Choice, takeChoice } from '../../appointments/choose.ts';
import { resourcesHeld } from '../../appointments/held.ts';
import { RESERVED_MS } from '../../appointments/take.ts';
import { AppError } from '../../contracts/errors.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { claimTask, taskById } from '../../storage/repositories/admin-tasks.ts';
import {
  type Appointment,
  appointmentById,
  changeAppointment,
  createAppointment,
} from '../../storage/repositories/appointments.ts';
import { listVisitTypes } from '../../storage/repositories/calendar-setup.ts';
import { lockTimes } from '../../storage/repositories/taken-times.ts';
import { askedFreely } from './free-visit.ts';
import type { Proposal } from './kept-proposals.ts';

/** Who comes, where the proposal names nobody. */
export interface Coming {
  readonly id: string;
  readonly interpreterLanguage: string | null;
}

type Taken = 'reserved' | 'booked';

/**
 * Holds or books what was proposed, and what hangs on it: the visit that was asked for first. A task that nobody works
 * on becomes the actor's. Throws CONFLICT where somebody else has it, STATE_NOT_ALLOWED for one that is not to be booked,
 * TIME_TAKEN and TIME_NOT_OFFERED where the time is gone, REQUEST_INVALID where nobody is named to come.
 */
export async function takeProposal(
  transaction: AuditedTransaction,
  { choice, of }: Proposal,
  state: Taken,
  { patient, nowMs }: { readonly patient: Coming | undefined; readonly nowMs: number },
): Promise<Appointment[]> {
  if (of.kind === 'free') return [await takeFree(transaction, of, choice, { state, patient, nowMs })];
  const { taskId } = of;
  const seen = await claimed(transaction, taskId);
  const take = state === 'reserved' ? reserveTimes : bookTimes;
  return mainFirst(await take(transaction, seen, choice, nowMs), taskId);
}

/** Books what is held, with what is held for the same chain. Throws TIME_NOT_OFFERED once the hold has ended. */
export async function bookHeld(transaction: AuditedTransaction, id: string, nowMs: number): Promise<Appointment[]> {
  const held = await appointmentById(transaction, id);
  const { state, reservedUntil, taskId, patientId } = held;
  if (state === 'lapsed' || (reservedUntil !== null && reservedUntil.getTime() <= nowMs)) {
    throw new AppError('TIME_NOT_OFFERED', 'the time is not held any more', {
      expected: 'another $find',
      got: 'a hold that has ended',
    });
  }
  if (state !== 'reserved') {
    throw new AppError('STATE_NOT_ALLOWED', 'a held appointment is booked', { expected: 'reserved', got: state });
  }
  if (taskId !== null) {
    const { version } = await taskById(transaction, taskId);
    return mainFirst(await bookReserved(transaction, { taskId, version }, nowMs), taskId);
  }
  await lockTimes(transaction, { patientId, resourceIds: resourcesHeld(held) });
  return [await changeAppointment(transaction, held, { state: 'booked', reservedUntil: null })];
}

/** The version of a task that the actor works on from now on. */
async function claimed(transaction: AuditedTransaction, taskId: string): Promise<{ taskId: string; version: number }> {
  const { task, isMine } = await claimTask(transaction, taskId);
  if (isMine && task.state === 'claimed') return { taskId, version: task.version };
  if (task.state !== 'claimed') {
    throw new AppError('STATE_NOT_ALLOWED', 'the task is not to be booked', {
      expected: 'a task that is new, or the own',
      got: task.state,
    });
  }
  throw new AppError('CONFLICT', 'somebody else works on the task', { expected: 'a task that nobody else has' });
}

async function takeFree(
  transaction: AuditedTransaction,
  of: Extract<Proposal['of'], { kind: 'free' }>,
  choice: Choice,
  { state, patient, nowMs }: { state: Taken; patient: Coming | undefined; nowMs: number },
): Promise<Appointment> {
  const { unitId, visitTypeId } = of;
  if (patient === undefined) {
    throw new AppError('REQUEST_INVALID', 'nobody is named who comes', {
      expected: 'a patient-reference with $find, or with $hold and $book',
      got: 'none',
    });
  }
  const visitType = (await listVisitTypes(transaction, unitId)).find(({ id, active }) => active && id === visitTypeId);
  if (visitType === undefined) throw notFound('visit type');
  const { id: patientId, interpreterLanguage } = patient;
  const { date: today } = stockholmClockAt(nowMs);
  const asked = askedFreely({ unitId, visitType, patientId, interpreterLanguage, today });
  await lockTimes(transaction, { patientId, resourceIds: choice.times.map(({ performerId }) => performerId) });
  const [visit] = (await takeChoice(transaction, asked, choice, { nowMs })).visits;
  return createAppointment(transaction, {
    unitId,
    patientId,
    taskId: null,
    encounterId: null,
    visitTypeId,
    type: visitType.type,
    state,
    reservedUntil: state === 'reserved' ? new Date(nowMs + RESERVED_MS) : null,
    startsAt: new Date(visit!.startMs),
    endsAt: new Date(visit!.endMs),
    performerId: visit!.performerId,
    otherResourceIds: [...visit!.otherResourceIds],
    interpreterLanguage,
  });
}

function mainFirst(appointments: readonly Appointment[], taskId: string): Appointment[] {
  const isMain = (one: Appointment) => one.taskId === taskId;
  return [...appointments.filter(isMain), ...appointments.filter((one) => !isMain(one))];
}

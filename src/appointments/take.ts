import type { Placement } from '../booking/placing.ts';
import { wishesIn } from '../booking/wishes.ts';
import type { AppointmentState } from '../contracts/calendar.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Appointment, createAppointment, releaseReservations } from '../storage/repositories/appointments.ts';
import type { ChainTask } from '../storage/repositories/booking-chains.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import type { Chain } from './chain.ts';
import { type Choice, takeVisits } from './choose.ts';
import { isFixed, resourcesHeld } from './held.ts';

/** Long enough to ask the patient, short enough that a forgotten one is in nobody's way. */
export const RESERVED_MS = 10 * 60_000;

/** The tasks of a chain that get times together. */
export function openTasks(chain: Chain): ChainTask[] {
  return chain.tasks.filter(({ id }) => !isFixed(chain, id));
}

/** Takes the chosen times in place of those that are held, all or none. */
export async function take(
  transaction: AuditedTransaction,
  chain: Chain,
  choice: Choice,
  { nowMs, state }: { nowMs: number; state: Extract<AppointmentState, 'reserved' | 'booked'> },
): Promise<Appointment[]> {
  const open = openTasks(chain).map(({ id }) => id);
  const held = chain.source.appointments.filter(({ state: is, taskId }) => is === 'reserved' && open.includes(taskId!));
  // All at once and before anything is given up: two who change the same times never wait for each other.
  await lockTimes(transaction, {
    patientId: chain.asked.patientId,
    resourceIds: [...held.flatMap(resourcesHeld), ...choice.times.map(({ performerId }) => performerId)],
  });
  await releaseReservations(transaction, open);
  const placement = await takeVisits(transaction, chain, choice, { nowMs });
  const reservedUntil = state === 'reserved' ? new Date(nowMs + RESERVED_MS) : null;
  const taken: Appointment[] = [];
  for (const visit of placement.visits) {
    const { unitId, patientId, chainId } = chain.asked;
    taken.push(
      await createAppointment(transaction, { unitId, patientId, chainId, state, reservedUntil, ...fieldsOf(visit) }),
    );
  }
  return taken;
}

function fieldsOf(visit: Placement['visits'][number]) {
  const { fit, startMs, endMs, performerId, otherResourceIds, givesUp } = visit;
  return {
    taskId: fit.need.taskId,
    visitTypeId: fit.visitType.id,
    type: fit.need.type,
    startsAt: new Date(startMs),
    endsAt: new Date(endMs),
    performerId,
    otherResourceIds: [...otherResourceIds],
    givesUp: wishesIn(givesUp),
    interpreterLanguage: fit.need.interpreterLanguage,
    occasion: fit.need.occasion ?? 1,
  };
}

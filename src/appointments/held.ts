import { hangingOn } from '../booking/search-days.ts';
import type { Appointment } from '../storage/repositories/appointments.ts';
import type { Chain } from './chain.ts';

/** The appointment of the task that was asked about, and of what hangs on it, as far as they are booked. */
export function movableWith({ asked, needs, appointments }: Chain): Set<string> {
  const taskIds = new Set([asked.id, ...hangingOn(needs, asked.id).map(({ taskId }) => taskId)]);
  const booked = appointments.filter(({ state, taskId }) => state === 'booked' && taskIds.has(taskId!));
  return new Set(booked.map(({ id }) => id));
}

/** The chain as far as it has times: what is still to be booked is in no move's way. */
export function bookedPart(chain: Chain): Chain {
  const taskIds = new Set(chain.appointments.filter(({ state }) => state !== 'reserved').map(({ taskId }) => taskId));
  return { ...chain, needs: chain.needs.filter(({ taskId }) => taskIds.has(taskId)) };
}

/** Whether a task's visit stays where it is. */
export function isFixed({ needs }: Chain, taskId: string): boolean {
  return needs.some((need) => need.taskId === taskId && need.fixed !== null);
}

/** Whoever and whatever a visit takes of the unit. */
export function resourcesHeld({
  performerId,
  otherResourceIds,
}: Pick<Appointment, 'performerId'> & { readonly otherResourceIds: readonly string[] }): string[] {
  return [performerId, ...otherResourceIds];
}

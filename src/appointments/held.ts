import { hangingOn } from '../booking/search-days.ts';
import type { Appointment } from '../storage/repositories/appointments.ts';
import type { Chain } from './chain.ts';

/** The appointment of the task that was asked about, and of what hangs on it, as far as they are booked. */
export function movableWith({ asked, needs, appointments }: Chain): Set<string> {
  const taskIds = new Set([asked.id, ...hangingOn(needs, asked.id).map(({ taskId }) => taskId)]);
  const booked = appointments.filter(({ state, taskId }) => state === 'booked' && taskIds.has(taskId!));
  return new Set(booked.map(({ id }) => id));
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

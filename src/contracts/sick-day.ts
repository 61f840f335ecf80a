import { z } from 'zod';
import type { Edges } from './clinic.ts';

/**
 * A visit of a sick day. `moved`: it has another time. `requeued`: the time is cancelled, and the task is new in the
 * queue. `cancelled`: the time is cancelled, and there was no task to give back.
 */
export const SICK_DAY_VISIT_STATES = ['open', 'moved', 'requeued', 'cancelled'] as const;
export const SickDayVisitState = z.enum(SICK_DAY_VISIT_STATES);
export type SickDayVisitState = z.infer<typeof SickDayVisitState>;

export const SICK_DAY_VISIT_EDGES: Edges<SickDayVisitState> = {
  open: ['moved', 'requeued', 'cancelled'],
  moved: [],
  requeued: [],
  cancelled: [],
};

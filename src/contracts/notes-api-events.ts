import type { z } from 'zod';
import { Instant } from './api-forms.ts';
import { DomainEvent } from './booking-events.ts';

/** The `data` of a `change` event of `GET /api/events`: what changed, never a word of it. `id` is the event's id, too. */
export const ChangeEvent = DomainEvent.pick({
  id: true,
  object: true,
  objectId: true,
  change: true,
  state: true,
  fromState: true,
  unitId: true,
  chainId: true,
  actorId: true,
}).extend({ at: Instant });
export type ChangeEvent = z.infer<typeof ChangeEvent>;

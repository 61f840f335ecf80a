import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { GivenUp, ProposedVisit } from './appointments-api.ts';
import { Id } from './clinic.ts';

/** A time that an appointment could be moved to. */
export const MoveCheckBody = z.object({ performerId: Id, startsAt: Instant });

/** What moving an appointment would mean: told before it is moved. */
export const MoveCheck = z.object({
  /** Why it cannot be there, in Swedish; null when it can. */
  problem: z.string().nullable(),
  /** Everything that would move, by time; empty when it cannot. */
  visits: z.array(
    ProposedVisit.omit({ taskId: true }).extend({
      appointmentId: Id,
      /** Where it is now. */
      before: z.object({ performerId: Id, startsAt: Instant }),
    }),
  ),
  /** What has to be named in the move, with what it means in words. */
  givesUp: z.array(GivenUp),
  /** Why the time is a good one, in Swedish. */
  reasons: z.array(z.string()),
});
export type MoveCheck = z.infer<typeof MoveCheck>;

export const MoveTimesQuery = z.object({
  from: z.iso.date(),
  /** Included. */
  to: z.iso.date(),
});

/** Where an appointment could be on some days. */
export const MoveTimes = z.object({
  /** Why it can be nowhere, in Swedish. */
  problem: z.string().nullable(),
  items: z.array(
    z.object({
      performerId: Id,
      startsAt: Instant,
      endsAt: Instant,
      /** False where something is given up or has to move along: the check says what. */
      fits: z.boolean(),
    }),
  ),
});
export type MoveTimes = z.infer<typeof MoveTimes>;

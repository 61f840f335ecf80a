import { z } from 'zod';
import { Instant } from './api-forms.ts';

const MAX_NOTE_CHARACTERS = 500;
const MAX_QUESTION_CHARACTERS = 2_000;

/**
 * What the unit does about a visit to which nobody came. `requeue`: another time, and a letter about it; `close`: nothing
 * more; `ask`: whoever ordained it says. For a visit of no task it is all the same.
 */
export const NoShowBody = z.discriminatedUnion('next', [
  z.object({ next: z.literal('requeue') }),
  z.object({ next: z.literal('close'), note: z.string().trim().min(1).max(MAX_NOTE_CHARACTERS) }),
  z.object({ next: z.literal('ask'), text: z.string().trim().min(1).max(MAX_QUESTION_CHARACTERS) }),
]);
export type NoShowBody = z.infer<typeof NoShowBody>;

/** How often a patient did not come to the reader's units. */
export const NoShows = z.object({ count: z.int(), latest: Instant.nullable() });
export type NoShows = z.infer<typeof NoShows>;

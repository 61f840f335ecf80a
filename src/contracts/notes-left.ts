import { z } from 'zod';
import { Id } from './clinic.ts';
import { SourceSpan } from './followup.ts';

/** What stands between an open note and its signature, or between a draft and throwing it away. */
export const LeftToDo = z.discriminatedUnion('kind', [
  /** A follow-up that nobody has decided on, with its words. */
  z.object({
    kind: z.literal('undecided'),
    followUpId: Id,
    source: SourceSpan,
    /** Why it has to be decided on again; null the first time. */
    reopenedBecause: z.string().nullable(),
  }),
  /** There is no follow-up, and nobody has stated "ingen uppföljning". */
  z.object({ kind: z.literal('unstated') }),
  /** A draft that is thrown away may ask for nothing. */
  z.object({ kind: z.literal('asks_for_something'), followUpId: Id, source: SourceSpan }),
]);
export type LeftToDo = z.infer<typeof LeftToDo>;

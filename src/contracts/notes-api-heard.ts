import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { Id } from './clinic.ts';
import { DictatedWord } from './dictation.ts';

const MAX_WORDS = 500;
const MAX_UTTERANCES = 50;

/** An utterance of a live session. Times are seconds from the start of the session's sound. */
export const HeardUtterance = z.strictObject({
  liveSessionId: z.string().min(1).max(200),
  /** Counts the session's utterances from 0: the same one sent again is kept once. */
  number: z.int().nonnegative(),
  startSeconds: z.number().nonnegative(),
  endSeconds: z.number().nonnegative(),
  text: z.string().max(10_000),
  words: z.array(DictatedWord).max(MAX_WORDS),
  /** The server's own session, and the second of this one at which it begins: where the words can be heard again. */
  sound: z.strictObject({ sessionId: z.uuid(), fromSeconds: z.number().nonnegative() }).optional(),
});

/** `POST /api/notes/:id/utterances`. Kept as they are; what was kept before is not changed. */
export const HeardUtterances = z.strictObject({ utterances: z.array(HeardUtterance).min(1).max(MAX_UTTERANCES) });
export type HeardUtterances = z.infer<typeof HeardUtterances>;

/** `GET /api/notes/:id/heard?start=&end=`: positions in `noteText`. */
export const HeardQuery = z.object({
  start: z.coerce.number().int().nonnegative(),
  end: z.coerce.number().int().positive(),
});

/** Where in the sound of a live session some words of the note were said. */
export const HeardStretch = z.object({
  utteranceId: Id,
  liveSessionId: z.string(),
  startSeconds: z.number(),
  endSeconds: z.number(),
  words: z.array(DictatedWord),
  saidAt: Instant,
});
export const HeardWords = z.object({ stretches: z.array(HeardStretch) });
export type HeardWords = z.infer<typeof HeardWords>;

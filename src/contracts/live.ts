import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import { Word } from './transcript.ts';
import { Vocabulary as Terms } from './vocabulary.ts';

/** The live protocol, version 1: JSON control messages, and sound as binary frames with a sequence number. */
export const LIVE_PROTOCOL = 1;

/** A frame is its number (unsigned, 32 bits, little-endian, from 1 without gaps) and mono samples of 16 bits after it. */
export const FRAME_HEADER_BYTES = 4;

export const LIVE_LIMITS = {
  frameSeconds: 1,
  messageBytes: 64 * 1024,
  vocabularyTerms: 500,
  vocabularyTermCharacters: 100,
  promptCharacters: 4000,
  sampleRatesHz: { minimum: 8_000, maximum: 192_000 },
  /** A pause that ends an utterance. */
  pauseSeconds: { minimum: 0.3, default: 0.7, maximum: 3 },
  /** An utterance that nobody's pause ends, ends here. */
  utteranceSeconds: 15,
} as const;

/** Why the server closed a session's connection. */
export const LIVE_CLOSE = {
  done: 1000,
  shuttingDown: 1001,
  badMessage: 4400,
  notAllowed: 4403,
  sessionUnknown: 4404,
  idle: 4408,
  takenOver: 4409,
  tooLarge: 4413,
  tooFast: 4429,
  tooSlow: 4430,
  full: 4503,
  failed: 4500,
} as const;
export type LiveCloseName = keyof typeof LIVE_CLOSE;

/** A session's own: fewer and shorter than a clinic's, since they come in one message. */
const Vocabulary = Terms.max(LIVE_LIMITS.vocabularyTerms).refine(
  (terms) => terms.every(({ term, soundsLike = '' }) => isShort(term) && isShort(soundsLike)),
  `terms of at most ${LIVE_LIMITS.vocabularyTermCharacters} characters`,
);
/** Text said before, or in the style wanted. It may show in what is written; terms do not. */
const Prompt = z.string().max(LIVE_LIMITS.promptCharacters);
const PauseSeconds = z.number().min(LIVE_LIMITS.pauseSeconds.minimum).max(LIVE_LIMITS.pauseSeconds.maximum);

export const StartMessage = z.strictObject({
  type: z.literal('start'),
  protocol: z.literal(LIVE_PROTOCOL),
  language: z.string().default('sv'),
  sampleRateHz: z.number().int().min(LIVE_LIMITS.sampleRatesHz.minimum).max(LIVE_LIMITS.sampleRatesHz.maximum),
  vocabulary: Vocabulary.default([]),
  prompt: Prompt.default(''),
  pauseSeconds: PauseSeconds.default(LIVE_LIMITS.pauseSeconds.default),
  /** To go on with a session: what its `ready` told, and how many `committed` messages came through. */
  resume: z
    .strictObject({ sessionId: z.string(), token: z.string(), committedReceived: z.number().int().nonnegative() })
    .optional(),
});

/**
 * Ends the utterance now, as if a pause had come; answered by `finalized` when its words are committed. A client that
 * says it again after a lost connection tells where it belongs, so that it is only answered when it was taken before.
 */
export const FinalizeMessage = z.strictObject({
  type: z.literal('finalize'),
  id: z.number().int().nonnegative().default(0),
  /** Number of the frame before it. */
  afterSeq: z.number().int().nonnegative().optional(),
});
export const ConfigureMessage = z.strictObject({
  type: z.literal('configure'),
  vocabulary: Vocabulary.optional(),
  prompt: Prompt.optional(),
  pauseSeconds: PauseSeconds.optional(),
});
/** No more sound after frame `lastSeq`: the server commits what is left and says `done`. */
export const StopMessage = z.strictObject({ type: z.literal('stop'), lastSeq: z.number().int().nonnegative() });

/** Client to server, beside the frames. What was not answered when a connection is lost is said again on the next. */
export const LiveClientMessage = z.discriminatedUnion('type', [
  StartMessage,
  FinalizeMessage,
  ConfigureMessage,
  StopMessage,
  z.strictObject({ type: z.literal('ping'), id: z.number().int().nonnegative().default(0) }),
]);
export type LiveClientMessage = z.infer<typeof LiveClientMessage>;

const UtteranceId = z.number().int().nonnegative();

/** Server to client. Times are seconds from the session's first sample. */
export const LiveServerMessage = z.discriminatedUnion('type', [
  /** `resumeFrom` is the number of the next frame wanted: all before it are stored. */
  z.object({
    type: z.literal('ready'),
    sessionId: z.string(),
    token: z.string(),
    resumeFrom: z.number().int().positive(),
    pauseSeconds: z.number(),
  }),
  /** All frames up to `seq` are stored and survive a crash. */
  z.object({ type: z.literal('ack'), seq: z.number().int().nonnegative() }),
  /** `stable` has been said twice alike; `tail` may still change. Both are replaced by the utterance's `committed`. */
  z.object({ type: z.literal('partial'), utteranceId: UtteranceId, stable: z.string(), tail: z.string() }),
  /** Words that never change any more. `index` counts these messages from 0; an utterance without words is told too. */
  z.object({
    type: z.literal('committed'),
    index: z.number().int().nonnegative(),
    utteranceId: UtteranceId,
    startSeconds: z.number().nonnegative(),
    endSeconds: z.number().nonnegative(),
    words: z.array(Word),
  }),
  /** Somebody began or ceased to speak. */
  z.object({ type: z.literal('voice'), speaking: z.boolean(), atSeconds: z.number().nonnegative() }),
  /** Sound received but neither committed nor known to be silent. */
  z.object({ type: z.literal('lag'), seconds: z.number().nonnegative() }),
  z.object({ type: z.literal('finalized'), id: z.number().int().nonnegative() }),
  z.object({ type: z.literal('pong'), id: z.number().int().nonnegative() }),
  z.object({
    type: z.literal('error'),
    code: z.enum(ERROR_CODES),
    message: z.string(),
    retryable: z.boolean(),
  }),
  /** All sound is committed; the session is over. */
  z.object({ type: z.literal('done'), committedCount: z.number().int().nonnegative() }),
]);
export type LiveServerMessage = z.infer<typeof LiveServerMessage>;

function isShort(text: string): boolean {
  return text.length <= LIVE_LIMITS.vocabularyTermCharacters;
}

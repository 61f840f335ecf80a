import { z } from 'zod';
import { Instant, PersonName } from './api-forms.ts';
import { BookingRequestState, QuestionState } from './booking.ts';
import { Id } from './clinic.ts';
import { FollowUpRequest, Proposal, RaisedFlag, ReadRequest, SourceSpan } from './followup.ts';
import { FLAG_NAMES, Route } from './followup-flags.ts';
import { FollowUpOrigin, FollowUpState } from './notes.ts';
import { LeftToDo } from './notes-left.ts';

/** A question and its answer, as a card shows them. */
export const CardQuestion = z.object({
  id: Id,
  version: z.int(),
  state: QuestionState,
  text: z.string(),
  answer: z.string().nullable(),
  /** Who is asked by name; null where everybody of a profession or role is. */
  toStaff: PersonName.nullable(),
  toRole: z.string().nullable(),
  createdAt: Instant,
  answeredAt: Instant.nullable(),
  ageHours: z.number(),
});
export type CardQuestion = z.infer<typeof CardQuestion>;

/** A follow-up beside the text. Its `version` names it in If-Match. */
export const FollowUpCard = z.object({
  id: Id,
  version: z.int(),
  noteId: Id,
  /** Cards of one chain are booked together. */
  chainId: Id,
  requestKey: z.string().nullable(),
  state: FollowUpState,
  origin: FollowUpOrigin,
  /** Null where only the author can say what is meant. */
  fields: FollowUpRequest.nullable(),
  /** What the text says, where the fields were changed by hand. */
  heard: FollowUpRequest.nullable(),
  sources: ReadRequest.shape.sources,
  proposals: z.array(Proposal),
  flags: z.array(RaisedFlag),
  route: Route,
  /** Its words in `noteText`; where they were, when they are gone. */
  source: SourceSpan,
  isInText: z.boolean(),
  reason: z.string().nullable(),
  reopenedBecause: z.string().nullable(),
  questions: z.array(CardQuestion),
  /** The newest request that was made of it. */
  request: z.object({ id: Id, version: z.int(), state: BookingRequestState }).nullable(),
});
export type FollowUpCard = z.infer<typeof FollowUpCard>;

const Reason = z.string().trim().min(1).max(1000);

/** A member of staff, or everybody of a profession or an account role at the note's unit. */
export const Addressee = z.union([
  z.strictObject({ staffId: Id }),
  z.strictObject({ role: z.string().trim().min(1).max(100) }),
]);
export type Addressee = z.infer<typeof Addressee>;

/** The fields as a person sets them; which request it is stays. */
export const CardFields = FollowUpRequest.omit({ id: true });
export type CardFields = z.infer<typeof CardFields>;

/** `PUT /api/follow-ups/:id/decision` with the card's version in If-Match. `found` takes the decision back. */
export const CardDecision = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('confirmed'),
    /** Every flag of the card that only the author can answer (route `clinician`), as seen and confirmed nonetheless. */
    despite: z.array(z.enum(FLAG_NAMES)).max(FLAG_NAMES.length).default([]),
  }),
  z.strictObject({ decision: z.literal('changed'), fields: CardFields, reason: Reason.optional() }),
  z.strictObject({ decision: z.literal('asked'), to: Addressee, text: z.string().trim().min(1).max(4000) }),
  z.strictObject({ decision: z.literal('nothing'), reason: Reason.optional() }),
  z.strictObject({ decision: z.literal('not_follow_up') }),
  z.strictObject({ decision: z.literal('found') }),
]);
export type CardDecision = z.input<typeof CardDecision>;

/** A card after a change, and what is left in its note. */
export const ChangedCard = FollowUpCard.extend({ left: z.array(LeftToDo) });
export type ChangedCard = z.infer<typeof ChangedCard>;

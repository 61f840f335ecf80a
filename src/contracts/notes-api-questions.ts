import { z } from 'zod';
import { Instant, PersonName, pageOf, pageQuery } from './api-forms.ts';
import { ReminderKind } from './booking.ts';
import { Id } from './clinic.ts';
import { SourceSpan } from './followup.ts';
import { PatientLine } from './notes-api.ts';
import { Addressee, CardFields, CardQuestion } from './notes-api-cards.ts';

/** A question in a list: about a card or about a task, the oldest first. */
export const QuestionLine = CardQuestion.extend({
  unitId: Id,
  noteId: Id,
  followUpId: Id.nullable(),
  taskId: Id.nullable(),
  patient: PatientLine,
  askedBy: PersonName,
  answeredBy: PersonName.nullable(),
  /** The words of the card or of the task's request. */
  source: SourceSpan.nullable(),
  /** Måldatum as it is, of the task or of what the card says. */
  targetDate: z.iso.date().nullable(),
});
export type QuestionLine = z.infer<typeof QuestionLine>;

/** `to_me`: open ones to the reader, or to the reader's profession or role at one of the units. */
export const QuestionsQuery = pageQuery({ usual: 50, most: 200 }).extend({
  which: z.enum(['to_me', 'by_me']).default('to_me'),
});
export const QuestionPage = pageOf(QuestionLine);

/**
 * What the answer makes of the card. Clinicians only; without it the card waits for its author's decision. A task can be
 * given a new måldatum, and nothing else: its request stays as it was signed.
 */
export const AnswerOutcome = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('confirmed') }),
  z.strictObject({ decision: z.literal('changed'), fields: CardFields }),
  z.strictObject({ decision: z.literal('new_target'), targetDate: z.iso.date() }),
  z.strictObject({ decision: z.literal('nothing') }),
]);
export type AnswerOutcome = z.infer<typeof AnswerOutcome>;

/** `POST /api/questions/:id/answer` with the question's version in If-Match. */
export const QuestionAnswer = z.strictObject({
  answer: z.string().trim().min(1).max(4000),
  outcome: AnswerOutcome.optional(),
});
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

export const PassOn = z.strictObject({ to: Addressee });

/** Something that has waited too long, as its reader is reminded of it. */
export const ReminderLine = z.object({
  id: Id,
  kind: ReminderKind,
  /** The note, question or task. */
  objectId: Id,
  patient: PatientLine,
  dueAt: Instant,
  ageHours: z.number(),
});
export type ReminderLine = z.infer<typeof ReminderLine>;
export const ReminderList = z.object({ items: z.array(ReminderLine) });

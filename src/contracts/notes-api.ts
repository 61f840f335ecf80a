import { z } from 'zod';
import { Instant, PersonName } from './api-forms.ts';
import { BookingRequestState } from './booking.ts';
import { EncounterKind, EncounterState, Id } from './clinic.ts';
import { IsoDate, NegatedDecision, SetAside, SourceSpan } from './followup.ts';
import { NoteContent, NoteState } from './notes.ts';
import { FollowUpCard } from './notes-api-cards.ts';
import { LeftToDo } from './notes-left.ts';

/** A patient as a line of a list shows one. */
export const PatientLine = PersonName.extend({
  /** The first eight characters of the personal number; the rest is shown on demand, and logged. */
  numberBegins: z.string(),
  protectedIdentity: z.boolean(),
});
export type PatientLine = z.infer<typeof PatientLine>;

/** How somebody comes to a note: wrote it, stands in for the author, or works where nobody has signed it. */
export const NoteRelation = z.enum(['author', 'deputy', 'unit']);
export type NoteRelation = z.infer<typeof NoteRelation>;

/** The text and what was read out of it. Positions of follow-ups count in `noteText` of the content. */
export const NoteTextView = z.object({
  /** Names the text in If-Match when it is saved, and in `textVersion` elsewhere; null once the note is signed. */
  version: z.int().nullable(),
  content: NoteContent,
  /** What the text says is not needed. No decision: "ingen uppföljning" is stated by a person. */
  denials: z.array(NegatedDecision),
  /** What was read as history, done or the patient's own matter: it asks for nothing unless a person says so. */
  setAside: z.array(SetAside),
});

/** Something that was decided, and by whom. */
export const DecisionLine = z.object({
  kind: z.string(),
  followUpId: Id.nullable(),
  fromState: z.string().nullable(),
  reason: z.string().nullable(),
  /** Null for a part of the product. */
  by: PersonName.nullable(),
  at: Instant,
});

/** `GET /api/notes/:id`. Its `version` (ETag) names the note in If-Match of everything but its text and its cards. */
export const NoteView = z.object({
  id: Id,
  version: z.int(),
  state: NoteState,
  /** 0 before the first signature. */
  signedVersion: z.int(),
  unitId: Id,
  encounterId: Id.nullable(),
  patient: PatientLine,
  author: PersonName,
  deputy: PersonName.nullable(),
  /** Whether the reader may write the text, and decide and sign. */
  may: z.object({ write: z.boolean(), decide: z.boolean() }),
  writtenOn: IsoDate,
  createdAt: Instant,
  ageHours: z.number(),
  text: NoteTextView,
  followUps: z.array(FollowUpCard),
  decisions: z.array(DecisionLine),
  left: z.array(LeftToDo),
});
export type NoteView = z.infer<typeof NoteView>;

/** `POST /api/notes`. An open note of the author about the same encounter is given back instead of a second one. */
export const NewNote = z.strictObject({
  patientId: Id,
  encounterId: Id.optional(),
  /** Where the author works at several; else the encounter's or the patient's. */
  unitId: Id.optional(),
  content: NoteContent.optional(),
});
export type NewNote = z.infer<typeof NewNote>;

/** `PUT /api/notes/:id/text` with the text's version in If-Match; the answer's `version` names the new text. */
export const SavedText = z.object({
  version: z.int(),
  denials: z.array(NegatedDecision),
  setAside: z.array(SetAside),
  followUps: z.array(FollowUpCard),
  left: z.array(LeftToDo),
});
export type SavedText = z.infer<typeof SavedText>;

/** Positions in `noteText` of the text that has this version. */
export const MarkedWords = z.strictObject({
  textVersion: z.int().positive(),
  start: z.int().nonnegative(),
  end: z.int().positive(),
});
export type MarkedWords = z.infer<typeof MarkedWords>;

const Reason = z.string().trim().min(1).max(1000);

/** `POST /api/notes/:id/sign`: the text that was seen, and why when it amends. Refused with `left` in the problem. */
export const SignNote = z.strictObject({ textVersion: z.int().positive(), reason: Reason.optional() });
export type SignNote = z.infer<typeof SignNote>;

export const MoveNote = z.strictObject({ patientId: Id, reason: Reason });
export type MoveNote = z.infer<typeof MoveNote>;
export const SetDeputy = z.strictObject({ staffId: Id.nullable() });
export const WithdrawRequest = z.strictObject({ reason: Reason });

/** A request after it was recalled. */
export const RecalledRequest = z.object({
  id: Id,
  version: z.int(),
  noteId: Id,
  followUpId: Id,
  state: BookingRequestState,
});
export type RecalledRequest = z.infer<typeof RecalledRequest>;

/** What a change of the whole note answers. */
export const ChangedNote = z.object({
  id: Id,
  version: z.int(),
  state: NoteState,
  signedVersion: z.int(),
  left: z.array(LeftToDo),
});
export type ChangedNote = z.infer<typeof ChangedNote>;

/** An open note in a list, with its age and what is left to do. */
export const UnsignedNote = z.object({
  id: Id,
  version: z.int(),
  state: NoteState,
  relation: NoteRelation,
  encounterId: Id.nullable(),
  patient: PatientLine,
  author: PersonName,
  deputy: PersonName.nullable(),
  writtenOn: IsoDate,
  /** Since when it waits for a signature: begun, or opened again. */
  openSince: Instant,
  ageHours: z.number(),
  /** Follow-ups that nobody has decided on, and those that wait for an answer. */
  undecided: z.int(),
  asked: z.int(),
  /** Whether "ingen uppföljning" has to be stated. */
  unstated: z.boolean(),
  /** Whether it came from a recorded dictation. */
  isRecorded: z.boolean(),
});
export type UnsignedNote = z.infer<typeof UnsignedNote>;

/** A visit of the day, and the reader's note about it. */
export const Visit = z.object({
  encounterId: Id,
  unitId: Id,
  kind: EncounterKind,
  state: EncounterState,
  startsAt: Instant,
  endsAt: Instant,
  patient: PatientLine,
  note: z.object({ id: Id, state: NoteState, undecided: z.int() }).nullable(),
});
export type Visit = z.infer<typeof Visit>;

/** A follow-up of a signed note that was asked about and answered, and that nobody has decided on since. */
export const AnsweredCard = z.object({
  noteId: Id,
  followUpId: Id,
  patient: PatientLine,
  source: SourceSpan,
  answeredAt: Instant,
  ageHours: z.number(),
});
export type AnsweredCard = z.infer<typeof AnsweredCard>;

/** `GET /api/worklist`: today's visits, unsigned notes (own, deputised, left in the unit) and answers to act on. */
export const Worklist = z.object({
  day: IsoDate,
  visits: z.array(Visit),
  notes: z.array(UnsignedNote),
  answered: z.array(AnsweredCard),
});
export type Worklist = z.infer<typeof Worklist>;

/** A line of `GET /api/unsigned-notes`: what nobody has signed in time, with the follow-ups that hide in it. */
export const LeftNote = UnsignedNote.extend({ followUps: z.array(FollowUpCard) });
export type LeftNote = z.infer<typeof LeftNote>;

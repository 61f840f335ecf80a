import { z } from 'zod';
import { Instant, PersonName, pageOf, pageQuery } from './api-forms.ts';
import { Id } from './clinic.ts';
import { DICTATION_STATES, DictationState, DictationWishes } from './dictations.ts';
import { PatientLine } from './notes-api.ts';

/** The header that makes a dictation sent twice one. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters, new for each dictation');

const Reference = z.string().trim().min(1).max(100);

/** The fields of `POST /api/dictations` beside its file, `audio`. */
export const DictationForm = z.strictObject({
  /** The patient's id here, or personal number in any common form. */
  patient: Reference,
  /** The author's id here, HSA-id or user name; clinicians may leave it out for themselves. */
  author: Reference.optional(),
  /** The unit's id or HSA-id, where the sender works at several. */
  unit: Reference.optional(),
  /** The id of the visit that it is about. */
  encounter: Id.optional(),
  /** When it was said: "om tre veckor" counts from that day. Now unless given. */
  recordedAt: Instant.optional(),
  language: DictationWishes.shape.language,
  vocabulary: DictationWishes.shape.vocabulary,
  punctuation: DictationWishes.shape.punctuation,
  /** JSON in the form. */
  templates: DictationWishes.shape.templates,
});
export type DictationForm = z.infer<typeof DictationForm>;

/** Seconds of sound. */
export const DictationProgress = z.object({ doneSeconds: z.number(), totalSeconds: z.number() });

/** `GET /api/dictations/progress`: of those that are transcribed just now; no patient is named. */
export const DictationsUnderWay = z.object({ items: z.array(DictationProgress.extend({ id: Id })) });
export type DictationsUnderWay = z.infer<typeof DictationsUnderWay>;

/** Why there is no note: a code, and what to do in words for staff (Swedish). */
export const DictationProblem = z.object({ code: z.string(), words: z.string() });

export const DictationView = z.object({
  id: Id,
  version: z.int(),
  state: DictationState,
  /** While it is transcribed. */
  progress: DictationProgress.nullable(),
  noteId: Id.nullable(),
  /** Of a failed one. */
  problem: DictationProblem.nullable(),
  unitId: Id,
  patientId: Id,
  authorId: Id,
  encounterId: Id.nullable(),
  /** Names are for staff; a program gets ids. */
  patient: PatientLine.nullable(),
  author: PersonName.nullable(),
  recordedAt: Instant,
  receivedAt: Instant,
  changedAt: Instant,
  soundBytes: z.int(),
  /** Whether the sound is still kept. */
  hasSound: z.boolean(),
  /** When the corrected text was handed to the author. */
  handedOverAt: Instant.nullable(),
  /** Whether the reader may take it back: the author and whoever sent it, until it is signed. */
  mayWithdraw: z.boolean(),
});
export type DictationView = z.infer<typeof DictationView>;

const MAX_LISTED = 200;

/** `state`: one or several between commas; all when absent. */
export const DictationQuery = pageQuery({ usual: 50, most: MAX_LISTED }).extend({
  state: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(DictationState).max(DICTATION_STATES.length))
    .optional(),
  /** Only those that the reader has dictated or sent. */
  mine: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false),
});
export const DictationPage = pageOf(DictationView);
export type DictationPage = z.infer<typeof DictationPage>;

/** `GET /api/notes/:id/recording`: the recorded dictation that a note came from; null for one that was not recorded. */
export const NoteRecording = z.object({ recording: DictationView.nullable() });

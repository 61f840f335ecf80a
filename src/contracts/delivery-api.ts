import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './api-forms.ts';
import { Id } from './clinic.ts';
import {
  type ChainStation,
  ChainStations,
  DeliveryChannel,
  DeliveryReason,
  DeliveryState,
  LETTER_STATES,
  LetterKind,
  LetterState,
  LetterStep,
  StaffLetterKind,
} from './delivery.ts';
import { LetterForm, LetterPreparation } from './letter.ts';
import { LetterDocument } from './letter-document.ts';

/** A letter's way through one channel, in its place of the chain. */
export const DeliveryView = z.object({
  id: Id,
  channel: DeliveryChannel,
  state: DeliveryState,
  /** When its turn comes; null until those before it have had theirs. */
  dueAt: Instant.nullable(),
  toldAt: Instant.nullable(),
  /** Of the latest attempt that failed, or why it is not sent. */
  reason: DeliveryReason.nullable(),
  attempts: z.int(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

export const LetterView = z.object({
  id: Id,
  taskId: Id,
  kind: LetterKind,
  form: LetterForm,
  state: LetterState,
  createdAt: Instant,
  readAt: Instant.nullable(),
  version: z.int(),
  deliveries: z.array(DeliveryView),
});
export type LetterView = z.infer<typeof LetterView>;

/** Letters of a task's chain, the latest first, and which one the patient lacks, if any. */
export const TaskLetters = z.object({
  lacks: StaffLetterKind.nullable(),
  /** The letter that holds cannot be read in time by any channel that is left. */
  mustPhone: z.boolean(),
  letters: z.array(LetterView),
});
export type TaskLetters = z.infer<typeof TaskLetters>;

export const LetterStepView = z.object({
  id: z.int(),
  at: Instant,
  step: LetterStep,
  channel: DeliveryChannel.nullable(),
  reason: DeliveryReason.nullable(),
  /** Of an attempt that is made again. */
  dueAt: Instant.nullable(),
  actorKind: z.string(),
  /** Of staff. */
  by: z.string().nullable(),
});
export type LetterStepView = z.infer<typeof LetterStepView>;

export const LetterDetail = LetterView.extend({
  steps: z.array(LetterStepView),
  /** As it went out. */
  letter: LetterDocument,
  /** As they were checked, beside the clinician's words. */
  preparations: z.array(LetterPreparation),
});
export type LetterDetail = z.infer<typeof LetterDetail>;

const MAX_PREPARATIONS = 200;

export const SendLetterBody = z.strictObject({
  kind: StaffLetterKind,
  /** Nothing below 18 points. */
  largePrint: z.boolean().default(false),
  /** The preparations that somebody has looked through, and how each is to read. */
  preparations: z.array(LetterPreparation.pick({ original: true, plain: true })).max(MAX_PREPARATIONS),
  /** The unread letter that this one takes the place of, as far as was seen. */
  replaces: Id.nullable(),
});

/** A unit's chain of channels. */
export const LetterChainBody = z.strictObject({ stations: ChainStations.transform(withHours) });
export const LetterChain = z.object({ stations: ChainStations, version: z.int() });
export type LetterChain = z.infer<typeof LetterChain>;

export const SendByBody = z.strictObject({ channel: DeliveryChannel.extract(['notice', 'digital_post', 'print']) });

export const LetterListQuery = pageQuery({ usual: 50, most: 200 }).extend({
  /** Between commas; all when absent. */
  state: z
    .string()
    .default(LETTER_STATES.join(','))
    .transform((states) => states.split(','))
    .pipe(z.array(LetterState).max(LETTER_STATES.length)),
});

/** Whose a letter is; the name is left out with protected identity. */
const LetterPatient = z.object({ id: Id, name: z.string().nullable(), protectedIdentity: z.boolean() });

export const LetterPage = pageOf(LetterView.extend({ unitId: Id, patient: LetterPatient }));

/** A letter that waits to be printed. */
export const LetterToPrint = z.object({
  letterId: Id,
  taskId: Id,
  unitId: Id,
  kind: LetterKind,
  patient: LetterPatient,
  since: Instant,
});
export type LetterToPrint = z.infer<typeof LetterToPrint>;

export const PrintBatchView = z.object({
  id: Id,
  unitId: Id,
  letters: z.int(),
  madeBy: z.string(),
  createdAt: Instant,
  printedAt: Instant.nullable(),
  version: z.int(),
});
export type PrintBatchView = z.infer<typeof PrintBatchView>;

/** What waits for paper at the own units, and the latest piles. */
export const PrintRoom = z.object({ waiting: z.array(LetterToPrint), batches: z.array(PrintBatchView) });
export type PrintRoom = z.infer<typeof PrintRoom>;

export const NewBatchBody = z.strictObject({ unitId: Id });

export const PileQuery = z.strictObject({
  /** For a printer that prints on both sides: each letter begins on a sheet of its own. */
  bothSides: z.stringbool().default(false),
});

/** The token that a digital post service was given with a letter. */
export const ReadQuery = z.strictObject({ token: z.string().max(100) });

/** What a channel is given that was the last one before. */
const USUAL_HOURS = 48;

/** After the last one nothing comes, and every other one has its time. */
function withHours(stations: readonly ChainStation[]): ChainStation[] {
  const last = stations.length - 1;
  return stations.map(({ channel, waitHours }, at) => ({
    channel,
    waitHours: at === last ? null : (waitHours ?? USUAL_HOURS),
  }));
}

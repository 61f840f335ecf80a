import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { ChainStation, StaffLetterKind } from './delivery.ts';
import { LetterForm, LetterPreparation } from './letter.ts';
import { LetterDocument } from './letter-document.ts';

export const LetterQuery = z.strictObject({
  kind: StaffLetterKind.default('kallelse'),
  /** Nothing below 18 points. */
  largePrint: z.stringbool().default(false),
});

/** When a channel of the unit's chain would have its turn if nobody has read the letter; null: too late for it. */
export const PlannedWay = z.object({ channel: ChainStation.shape.channel, at: Instant.nullable() });
export type PlannedWay = z.infer<typeof PlannedWay>;

/** A letter as staff look it through before it goes out. */
export const LetterPreview = z.object({
  form: LetterForm,
  letter: LetterDocument,
  /** The same as plain text. */
  text: z.string(),
  /** What the clinician said beside what the patient will read, with the short forms that were written out. */
  preparations: z.array(LetterPreparation),
  ways: z.array(PlannedWay),
});
export type LetterPreview = z.infer<typeof LetterPreview>;

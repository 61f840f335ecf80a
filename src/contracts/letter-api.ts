import { z } from 'zod';
import { StaffLetterKind } from './delivery.ts';
import { LetterForm, LetterPreparation } from './letter.ts';
import { LetterDocument } from './letter-document.ts';

export const LetterQuery = z.strictObject({
  kind: StaffLetterKind.default('kallelse'),
  /** Nothing below 18 points. */
  largePrint: z.stringbool().default(false),
});

/** A letter as staff look it through before it goes out. */
export const LetterPreview = z.object({
  form: LetterForm,
  letter: LetterDocument,
  /** The same as plain text. */
  text: z.string(),
  /** What the clinician said beside what the patient will read, with the short forms that were written out. */
  preparations: z.array(LetterPreparation),
});
export type LetterPreview = z.infer<typeof LetterPreview>;

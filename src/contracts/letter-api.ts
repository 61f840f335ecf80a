import { z } from 'zod';
import { LetterForm } from './letter.ts';
import { LetterDocument } from './letter-document.ts';

export const LetterQuery = z.strictObject({
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
  preparations: z.array(
    z.object({
      original: z.string(),
      plain: z.string(),
      writtenOut: z.array(z.object({ short: z.string(), plain: z.string() })),
    }),
  ),
});
export type LetterPreview = z.infer<typeof LetterPreview>;

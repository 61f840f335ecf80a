import { z } from 'zod';

const text = z.string();

/** A named thing: "Tid", "fredag 24 april 2026 kl. 10.30". */
export const LetterFact = z.object({
  name: text,
  lines: z.array(text),
  /** What the letter is sent for: drawn larger. */
  isMain: z.boolean(),
});
export type LetterFact = z.infer<typeof LetterFact>;

export const LetterBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text, language: text.optional() }),
  z.object({ kind: z.literal('subheading'), text }),
  z.object({ kind: z.literal('paragraph'), text, language: text.optional() }),
  z.object({ kind: z.literal('facts'), facts: z.array(LetterFact) }),
  z.object({ kind: z.literal('list'), items: z.array(text) }),
]);
export type LetterBlock = z.infer<typeof LetterBlock>;

/** A letter as its parts, in reading order; each form of it (paper, page, plain text) draws the same parts. */
export const LetterDocument = z.object({
  /** What the letter is called where only a line is shown. Tells nothing of the visit. */
  title: text,
  letterhead: z.array(text),
  /** Who it goes to, as on the envelope. */
  address: z.array(text),
  writtenOn: text,
  blocks: z.array(LetterBlock),
  hasLargePrint: z.boolean(),
});
export type LetterDocument = z.infer<typeof LetterDocument>;

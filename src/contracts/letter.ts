import { z } from 'zod';

/**
 * What a kallelse (letter of notice) is made of. `timed`: it names the times. `open`: the patient picks one, before a
 * day.
 */
export const LETTER_FORMS = ['timed', 'open'] as const;
export const LetterForm = z.enum(LETTER_FORMS);
export type LetterForm = z.infer<typeof LetterForm>;

const line = (characters: number) => z.string().trim().min(1).max(characters);
const lines = z.array(line(100)).max(6);

/** How to prepare: the words of the clinician or of the unit's text block, and how the patient reads them. */
export const LetterPreparation = z.strictObject({
  original: line(500),
  /** Abbreviations written out, checked by staff beside the original. */
  plain: line(700),
  /** Which words those are. */
  writtenOut: z.array(z.strictObject({ short: line(40), plain: line(100) })).default([]),
});
export type LetterPreparation = z.infer<typeof LetterPreparation>;

/** Where the patient and the clinic meet. */
export const MEETINGS = ['here', 'phone', 'video'] as const;

export const LetterVisit = z.strictObject({
  meeting: z.enum(MEETINGS),
  startsAt: z.iso.datetime({ offset: true }),
  durationMinutes: z.int().min(1).max(600),
  /** What kind of visit, where it may be named in public. */
  what: line(120).optional(),
  /** Whom the patient meets. */
  meets: line(120).optional(),
  /** Where in the house, if it is not the reception. */
  place: line(200).optional(),
  preparations: z.array(LetterPreparation).max(12),
});
export type LetterVisit = z.infer<typeof LetterVisit>;

/** The way to answer on the patient's page: an address, and the code that opens it together with the birth date. */
export const LetterAnswer = z.strictObject({ address: z.url().max(300), code: line(20) });

export const LetterContents = z
  .strictObject({
    form: LetterForm,
    /** The day on the letter, in Sweden. */
    writtenOn: z.iso.date(),
    patient: z.strictObject({ name: line(200) }),
    /** The patient, or the guardian of a child up to the site's age limit. */
    recipient: z.strictObject({ name: line(200), addressLines: lines }),
    unit: z.strictObject({
      name: line(200),
      addressLines: lines,
      directions: line(600).optional(),
      phone: line(40),
      phoneHours: line(120).optional(),
    }),
    /** In the order of the clock. None in an open letter. */
    visits: z.array(LetterVisit).max(8),
    /** What an open letter asks the patient to book. */
    toBook: z
      .strictObject({
        what: line(120).optional(),
        latestDay: z.iso.date(),
        preparations: z.array(LetterPreparation).max(12),
      })
      .optional(),
    answer: LetterAnswer.optional(),
    isGuardian: z.boolean(),
    /** ISO 639-1 code of the language of the interpreter who is booked. */
    interpreterLanguage: z
      .string()
      .regex(/^[a-z]{2}$/)
      .optional(),
    hasProtectedIdentity: z.boolean(),
    hasLargePrint: z.boolean(),
  })
  .refine(
    ({ form, visits, toBook }) => (form === 'timed' ? visits.length > 0 && !toBook : visits.length === 0 && toBook),
    {
      error: 'a timed letter has visits, an open one what to book',
    },
  );
export type LetterContents = z.infer<typeof LetterContents>;

import { z } from 'zod';
import { Id } from './clinic.ts';
import { LetterDocument } from './letter-document.ts';
import { LetterTexts, OwnLetterTexts } from './letter-texts.ts';

/** Whose texts: the whole unit's, or those of a visit type by its id. */
export const LetterTextsKey = z.union([z.literal('unit'), Id]);
export type LetterTextsKey = z.infer<typeof LetterTextsKey>;

/** Who has texts at a unit: the unit first, then its visit types by name. */
export const LetterTextsList = z.object({
  items: z.array(
    z.object({
      key: LetterTextsKey,
      name: z.string(),
      /** Of its own. */
      ownBlocks: z.int().nonnegative(),
    }),
  ),
});
export type LetterTextsList = z.infer<typeof LetterTextsList>;

export const LetterTextsView = z.object({
  key: LetterTextsKey,
  own: OwnLetterTexts,
  /** What holds where there is nothing of its own: the unit's, or the product's. */
  inherited: LetterTexts,
  version: z.int(),
});
export type LetterTextsView = z.infer<typeof LetterTextsView>;

export const LetterTextsBody = z.strictObject({ own: OwnLetterTexts });

export const UNIT_CONTACT_CHARACTERS = { phone: 40, phoneHours: 120, address: 200, directions: 600 } as const;
const { phone, phoneHours, address, directions } = UNIT_CONTACT_CHARACTERS;

const line = (characters: number) => z.string().trim().min(1).max(characters).nullable();

const contact = {
  phone: line(phone),
  /** "vardagar kl. 8.00–10.00". */
  phoneHours: line(phoneHours),
  /** Lines apart by commas. */
  address: line(address),
  /** From the street to the reception. */
  directions: line(directions),
};

/** How a unit is reached, as its letters and the patient's page tell it; each is set. */
export const UnitContactBody = z.strictObject(contact);
export type UnitContactBody = z.infer<typeof UnitContactBody>;
export const UnitContact = z.object({ name: z.string(), ...contact, version: z.int() });
export type UnitContact = z.infer<typeof UnitContact>;

/** Letters to try texts on. */
export const SAMPLE_LETTERS = ['timed', 'open', 'guardian', 'interpreter', 'protected', 'large-print'] as const;
export const SampleLetter = z.enum(SAMPLE_LETTERS);
export type SampleLetter = z.infer<typeof SampleLetter>;

export const LetterTrial = z.strictObject({ texts: LetterTexts, contact: UnitContactBody, sample: SampleLetter });
export type LetterTrial = z.infer<typeof LetterTrial>;
/** A letter to somebody made up. */
export const TriedLetter = z.object({ letter: LetterDocument });
export type TriedLetter = z.infer<typeof TriedLetter>;

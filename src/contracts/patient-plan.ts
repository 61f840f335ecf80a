import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { Id } from './clinic.ts';

/**
 * Until this birthday guardians see what a child has booked, and get its letters and notices, unless the site sets another
 * one. 13 as on 1177.se, whose age limit Inera sets for all regions so that teenagers are safe from whoever watches them:
 * from then on care is between the child and the clinic.
 */
export const GUARDIANS_SEE_UNDER_YEARS = 13;

/** Of an offered time. */
export const OfferForm = z.object({ svar: z.enum(['ja', 'nej']) });

/** Whose page it is to be: a child's, or the own one where it is empty. */
export const WhoseForm = z.object({ vem: z.union([Id, z.literal('')]) });

/** Whom at a unit a patient turns to: fast vårdkontakt. */
export const NamedContactBody = z.strictObject({
  unitId: Id,
  staffId: Id,
  /** The unit's own where it is null. */
  phone: z.string().trim().min(1).max(50).nullable(),
});
export type NamedContactBody = z.infer<typeof NamedContactBody>;

export const NamedContactView = z.object({
  unitId: Id,
  unitName: z.string(),
  staffId: Id,
  name: z.string(),
  /** Of their own, as it was put down. */
  ownPhone: z.string().nullable(),
  /** What the patient calls. */
  phone: z.string().nullable(),
});

/** With a unit: who could be it there. */
export const NamedContactsQuery = z.object({ unit: Id.optional() });
export const NamedContacts = z.object({
  items: z.array(NamedContactView),
  choices: z.array(z.object({ staffId: Id, name: z.string() })),
});
export type NamedContacts = z.infer<typeof NamedContacts>;

/** Whether earlier codes open nothing any more: for a letter that somebody else may have. */
export const NewAnswerCodeBody = z.strictObject({ endsEarlier: z.boolean().default(false) });

/** A new code for a patient who has called: told or written down, this once. */
export const MadeAnswerCode = z.object({
  /** Where it is typed. */
  address: z.url(),
  code: z.string(),
  expiresAt: Instant,
});
export type MadeAnswerCode = z.infer<typeof MadeAnswerCode>;

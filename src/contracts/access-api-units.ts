import { z } from 'zod';
import { HsaId, UnitName } from './access-api.ts';
import { Id } from './clinic.ts';
import { UnitDefaults } from './followup.ts';

/** A year: longer is never. */
export const MAX_UNIT_HOURS = 24 * 365;

export const MAX_REMIND_VISITS_DAYS = 10;
export const MAX_SERIES_AHEAD_MONTHS = 36;

const Hours = z.int().min(1).max(MAX_UNIT_HOURS, `at most ${MAX_UNIT_HOURS} hours`);
const Line = z.string().trim().min(1).max(200, 'at most 200 characters').nullable();

/** The unit's proposals for what is not said; who works there is known from the accounts. */
export const ProposalDefaults = UnitDefaults.omit({ staff: true });
export type ProposalDefaults = z.infer<typeof ProposalDefaults>;

const settings = {
  name: UnitName,
  phone: Line,
  address: Line,
  /** A clinician who takes over what others leave unsigned or unanswered. */
  deputyId: Id.nullable(),
  /** After how long the author of what is unsigned is reminded. */
  remindAfterHours: Hours,
  /** After how long it is passed on to the deputy. */
  passOnAfterHours: Hours,
  /** From when on the whole unit sees it. */
  leftAfterHours: Hours,
  /** So many working days before a visit the patient is reminded; null for never. */
  remindVisitsDays: z.int().min(1).max(MAX_REMIND_VISITS_DAYS).nullable(),
  /** A series without an end is booked for so many months at a time. */
  seriesAheadMonths: z.int().min(1).max(MAX_SERIES_AHEAD_MONTHS),
  /** The product's own when null. */
  defaults: z.null().or(ProposalDefaults),
};

/** All of a unit's settings: each is set. */
export const UnitSettingsBody = z
  .strictObject({ ...settings, hsaId: HsaId.optional() })
  .refine(({ remindAfterHours, passOnAfterHours }) => remindAfterHours <= passOnAfterHours, {
    path: ['passOnAfterHours'],
    message: 'passed on after the reminder, not before',
  })
  .refine(({ passOnAfterHours, leftAfterHours }) => passOnAfterHours <= leftAfterHours, {
    path: ['leftAfterHours'],
    message: 'shown to the unit after it was passed on, not before',
  });
export type UnitSettingsBody = z.infer<typeof UnitSettingsBody>;

export const UnitSettings = z.object({ id: Id, version: z.int(), ...settings, hsaId: HsaId, demo: z.boolean() });
export type UnitSettings = z.infer<typeof UnitSettings>;

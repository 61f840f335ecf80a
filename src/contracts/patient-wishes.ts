import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { Id } from './clinic.ts';
import { IsoDate, PatientPreference } from './followup.ts';

const MAX_DAYS_AWAY = 20;
export const MAX_WISH_CHARACTERS = 500;
const MAX_NOTICE_HOURS = 720;

/** First and last day that do not suit, in their order. */
const DaysAway = z
  .tuple([z.iso.date(), z.iso.date()])
  .refine(([from, to]) => from <= to, { message: 'the first day before the last' });

/** What a patient wishes of times: an absent field is no wish, and an empty list none either. */
const StatedPreference = PatientPreference.extend({ not_dates: z.array(DaysAway).max(MAX_DAYS_AWAY).optional() })
  .strict()
  .transform((said) =>
    PatientPreference.parse(
      Object.fromEntries(Object.entries(said).filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    ),
  );

/** What staff write down on the phone, for the times of a task and of what hangs on it. */
export const WishesBody = z.strictObject({
  preference: StatedPreference,
  /** What is no wish that the calendar knows. */
  note: z.string().trim().min(1).max(MAX_WISH_CHARACTERS).nullable(),
  /** ISO 639-1. */
  interpreterLanguage: z
    .string()
    .length(2)
    .regex(/^[a-z]*$/, 'an ISO 639-1 code')
    .nullable(),
});
export type WishesBody = z.infer<typeof WishesBody>;

/** That the patient wants an earlier time than a booked one. */
export const EarlierTimeBody = z.strictObject({
  notBefore: z.iso.date().nullable(),
  noticeHours: z.int().min(1).max(MAX_NOTICE_HOURS).optional(),
});

/** A booked visit ahead, and whether an earlier time is wanted. */
const EarlierTimeView = z.object({
  appointmentId: Id,
  visit: z.string(),
  startsAt: Instant,
  wanted: z
    .object({
      notBefore: IsoDate.nullable(),
      noticeHours: z.int(),
      since: Instant,
      /** Null for the patient on the own page. */
      by: z.string().nullable(),
    })
    .nullable(),
});
export type EarlierTimeView = z.infer<typeof EarlierTimeView>;

/** What the proposals of a task honour, and where each comes from. */
export const PatientWishes = z.object({
  preference: PatientPreference,
  /** Who wrote it down when; null for what the note says. */
  stated: z.object({ by: z.string(), at: Instant, note: z.string().nullable() }).nullable(),
  /** Of the task's own booked visits. */
  earlier: z.array(EarlierTimeView),
});
export type PatientWishes = z.infer<typeof PatientWishes>;

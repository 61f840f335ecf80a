import { z } from 'zod';
import { Id } from './clinic.ts';

/** The languages of the patient's page; the first is what is spoken here. */
export const PATIENT_LANGUAGES = ['sv', 'en'] as const;
export const PatientLanguage = z.enum(PATIENT_LANGUAGES);
export type PatientLanguage = z.infer<typeof PatientLanguage>;

/** What somebody typed who comes in by a letter: read kindly, so it is any text here. */
export const CodeForm = z.object({ kod: z.string().max(60), fodelsedatum: z.string().max(40) });

const Version = z.coerce.number().int().min(1);

const MAX_VISITS = 8;
const MAX_TIMES_CHARACTERS = 1000;

/**
 * A visit's time as one word of a form: task, which visit of a series, who is met, when it begins (milliseconds since
 * 1970-01-01T00:00Z).
 */
const ChosenVisit = z
  .string()
  .transform((word) => {
    const [taskId, occasion, performerId, startMs] = word.split('.');
    return { taskId, occasion: Number(occasion), performerId, startMs: Number(startMs) };
  })
  .pipe(z.object({ taskId: Id, occasion: z.int().min(1), performerId: Id, startMs: z.int().min(0) }));
export type ChosenVisit = z.output<typeof ChosenVisit>;

/** Times that a patient chose; the first is the one that was asked about. */
export const ChosenTimesQuery = z.object({
  tider: z
    .string()
    .max(MAX_TIMES_CHARACTERS)
    .transform((words) => words.split(','))
    .pipe(z.array(ChosenVisit).min(1).max(MAX_VISITS)),
});

export function chosenTimesAsWord(visits: readonly ChosenVisit[]): string {
  return visits
    .map(({ taskId, occasion, performerId, startMs }) => [taskId, occasion, performerId, startMs].join('.'))
    .join(',');
}

/** They are booked, or taken in place of those that were shown as this version. */
export const ChosenTimesForm = ChosenTimesQuery.extend({ version: Version });

/** Why a patient cancels. */
export const PATIENT_CANCEL_REASONS = ['passar_inte', 'sjuk', 'behovs_inte', 'annan_vard', 'annat'] as const;
export const PatientCancelReason = z.enum(PATIENT_CANCEL_REASONS);
export type PatientCancelReason = z.infer<typeof PatientCancelReason>;

export const MAX_CANCEL_CHARACTERS = 400;

export const CancelForm = z.object({
  version: Version,
  orsak: PatientCancelReason,
  /** In the patient's own words. */
  text: z.string().trim().max(MAX_CANCEL_CHARACTERS).default(''),
  /** Whether the clinic is to find another time. */
  ny_tid: z.enum(['ja', 'nej']),
});
export type CancelForm = z.infer<typeof CancelForm>;

/** What was done, told on the next page. */
export const PATIENT_RECEIPTS = [
  'flyttad',
  'bokad',
  'avbokad',
  'avbokad-ny',
  'tidigare',
  'inte-tidigare',
  'behallen',
  'utloggad',
] as const;
export const PatientReceipt = z.enum(PATIENT_RECEIPTS);
export type PatientReceipt = z.infer<typeof PatientReceipt>;

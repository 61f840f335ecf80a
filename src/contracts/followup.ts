import { z } from 'zod';
import { FLAG_NAMES, Route } from './followup-flags.ts';

/** What can be asked for. The names are the data schema's and stay Swedish. */
export const REQUEST_TYPES = [
  'aterbesok',
  'nybesok',
  'telefon',
  'video',
  'hembesok',
  'provtagning',
  'undersokning',
  'rontgen',
  'vaccination',
  'remiss',
  'brev',
  'mote',
  'ombokning',
  'avbokning',
] as const;
export const RequestType = z.enum(REQUEST_TYPES);
export type RequestType = z.infer<typeof RequestType>;

/** YYYY-MM-DD. */
export const IsoDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
/** YYYY-MM-DDTHH:MM, the clinic's local time. */
export const IsoDateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
/** ISO 8601 in one unit, as P1W; negative is before. */
export const IsoDuration = z.string().regex(/^-?P\d+[DWMY]$/);

/** What a bound is set by: `fore_helg` is before a holiday, `efter_datum` from a day or a distance from today. */
export const BOUND_KINDS = ['datum', 'vecka', 'manad', 'sasong', 'helg'] as const;
export const TIME_KINDS = [
  'om',
  'inom',
  'datum',
  'vecka',
  'manad',
  'intervall',
  'sasong',
  'ar',
  'relativ',
  'plan',
  'snarast',
  'vag',
] as const;
export const TimeKind = z.union([
  z.enum(TIME_KINDS),
  z.templateLiteral(['fore_', z.enum(BOUND_KINDS)]),
  z.templateLiteral(['efter_', z.enum(BOUND_KINDS)]),
]);
export type TimeKind = z.infer<typeof TimeKind>;

export const FollowUpTime = z.object({
  kind: TimeKind,
  /** The words, as written. */
  expr: z.string(),
  target: IsoDate.optional(),
  earliest: IsoDate.optional(),
  latest: IsoDate.optional(),
  start: IsoDateTime.optional(),
  /** First and last day of what is wished within the bounds. */
  preferred: z.array(IsoDate).optional(),
  /** To the request linked; null: not said, the unit's default is proposed. */
  offset: IsoDuration.nullable().optional(),
  offset_min: IsoDuration.optional(),
  offset_max: IsoDuration.optional(),
  /** Måldatum: the medically right latest day. */
  mal_datum: IsoDate.optional(),
});
export type FollowUpTime = z.infer<typeof FollowUpTime>;

export const FollowUpSeries = z.object({
  count: z.number().int().positive().optional(),
  until: IsoDate.optional(),
  interval: IsoDuration.optional(),
  /** Interval after the first visit at its own time ("därefter årligen"). */
  then_interval: IsoDuration.optional(),
  /** The series whose every occasion this one follows. */
  follows: z.string().optional(),
});
export type FollowUpSeries = z.infer<typeof FollowUpSeries>;

export const WEEKDAYS = ['man', 'tis', 'ons', 'tor', 'fre', 'lor', 'son'] as const;
export const PatientPreference = z.object({
  daypart: z.enum(['formiddag', 'eftermiddag']).optional(),
  not_weekdays: z.array(z.enum(WEEKDAYS)).optional(),
  weekdays: z.array(z.enum(WEEKDAYS)).optional(),
  /** Pairs of first and last day. */
  not_dates: z.array(z.array(IsoDate)).optional(),
});
export type PatientPreference = z.infer<typeof PatientPreference>;

/** One thing asked for, in the schema of the labelled data. */
export const FollowUpRequest = z.object({
  /** R1, R2 ... in the order of the text. */
  id: z.string().regex(/^R\d+$/),
  type: RequestType,
  role: z.string().optional(),
  /** A surname, `@author` (whoever writes) or `@same` (who it was before). */
  practitioner: z.string().optional(),
  unit: z.string().optional(),
  service: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
  analyses: z.array(z.string()).optional(),
  prep: z.array(z.string()).optional(),
  prep_verbatim: z.array(z.string()).optional(),
  safety_verbatim: z.array(z.string()).optional(),
  needs: z.array(z.string()).optional(),
  participants: z.array(z.string()).optional(),
  responsible: z.object({ kind: z.string().optional(), name: z.string().optional() }).optional(),
  duration_min: z.number().int().positive().optional(),
  priority: z.string().optional(),
  patient_pref: PatientPreference.optional(),
  agreed_with_patient: z.boolean().optional(),
  delivery: z.string().optional(),
  booking_date: IsoDate.optional(),
  patient_id: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  same_day: z.string().optional(),
  alternative_to: z.string().optional(),
  anchor: z.object({ event: z.string().optional(), date: IsoDate.optional() }).optional(),
  trigger: z.string().optional(),
  condition: z.string().optional(),
  series: FollowUpSeries.optional(),
  time: FollowUpTime.optional(),
});
export type FollowUpRequest = z.infer<typeof FollowUpRequest>;
export type RequestField = Exclude<keyof FollowUpRequest, 'id'>;

export const FollowUpMode = z.enum(['typed', 'dictated']);
export type FollowUpMode = z.infer<typeof FollowUpMode>;

/** A line of a file of labelled phrases. Labels of others may hold flags and fields that are not known here. */
export const LabelledPhrase = z.object({
  id: z.string(),
  text: z.string(),
  mode: FollowUpMode,
  ref_date: IsoDate,
  difficulty: z.string().optional(),
  route: Route,
  flags: z.array(z.string()),
  requests: z.array(FollowUpRequest.loose()),
  negated: z.array(RequestType),
  note: z.string().optional(),
});
export type LabelledPhrase = z.infer<typeof LabelledPhrase>;

/** A file with a whole labelled note. Ids of requests run through the note; a quote is a stretch of its text. */
export const LabelledNote = z.object({
  id: z.string(),
  text: z.string(),
  mode: FollowUpMode,
  ref_date: IsoDate,
  followups: z.array(
    z.object({
      requests: z.array(FollowUpRequest.loose()),
      flags: z.array(z.string()),
      route: Route,
      quote: z.string(),
    }),
  ),
  negated: z.array(z.object({ type: RequestType, quote: z.string() })),
});
export type LabelledNote = z.infer<typeof LabelledNote>;

/** A stretch of the note: UTF-16 positions, the end exclusive, and the words that stand there. */
export const SourceSpan = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
});
export type SourceSpan = z.infer<typeof SourceSpan>;

/** A flag with the reason for it in a Swedish sentence that staff read, and the words that gave cause. */
export const RaisedFlag = z.object({
  /** As in the data, with what it carries. */
  flag: z.string(),
  name: z.enum(FLAG_NAMES),
  route: Route,
  reason: z.string(),
  source: SourceSpan.optional(),
});
export type RaisedFlag = z.infer<typeof RaisedFlag>;

/** A value of the unit's defaults for what was not said; a person confirms it. */
export const Proposal = z.object({
  field: z.enum(['role', 'offset', 'duration_min']),
  value: z.union([z.string(), z.number()]),
});
export type Proposal = z.infer<typeof Proposal>;

/** A request with the words that each of its fields came from (a link: the words that say it). */
export const ReadRequest = z.object({
  request: FollowUpRequest,
  sources: z.partialRecord(FollowUpRequest.omit({ id: true }).keyof(), z.array(SourceSpan)),
  proposals: z.array(Proposal),
});
export type ReadRequest = z.infer<typeof ReadRequest>;

/**
 * Requests that belong together: of one sentence, or linked across sentences. Without requests where a person has to
 * look though nothing is asked for: `other_person`, a denial heard uncertainly, a command that left no plan.
 */
export const FollowUp = z.object({
  requests: z.array(ReadRequest),
  flags: z.array(RaisedFlag),
  route: Route,
  source: SourceSpan,
});
export type FollowUp = z.infer<typeof FollowUp>;

/** Something said not to be needed: kept as a decision, never as silence. */
export const NegatedDecision = z.object({ type: RequestType, source: SourceSpan });
export type NegatedDecision = z.infer<typeof NegatedDecision>;

/** Words about a visit or a test that ask for nothing, with the reason why. */
export const SetAside = z.object({ flag: RaisedFlag, source: SourceSpan });
export type SetAside = z.infer<typeof SetAside>;

/** All that a text says about follow-up. `flags` and `route` speak of the whole text. */
export const FollowUpReading = z.object({
  followUps: z.array(FollowUp),
  decisions: z.array(NegatedDecision),
  setAside: z.array(SetAside),
  flags: z.array(z.string()),
  route: Route,
});
export type FollowUpReading = z.infer<typeof FollowUpReading>;

/** What a unit takes for granted when a note does not say it. */
export const UnitDefaults = z.object({
  /** From a blood test back from its visit, as -P1W. */
  labOffset: IsoDuration,
  /** From an examination to the visit that tells its result, as P1W. */
  resultOffset: IsoDuration,
  visitMinutes: z.partialRecord(RequestType, z.number().int().positive()),
  /** Who works here: a surname with or without the first name, and the role. */
  staff: z.array(z.object({ name: z.string(), role: z.string() })),
});
export type UnitDefaults = z.infer<typeof UnitDefaults>;

/** A recognised word's place in the note (as SourceSpan) and its confidence, 0 to 1. */
export interface HeardWord {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
}

export interface FollowUpOptions {
  /** YYYY-MM-DD, the day of the note. */
  readonly refDate: string;
  /** Typed when absent. */
  readonly mode?: FollowUpMode;
  readonly words?: readonly HeardWord[];
  readonly unit: UnitDefaults;
}

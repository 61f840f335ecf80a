import { z } from 'zod';

/** Strictest first: what a person has to do before a follow-up can be booked. */
export const ROUTES = ['clinician', 'hold', 'review', 'auto', 'none'] as const;
export const Route = z.enum(ROUTES);
export type Route = z.infer<typeof Route>;

/** The strictest of some routes; `none` of no route at all. */
export function strictestRoute(routes: Iterable<Route>): Route {
  return ROUTES[Math.min(ROUTES.length - 1, ...Array.from(routes, (route) => ROUTES.indexOf(route)))]!;
}

/**
 * Every flag, the least route that it asks for, and what its name carries after the name itself: `request` as in
 * `needs_referral_R1`, `date` as in `holiday_in_window:2026-04-06`.
 */
export const FLAGS = {
  // shown, not blocking
  role_default_author: { route: 'auto' },
  lab_offset_default: { route: 'auto' },
  offset_default: { route: 'auto' },
  needs_referral: { route: 'auto', carries: 'request' },
  /** A röd dag in a window of at most ten days, or on the day itself. */
  holiday_in_window: { route: 'auto', carries: 'date' },
  /** The day meant is a klämdag. */
  target_on_bridge_day: { route: 'auto', carries: 'date' },
  target_on_excluded_weekday: { route: 'auto', carries: 'date' },
  target_on_weekend: { route: 'auto', carries: 'date' },
  window_touches_weekend: { route: 'auto', carries: 'date' },
  analyses_missing: { route: 'auto' },
  letter_to_guardian: { route: 'auto' },
  vardgaranti_90: { route: 'auto' },
  visit_kind_assumed: { route: 'auto' },
  check_patient_matches_open_record: { route: 'auto' },
  // staff resolve
  series_without_end: { route: 'review' },
  time_missing: { route: 'review' },
  no_upper_bound: { route: 'review' },
  season_fuzzy: { route: 'review' },
  self_correction: { route: 'review' },
  voice_command: { route: 'review' },
  competing_times: { route: 'review' },
  copy_from_missed_booking: { route: 'review' },
  refers_to_existing_plan: { route: 'review' },
  medication_instruction_verbatim: { route: 'review' },
  protected_identity: { route: 'review' },
  vague_offset: { route: 'review' },
  base_date_unknown: { route: 'review' },
  /** A window so short that its weekend leaves at most one working day. */
  short_window_weekend: { route: 'review' },
  /** A time, person or negation was repaired from a misspelling, or heard with low confidence. */
  uncertain_hearing: { route: 'review' },
  /** Words of a plan that look like a time or an action, and that no rule could read. */
  unread_text: { route: 'review' },
  /** The patient seems to book the time that is asked for. */
  patient_books: { route: 'review' },
  /** The patient said no to what is asked for, or has not made up their mind. */
  patient_declines: { route: 'review' },
  /** Somebody else's words about a plan: the author only tells of it. */
  hearsay: { route: 'review' },
  // waits for an event
  event_triggered: { route: 'hold' },
  conditional: { route: 'hold' },
  needs_clinical_decision: { route: 'hold' },
  // only the author knows
  vague_time: { route: 'clinician' },
  what_missing: { route: 'clinician' },
  role_missing: { route: 'clinician' },
  unit_missing: { route: 'clinician' },
  urgency_unclear: { route: 'clinician' },
  /** The date does not exist, or lies before the day of the note. */
  invalid_date: { route: 'clinician' },
  weekday_date_mismatch: { route: 'clinician' },
  ambiguous_abbrev: { route: 'clinician' },
  other_person: { route: 'clinician' },
  safety_info: { route: 'clinician' },
  // nothing to book; raised only when no request remains
  historical: { route: 'none' },
  already_done: { route: 'none' },
  patient_initiated: { route: 'none' },
} as const satisfies Record<string, { route: Route; carries?: 'request' | 'date' }>;
export type FlagName = keyof typeof FLAGS;
export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];

/** A flag as it is written in the data: its name and what it carries. */
export function flagText(name: FlagName, carried?: string): string {
  if (carried === undefined) return name;
  return name === 'needs_referral' ? `${name}_${carried}` : `${name}:${carried}`;
}

/** The name of a written flag; undefined when nobody knows it. */
export function flagName(flag: string): FlagName | undefined {
  const name = flag.replace(/(_R\d+|:\d{4}-\d\d-\d\d)$/, '');
  return Object.hasOwn(FLAGS, name) ? (name as FlagName) : undefined;
}

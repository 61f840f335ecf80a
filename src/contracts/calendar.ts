import { z } from 'zod';
import type { Edges } from './clinic.ts';

/**
 * What has a calendar of its own. `role`: a line without a name on it, such as the laboratory's. Rooms and equipment are
 * taken along with a visit; an interpreter is there at set times.
 */
export const RESOURCE_KINDS = ['person', 'role', 'room', 'equipment', 'interpreter'] as const;
export const ResourceKind = z.enum(RESOURCE_KINDS);
export type ResourceKind = z.infer<typeof ResourceKind>;

/**
 * `reserved`: held for a few minutes while somebody asks the patient; past its time anybody may take it. `lapsed`: it
 * was given up. Everything else is a visit that was agreed on.
 */
export const APPOINTMENT_STATES = [
  'reserved',
  'booked',
  'arrived',
  'fulfilled',
  'no_show',
  'cancelled',
  'lapsed',
] as const;
export const AppointmentState = z.enum(APPOINTMENT_STATES);
export type AppointmentState = z.infer<typeof AppointmentState>;

export const APPOINTMENT_EDGES: Edges<AppointmentState> = {
  reserved: ['booked', 'lapsed'],
  booked: ['arrived', 'no_show', 'cancelled'],
  arrived: ['fulfilled'],
  fulfilled: [],
  // Taken back on the same day.
  no_show: ['booked'],
  cancelled: [],
  lapsed: [],
};

/** `task_cancelled` is the database's own: a time does not outlive its task. */
export const APPOINTMENT_CANCEL_REASONS = ['patient', 'clinic', 'task_cancelled'] as const;
export const AppointmentCancelReason = z.enum(APPOINTMENT_CANCEL_REASONS);
export type AppointmentCancelReason = z.infer<typeof AppointmentCancelReason>;

/** On whose account an appointment is moved. */
export const MOVE_REASONS = ['patient', 'clinic'] as const;
export const MoveReason = z.enum(MOVE_REASONS);
export type MoveReason = z.infer<typeof MoveReason>;

/** What happened to an appointment; each is kept, with who did it. */
export const APPOINTMENT_STEPS = [...APPOINTMENT_STATES, 'moved'] as const;
export const AppointmentStep = z.enum(APPOINTMENT_STEPS);
export type AppointmentStep = z.infer<typeof AppointmentStep>;

/**
 * What can be given up where no time fits, from the least to the most: a patient's wish first, the måldatum last.
 * Nothing is given up in silence, and a floor ("tidigast") and the order of a chain never are.
 */
export const WISHES = [
  'daypart',
  'weekday',
  'clock',
  'lent',
  'dates',
  'offset',
  'same_day',
  'early',
  'interpreter',
  'person',
  'late',
] as const;
export const Wish = z.enum(WISHES);
export type Wish = z.infer<typeof Wish>;

/** Why there is nothing to propose, whatever the calendar holds. */
export const PROPOSAL_PROBLEMS = [
  'has_time',
  'no_time_needed',
  'no_visit_type',
  'nobody_does_it',
  'waits_for_other',
] as const;
export const ProposalProblem = z.enum(PROPOSAL_PROBLEMS);
export type ProposalProblem = z.infer<typeof ProposalProblem>;

import { z } from 'zod';
import type { Edges } from './clinic.ts';

export const BOOKING_REQUEST_STATES = ['active', 'withdrawn'] as const;
export const BookingRequestState = z.enum(BOOKING_REQUEST_STATES);
export type BookingRequestState = z.infer<typeof BookingRequestState>;

export const BOOKING_REQUEST_EDGES: Edges<BookingRequestState> = { active: ['withdrawn'], withdrawn: [] };

/** `question`: waits for a clinician's answer; `waiting`: for an event or a day, then it is new again. */
export const TASK_STATES = ['new', 'claimed', 'question', 'waiting', 'booked', 'called', 'done', 'cancelled'] as const;
export const TaskState = z.enum(TASK_STATES);
export type TaskState = z.infer<typeof TaskState>;

/** Those in which a task has no time yet. */
export const UNBOOKED_STATES = ['new', 'claimed', 'question', 'waiting'] as const satisfies readonly TaskState[];

export const TASK_EDGES: Edges<TaskState> = {
  // A patient books from an open letter what nobody has claimed.
  new: ['claimed', 'booked', 'cancelled'],
  // What takes no time of its own (a letter, a referral, a change of another booking) is done at once.
  claimed: ['new', 'question', 'waiting', 'booked', 'done', 'cancelled'],
  question: ['claimed', 'cancelled'],
  waiting: ['new', 'booked', 'cancelled'],
  // Back to the queue when the time was cancelled and the need remains.
  booked: ['called', 'new', 'cancelled'],
  called: ['done', 'new', 'cancelled'],
  done: [],
  cancelled: [],
};

export const CANCEL_REASONS = [
  'request_withdrawn',
  'patient_declined',
  'duplicate',
  'done_elsewhere',
  'other',
] as const;
export const CancelReason = z.enum(CANCEL_REASONS);
export type CancelReason = z.infer<typeof CancelReason>;

export const QUESTION_STATES = ['open', 'answered', 'withdrawn'] as const;
export const QuestionState = z.enum(QUESTION_STATES);
export type QuestionState = z.infer<typeof QuestionState>;

export const QUESTION_EDGES: Edges<QuestionState> = { open: ['answered', 'withdrawn'], answered: [], withdrawn: [] };

export const REMINDER_KINDS = ['note_unsigned', 'question_unanswered', 'target_near', 'draft_to_sign'] as const;
export const ReminderKind = z.enum(REMINDER_KINDS);
export type ReminderKind = z.infer<typeof ReminderKind>;

import { z } from 'zod';
import { Instant } from './api-forms.ts';
import {
  AppointmentCancelReason,
  AppointmentState,
  AppointmentStep,
  MoveReason,
  ProposalProblem,
  Wish,
} from './calendar.ts';
import { Id } from './clinic.ts';
import { IsoDate, RequestType } from './followup.ts';

const Named = z.object({ id: Id, name: z.string() });

/** A wish that is given up, with what that means in words that staff read. */
export const GivenUp = z.object({ wish: Wish, words: z.string() });
export type GivenUp = z.infer<typeof GivenUp>;

/** A visit at a time that could be booked. */
export const ProposedVisit = z.object({
  taskId: Id,
  /** Which visit of a series; absent for one that stands alone. */
  occasion: z.int().positive().optional(),
  visitType: Named,
  performer: Named,
  /** Room, equipment, interpreter. */
  others: z.array(Named),
  startsAt: Instant,
  endsAt: Instant,
});
export type ProposedVisit = z.infer<typeof ProposedVisit>;

/** Times for a task and what hangs on it, with why they fit. */
export const TimeProposal = z.object({
  visits: z.array(ProposedVisit),
  /** In Swedish, the weightiest first. */
  reasons: z.array(z.string()),
  givesUp: z.array(GivenUp),
});
export type TimeProposal = z.infer<typeof TimeProposal>;

export const AppointmentView = z.object({
  id: Id,
  version: z.int(),
  state: AppointmentState,
  unitId: Id,
  taskId: Id.nullable(),
  /** Which visit of a series; 1 for one that stands alone. */
  occasion: z.int(),
  chainId: Id,
  visitType: Named,
  type: RequestType,
  startsAt: Instant,
  endsAt: Instant,
  reservedUntil: Instant.nullable(),
  performer: Named,
  others: z.array(Named),
  patient: z.object({
    id: Id,
    protectedIdentity: z.boolean(),
    /** Null with a protected identity. */
    name: z.string().nullable(),
    familyName: z.string().nullable(),
    personalNumber: z.string().nullable(),
  }),
  interpreterLanguage: z.string().nullable(),
  givesUp: z.array(Wish),
  cancelReason: AppointmentCancelReason.nullable(),
  cancelNote: z.string().nullable(),
});
export type AppointmentView = z.infer<typeof AppointmentView>;

export const AppointmentList = z.object({ items: z.array(AppointmentView) });

export const TimeProposals = z.object({
  /** Why there is nothing to propose, and for which task of the chain. */
  problem: z.object({ taskId: Id, reason: ProposalProblem }).nullable(),
  /** Everything asked for is fulfilled; the best first. */
  proposals: z.array(TimeProposal),
  /** Where nothing is: what could be had for giving something up, the least first. */
  alternatives: z.array(TimeProposal),
  /** What the task and what hangs on it hold already. */
  held: z.array(AppointmentView),
  series: z
    .object({
      /** How many visits it is, as was ordained or staff have said; null as long as it has no end. */
      count: z.int().nullable(),
      /** Whether no end was ordained. */
      isEndless: z.boolean(),
      /** How many have times. */
      booked: z.int(),
      /** The day of the last that has one. */
      bookedUntil: IsoDate.nullable(),
    })
    .nullable(),
});
export type TimeProposals = z.infer<typeof TimeProposals>;

const MAX_VISITS = 40;

export const ChosenVisit = z.object({
  taskId: Id,
  /** Which visit of a series; the next where absent. */
  occasion: z.int().positive().optional(),
  performerId: Id,
  startsAt: Instant,
});
export type ChosenVisit = z.infer<typeof ChosenVisit>;

/** A time for the task and for each that hangs on it, for one or several visits of a series; what is given up is named. */
export const TimeChoice = z.object({
  visits: z.array(ChosenVisit).min(1).max(MAX_VISITS),
  givesUp: z.array(Wish).default([]),
});
export type TimeChoice = z.infer<typeof TimeChoice>;

export const MAX_SERIES_VISITS = 400;

/** How many visits a series is for which no end was ordained. */
export const SeriesEndBody = z.strictObject({ visits: z.int().min(1).max(MAX_SERIES_VISITS) });

/** What is held already, or times that nobody holds. */
export const BookingBody = z.discriminatedUnion('what', [
  z.object({ what: z.literal('reserved') }),
  TimeChoice.extend({ what: z.literal('chosen') }),
]);
export type BookingBody = z.infer<typeof BookingBody>;

/** A task after its times were held, booked or let go. */
export const TaskTimes = z.object({
  taskId: Id,
  /** Of the task. */
  version: z.int(),
  appointments: z.array(AppointmentView),
});
export type TaskTimes = z.infer<typeof TaskTimes>;

export const MoveBody = z.object({
  performerId: Id,
  startsAt: Instant,
  givesUp: z.array(Wish).default([]),
  /** On whose account. */
  reason: MoveReason.default('clinic'),
});
export type MoveBody = z.infer<typeof MoveBody>;

export const MAX_NOTE_CHARACTERS = 500;

export const CancelBody = z.object({
  reason: AppointmentCancelReason.exclude(['task_cancelled']),
  note: z.string().trim().min(1).max(MAX_NOTE_CHARACTERS).optional(),
  /** `requeue`: the need remains and the task goes back to the queue; `close`: it does not. */
  task: z.enum(['requeue', 'close']),
});
export type CancelBody = z.infer<typeof CancelBody>;

/** What a cancellation would take along, to be told before it is made. */
export const CancelCheck = z.object({
  along: z.array(AppointmentView),
  /** What would stay, and why: Swedish sentences. */
  remarks: z.array(z.string()),
});
export type CancelCheck = z.infer<typeof CancelCheck>;

/** A patient's times that are ahead, for a request to move or cancel one. */
export const ComingTimes = z.object({ items: z.array(AppointmentView) });
export type ComingTimes = z.infer<typeof ComingTimes>;

/** Everything that changed with an appointment, itself the first. */
export const ChangedAppointments = z.object({
  /** Of the appointment. */
  version: z.int(),
  appointments: z.array(AppointmentView),
  /** What did not go along, and why: Swedish sentences. */
  remarks: z.array(z.string()),
});
export type ChangedAppointments = z.infer<typeof ChangedAppointments>;

/** How a visit went. */
export const AttendanceBody = z.object({ state: z.enum(['arrived', 'fulfilled', 'no_show']) });

export const AppointmentDetail = AppointmentView.extend({
  /** The other visits of its chain, by time. */
  linked: z.array(AppointmentView),
  steps: z.array(
    z.object({
      id: z.int(),
      at: Instant,
      step: AppointmentStep,
      startsAt: Instant,
      performerName: z.string(),
      /** Of a move or a cancellation. */
      reason: AppointmentCancelReason.nullable(),
      /** Null for a part of the product itself. */
      by: z.string().nullable(),
    }),
  ),
});
export type AppointmentDetail = z.infer<typeof AppointmentDetail>;

export const MAX_CALENDAR_DAYS = 42;

/** A unit's calendar, or a part of it. */
export const CalendarQuery = z.object({
  unit: Id,
  from: z.iso.date(),
  /** Included. */
  to: z.iso.date(),
  resource: Id.optional(),
});
export type CalendarQuery = z.infer<typeof CalendarQuery>;

/** A time of a template: who owns it and whether it is taken. */
export const CalendarSlot = z.object({
  startsAt: Instant,
  endsAt: Instant,
  owner: z.enum(['care', 'patients']),
  state: z.enum(['free', 'taken', 'closed']),
  visitTypeIds: z.array(Id),
});
export type CalendarSlot = z.infer<typeof CalendarSlot>;

/** An appointment as a calendar of many shows it: what else there is to know comes with the appointment itself. */
export const CalendarAppointment = AppointmentView.pick({
  id: true,
  version: true,
  state: true,
  chainId: true,
  visitType: true,
  startsAt: true,
  endsAt: true,
  reservedUntil: true,
  performer: true,
  others: true,
  interpreterLanguage: true,
}).extend({ patient: AppointmentView.shape.patient.pick({ name: true, familyName: true }) });
export type CalendarAppointment = z.infer<typeof CalendarAppointment>;

export const CalendarView = z.object({
  days: z.array(
    z.object({
      date: IsoDate,
      isoWeek: z.int(),
      kind: z.enum(['roddag', 'afton', 'helg', 'klamdag', 'halvdag', 'vardag']),
      /** The day's own name. */
      name: z.string().nullable(),
    }),
  ),
  resources: z.array(
    z.object({
      id: Id,
      kind: z.enum(['person', 'role', 'room', 'equipment', 'interpreter']),
      name: z.string(),
      role: z.string().nullable(),
      slots: z.array(CalendarSlot),
    }),
  ),
  appointments: z.array(CalendarAppointment),
});
export type CalendarView = z.infer<typeof CalendarView>;

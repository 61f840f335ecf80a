import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { AppointmentView, GivenUp, ProposedVisit } from './appointments-api.ts';
import { ProposalProblem, Wish } from './calendar.ts';
import { Id } from './clinic.ts';
import { IsoDate } from './followup.ts';
import { SickDayVisitState } from './sick-day.ts';

const MAX_SICK_DAYS = 31;
const DAY_MS = 86_400_000;
const MAX_NOTE_CHARACTERS = 500;
/** A visit and what can hang on it. */
const MAX_CHAIN = 20;

/** Whose calendar is shut; both days are included. */
export const NewSickDay = z
  .object({ unitId: Id, resourceId: Id, firstDay: z.iso.date(), lastDay: z.iso.date() })
  .refine(({ firstDay, lastDay }) => {
    const days = (Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS + 1;
    return days >= 1 && days <= MAX_SICK_DAYS;
  }, `1 to ${MAX_SICK_DAYS} days`);
export type NewSickDay = z.infer<typeof NewSickDay>;

export const SickDayQuery = z.object({ unit: Id });

export const SickDayView = z.object({
  id: Id,
  version: z.int(),
  unitId: Id,
  resourceId: Id,
  resourceName: z.string(),
  firstDay: IsoDate,
  lastDay: IsoDate,
  /** When the calendar was opened again. */
  endedAt: Instant.nullable(),
  visitCount: z.int(),
  /** Of them, those that still stand where they stood. */
  openCount: z.int(),
});
export type SickDayView = z.infer<typeof SickDayView>;
export const SickDayList = z.object({ items: z.array(SickDayView) });

/** Times for a visit of a sick day and for what moves along. */
export const SickDayProposal = z.object({
  visits: z.array(ProposedVisit.omit({ taskId: true }).extend({ appointmentId: Id })),
  /** In Swedish, the weightiest first. */
  reasons: z.array(z.string()),
  givesUp: z.array(GivenUp),
  /** Whether it is with whoever was to see the patient. */
  isSamePerson: z.boolean(),
});
export type SickDayProposal = z.infer<typeof SickDayProposal>;

export const SickDayVisitView = z.object({
  id: Id,
  version: z.int(),
  /** `changed_elsewhere`: somebody moved or cancelled it outside the sick day. */
  state: z.enum([...SickDayVisitState.options, 'changed_elsewhere']),
  /** When it was to be. */
  wasAt: Instant,
  /** As it is now. */
  appointment: AppointmentView,
  /** Null with a protected identity. */
  phone: z.string().nullable(),
  targetDate: IsoDate.nullable(),
  slackWorkingDays: z.int().nullable(),
  /** Everything asked for is fulfilled, within måldatum. */
  proposal: SickDayProposal.nullable(),
  /** Where nothing is: the least that would have to be given up. */
  alternative: SickDayProposal.nullable(),
  problem: ProposalProblem.nullable(),
  /** The other visit of the same chain that it is settled with. */
  together: Id.nullable(),
  /** Whether it waits for its turn: proposals are made for so many at once. */
  isLater: z.boolean(),
});
export type SickDayVisitView = z.infer<typeof SickDayVisitView>;

/** A sick day with its visits in the order of the day. */
export const SickDayPlan = z.object({ sickDay: SickDayView, visits: z.array(SickDayVisitView) });
export type SickDayPlan = z.infer<typeof SickDayPlan>;

export const SickDayChoices = z.object({ items: z.array(SickDayProposal) });

/** Whether the patient is written to at once, where an earlier letter says otherwise. */
const sendsLetter = z.boolean().default(false);

export const SickDayMove = z.object({
  sendsLetter,
  visits: z
    .array(z.object({ appointmentId: Id, performerId: Id, startsAt: Instant }))
    .min(1)
    .max(MAX_CHAIN),
  givesUp: z.array(Wish).default([]),
});
export type SickDayMove = z.infer<typeof SickDayMove>;

export const SickDayGiveBack = z.object({
  sendsLetter,
  note: z.string().trim().min(1).max(MAX_NOTE_CHARACTERS).optional(),
});

/** `none`: nobody was told of the old time, or none was wished; `failed`: it is offered in the queue. */
export const ChangeLetter = z.enum(['sent', 'none', 'failed']);
export type ChangeLetter = z.infer<typeof ChangeLetter>;

/** What changed with a visit of a sick day. */
export const SickDayOutcome = z.object({ appointments: z.array(AppointmentView), letter: ChangeLetter });
export type SickDayOutcome = z.infer<typeof SickDayOutcome>;

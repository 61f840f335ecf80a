import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './api-forms.ts';
import { CancelReason, TaskState } from './booking.ts';
import { EncounterKind, Id } from './clinic.ts';
import { IsoDate, RequestType } from './followup.ts';
import { PatientWishes } from './patient-wishes.ts';

/** Said in an address, and in a saved filter. */
const Flag = z.literal('true').optional();

export const MAX_SEARCH_CHARACTERS = 100;
const MAX_WITHIN_WORKING_DAYS = 250;

/** What the queue is narrowed by. Without a state: all that is open. */
export const TaskFilter = z.object({
  unit: Id.optional(),
  state: TaskState.optional(),
  type: RequestType.optional(),
  /** The competence asked for. */
  role: z.string().min(1).max(100).optional(),
  interpreter: Flag,
  mine: Flag,
  /** The patient has not been told of what is booked, or of what there is to book. */
  lacksLetter: Flag,
  /** At most so many working days from today to måldatum. */
  within: z.coerce.number().int().min(0).max(MAX_WITHIN_WORKING_DAYS).optional(),
  /** The beginning of a name, or of a personal number. */
  q: z.string().trim().min(1).max(MAX_SEARCH_CHARACTERS).optional(),
});
export type TaskFilter = z.infer<typeof TaskFilter>;

export const TASK_PAGE = { usual: 100, most: 500 } as const;
export const TaskListQuery = TaskFilter.extend(pageQuery(TASK_PAGE).shape);

/** Who has a task. */
const Holder = z.object({ id: Id, name: z.string(), since: Instant });

/** A row of the queue. */
export const QueueTask = z.object({
  id: Id,
  version: z.int(),
  state: TaskState,
  unitId: Id,
  patient: z.object({
    id: Id,
    protectedIdentity: z.boolean(),
    /** Null with a protected identity: it is opened knowingly, by TaskPatient. */
    name: z.string().nullable(),
    personalNumber: z.string().nullable(),
  }),
  type: RequestType,
  service: z.string().nullable(),
  analyses: z.array(z.string()),
  role: z.string().nullable(),
  /** By name; `@same` for who it was before. */
  practitioner: z.string().nullable(),
  earliestDate: IsoDate.nullable(),
  /** Måldatum. */
  targetDate: IsoDate.nullable(),
  /** How the note says when. */
  timeWords: z.string().nullable(),
  /**
   * Working days to måldatum, from the earliest time that fits where that is known, else from today; negative where
   * måldatum comes first. Null without one.
   */
  slackWorkingDays: z.int().nullable(),
  /** Where the slack counts from; `date` is null where nothing fits within months. Null while it counts from today. */
  earliestFit: z.object({ date: IsoDate.nullable() }).nullable(),
  createdDay: IsoDate,
  /** ISO 639. */
  interpreterLanguage: z.string().nullable(),
  needs: z.array(z.string()),
  /** Of the same chain: a test to take, or something on the same day. */
  hasTests: z.boolean(),
  isSameDay: z.boolean(),
  holder: Holder.nullable(),
  wakesAt: Instant.nullable(),
  /** The event that it waits for, in the note's words. */
  wakesOn: z.string().nullable(),
  /** Staff have booked it and nobody has called the patient, or no channel could bring the letter. */
  lacksLetter: z.boolean(),
});
export type QueueTask = z.infer<typeof QueueTask>;

export const TaskPage = pageOf(QueueTask).extend({
  /** Of the clinic's calendar. */
  today: IsoDate,
  /** The newest change that the page can know of; where `TaskChangesQuery` begins. */
  lastChange: z.int(),
});
export type TaskPage = z.infer<typeof TaskPage>;

export const MAX_TABS = 20;
export const TaskCountsBody = z.object({ filters: z.array(TaskFilter).min(1).max(MAX_TABS) });
export const TaskCounts = z.object({
  counts: z.array(z.int()),
  /** A count above it means "more than". */
  most: z.int(),
});
export type TaskCounts = z.infer<typeof TaskCounts>;

/** The competences that the queue can be narrowed by. */
export const TaskChoices = z.object({ roles: z.array(z.string()) });
export type TaskChoices = z.infer<typeof TaskChoices>;

export const TaskChangesQuery = TaskFilter.extend({ since: z.coerce.number().int().min(0) });
export const TaskChanges = z.object({
  lastChange: z.int(),
  /** Those that changed, in the list or not. */
  tasks: z.array(QueueTask),
  /** Which of them the filter lets through. */
  inList: z.array(Id),
  /** False when more has changed than is told here: fetch the list anew. */
  isWhole: z.boolean(),
});
export type TaskChanges = z.infer<typeof TaskChanges>;

/** Words in the sentence where they stand. */
export const Quote = z.object({ before: z.string(), words: z.string(), after: z.string() });
export type Quote = z.infer<typeof Quote>;

const ChainLink = z.object({
  taskId: Id,
  type: RequestType,
  service: z.string().nullable(),
  analyses: z.array(z.string()),
  state: TaskState,
  targetDate: IsoDate.nullable(),
});
export type ChainLink = z.infer<typeof ChainLink>;

const TaskQuestion = z.object({
  id: Id,
  version: z.int(),
  state: z.enum(['open', 'answered', 'withdrawn']),
  askedBy: z.string(),
  askedAt: Instant,
  to: z.string(),
  text: z.string(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
});
export type TaskQuestion = z.infer<typeof TaskQuestion>;

/** A field of the request in its own form, and where the note says it. */
const RequestDetail = z.object({
  field: z.string(),
  value: z.unknown(),
  quotes: z.array(Quote),
});
export type RequestDetail = z.infer<typeof RequestDetail>;

export const TaskDetail = QueueTask.extend({
  /** What events of it and of what hangs on it name. */
  chainId: Id,
  unitName: z.string(),
  /** When the earliest time was looked for; null while it is not known. */
  fitComputedAt: Instant.nullable(),
  orderedBy: z.object({ id: Id, name: z.string() }),
  orderedAt: Instant,
  /** All the words that the request came from. */
  quote: Quote,
  details: z.array(RequestDetail),
  wishes: PatientWishes,
  /** Why staff have to look: Swedish sentences. */
  remarks: z.array(z.string()),
  /** In the order in which they are done. */
  chain: z.array(ChainLink),
  otherTasks: z.array(ChainLink.extend({ createdDay: IsoDate })),
  encounters: z.array(z.object({ id: Id, kind: EncounterKind, startsAt: Instant, staffName: z.string() })),
  questions: z.array(TaskQuestion),
  history: z.array(
    z.object({
      id: z.int(),
      at: Instant,
      state: TaskState,
      fromState: TaskState.nullable(),
      /** Null for a part of the product itself. */
      by: z.string().nullable(),
    }),
  ),
  /** Who can be asked. */
  clinicians: z.array(z.object({ id: Id, name: z.string() })),
  cancelReason: CancelReason.nullable(),
  cancelNote: z.string().nullable(),
});
export type TaskDetail = z.infer<typeof TaskDetail>;

/** Who a task is about, in full; opening it is logged. */
export const TaskPatient = z.object({
  name: z.string(),
  personalNumber: z.string(),
  phone: z.string().nullable(),
});
export type TaskPatient = z.infer<typeof TaskPatient>;

export const MAX_QUESTION_CHARACTERS = 2_000;
export const MAX_REASON_CHARACTERS = 500;

/** Of many at once only what nobody has. */
const ClaimFree = z.object({ action: z.literal('claim'), takeOver: z.literal(false).default(false) });
const Release = z.object({ action: z.literal('release') });
/** Takes back what release and wait did (release takes back a claim), as long as nobody has touched it since. */
const Reclaim = z.object({ action: z.literal('reclaim') });
const Wait = z
  .object({
    action: z.literal('wait'),
    /** The morning of this day. */
    untilDay: IsoDate.optional(),
    untilEvent: z.string().trim().min(1).max(MAX_REASON_CHARACTERS).optional(),
  })
  .refine(({ untilDay, untilEvent }) => untilDay !== undefined || untilEvent !== undefined, 'a day, an event, or both');
const Cancel = z
  .object({
    action: z.literal('cancel'),
    reason: CancelReason.exclude(['request_withdrawn']),
    note: z.string().trim().min(1).max(MAX_REASON_CHARACTERS).optional(),
  })
  .refine(({ reason, note }) => reason !== 'other' || note !== undefined, 'a note with the reason "other"');

/** What somebody does with a task. */
export const TaskChange = z.discriminatedUnion('action', [
  z.object({ action: z.literal('claim'), takeOver: z.boolean().default(false) }),
  Release,
  Reclaim,
  Wait,
  z.object({ action: z.literal('wake') }),
  Cancel,
  z.object({
    action: z.literal('ask'),
    toStaffId: Id,
    text: z.string().trim().min(1).max(MAX_QUESTION_CHARACTERS),
  }),
  z.object({ action: z.literal('withdraw_question') }),
]);
export type TaskChange = z.infer<typeof TaskChange>;

export const MAX_BULK_TASKS = 200;
export const BulkChange = z.object({
  change: z.discriminatedUnion('action', [ClaimFree, Release, Reclaim, Wait, Cancel]),
  tasks: z
    .array(z.object({ id: Id, version: z.int() }))
    .min(1)
    .max(MAX_BULK_TASKS),
});
export type BulkChange = z.infer<typeof BulkChange>;

export const BulkResult = z.object({
  done: z.array(QueueTask),
  /** As they are now, with the code of why not; those that are gone are left out. */
  refused: z.array(z.object({ id: Id, code: z.string(), task: QueueTask.nullable() })),
});
export type BulkResult = z.infer<typeof BulkResult>;

import type { ColumnType, Generated } from 'kysely';
import type { BookingRequestState, CancelReason, QuestionState, TaskState } from '../../contracts/booking.ts';
import type { FollowUpRequest, RaisedFlag, RequestType } from '../../contracts/followup.ts';
import type { Route } from '../../contracts/followup-flags.ts';
import type { Filled, Json, JsonWithDefault, Versioned } from './columns.ts';

/** Days are YYYY-MM-DD. */
export interface BookingRequestsTable extends Versioned {
  id: Generated<string>;
  followUpId: string;
  noteId: string;
  noteVersion: number;
  unitId: string;
  patientId: string;
  chainId: string;
  requestKey: string | null;
  state: Generated<BookingRequestState>;
  type: RequestType;
  route: Route;
  fields: Json<FollowUpRequest>;
  reason: string | null;
  earliestDate: string | null;
  targetDate: string | null;
  targetQuestionId: string | null;
  orderedBy: string;
  withdrawnReason: string | null;
  withdrawnAt: Date | null;
}

export interface AdminTasksTable extends Versioned {
  id: Generated<string>;
  requestId: string;
  unitId: string;
  patientId: string;
  noteId: string;
  chainId: string;
  state: Generated<TaskState>;
  type: RequestType;
  service: string | null;
  role: string | null;
  practitionerId: string | null;
  earliestDate: string | null;
  targetDate: string | null;
  durationMinutes: number | null;
  interpreterLanguage: string | null;
  needs: Generated<string[]>;
  preparations: Generated<string[]>;
  flags: JsonWithDefault<readonly RaisedFlag[]>;
  route: Route;
  claimedBy: string | null;
  claimedAt: Date | null;
  wakesAt: Date | null;
  /** The event that it waits for. */
  wakesOn: string | null;
  cancelReason: CancelReason | null;
  cancelNote: string | null;
  /** Where staff have ended a series for which no end was ordained. */
  seriesCount: number | null;
  createdDay: ColumnType<string, string | undefined, never>;
  /** The day of the earliest time that fits; null where none does, or nothing is known (`fitSlack` is null too). */
  fitOn: string | null;
  /** Working days from it to måldatum; negative where måldatum comes first. */
  fitSlack: number | null;
  undated: Filled<boolean>;
  queueDay: Filled<string>;
  /** 0 by the slack that is known, 1 by måldatum, 2 by age. */
  queueLane: Filled<number>;
  queueSlack: Filled<number>;
  open: Filled<boolean>;
}

export interface QuestionsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  noteId: string;
  followUpId: string | null;
  taskId: string | null;
  state: Generated<QuestionState>;
  askedBy: string;
  /** Of these two, one. */
  toStaffId: string | null;
  /** A profession or an account role at the unit. */
  toRole: string | null;
  text: string;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  remindAt: Date;
}

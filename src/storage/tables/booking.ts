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
  createdDay: ColumnType<string, string | undefined, never>;
  undated: Filled<boolean>;
  queueDay: Filled<string>;
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

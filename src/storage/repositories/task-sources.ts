import { sql } from 'kysely';
import type { RaisedFlag, UnitDefaults } from '../../contracts/followup.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { BookingRequest } from './booking-requests.ts';

/** All that a task is made of, looked up in one go. */
export interface TaskSources extends BookingRequest {
  readonly authorId: string;
  readonly flags: readonly RaisedFlag[];
  readonly unitDefaults: Omit<UnitDefaults, 'staff'> | null;
  /** Of the patient, ISO 639. */
  readonly patientLanguage: string | null;
}

/** Throws NOT_FOUND. */
export async function taskSources(transaction: AuditedTransaction, requestId: string): Promise<TaskSources> {
  const record = { action: 'read', object: 'booking_requests', objectId: requestId } as const;
  return transaction.readOne({ ...record, patientOf: ({ patientId }) => patientId }, (tables) =>
    tables
      .selectFrom('bookingRequests')
      .innerJoin('notes', 'notes.id', 'bookingRequests.noteId')
      .innerJoin('followUps', 'followUps.id', 'bookingRequests.followUpId')
      .innerJoin('units', 'units.id', 'bookingRequests.unitId')
      .innerJoin('patients', 'patients.id', 'bookingRequests.patientId')
      .selectAll('bookingRequests')
      .select(['notes.authorId', 'followUps.flags', 'units.defaults as unitDefaults'])
      .select('patients.interpreterLanguage as patientLanguage')
      .where('bookingRequests.id', '=', requestId)
      .execute(),
  );
}

/** Whom the patient has met last at the unit, of a profession where one is asked for. */
export async function lastMetBy(
  transaction: AuditedTransaction,
  { patientId, unitId }: { patientId: string; unitId: string },
  profession: string | undefined,
): Promise<string | null> {
  const record = { action: 'list', object: 'encounters', patientOf: () => patientId } as const;
  const rows = await transaction.read(record, (tables) => {
    const met = tables
      .selectFrom('encounters')
      .innerJoin('staff', 'staff.id', 'encounters.staffId')
      .select('encounters.staffId')
      .where('encounters.patientId', '=', patientId)
      .where('encounters.unitId', '=', unitId)
      .where('encounters.state', 'in', ['arrived', 'done'])
      .orderBy('encounters.startsAt', 'desc')
      .limit(1);
    return (profession === undefined ? met : met.where('staff.profession', '=', profession)).execute();
  });
  return rows[0]?.staffId ?? null;
}

/**
 * Active requests of a span of time that have no task and nobody's attention: no message on its way, no dead letter.
 * Ids only.
 */
export async function requestsWithoutTask(
  transaction: AuditedTransaction,
  { after, before, limit }: { after: Date; before: Date; limit: number },
): Promise<string[]> {
  const record = { action: 'list', object: 'booking_requests', patientOf: () => null } as const;
  const rows = await transaction.read(record, (tables) =>
    tables
      .selectFrom('bookingRequests as request')
      .select('request.id')
      .where('request.state', '=', 'active')
      .where('request.createdAt', '>', after)
      .where('request.createdAt', '<', before)
      .where(sql<boolean>`not exists (select from admin_tasks where admin_tasks.request_id = request.id)`)
      .where(
        sql<boolean>`not exists (select from outbox where sent_at is null
          and payload = jsonb_build_object('requestId', request.id))`,
      )
      .where(
        sql<boolean>`not exists (select from dead_letters where settled_at is null
          and payload = jsonb_build_object('requestId', request.id))`,
      )
      .orderBy('request.createdAt')
      .limit(limit)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

/** Undefined for a request without a task. */
export async function taskIdOfRequest(transaction: AuditedTransaction, requestId: string): Promise<string | undefined> {
  const record = { action: 'read', object: 'admin_tasks', patientOf: () => null } as const;
  const rows = await transaction.read(record, (tables) =>
    tables.selectFrom('adminTasks').select('id').where('requestId', '=', requestId).execute(),
  );
  return rows[0]?.id;
}

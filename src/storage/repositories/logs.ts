import { type Kysely, type Selectable, sql } from 'kysely';
import type { AuditEvent } from '../../contracts/access.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { EventsTable } from '../tables/background.ts';
import type { PlainTables } from '../tables/tables.ts';

/** Which lines of a log. */
export interface LogFilter {
  /** The last id of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Days in Stockholm (YYYY-MM-DD), both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Who did what with a patient's data, the newest first; looking is logged too. Throws NOT_FOUND for a patient of other
 * units.
 */
export async function listAuditOfPatient(
  transaction: AuditedTransaction,
  patientId: string,
  { before, limit, from, to }: LogFilter,
): Promise<AuditEvent[]> {
  const record = { action: 'read', object: 'audit_events', objectId: patientId } as const;
  await transaction.readOne({ ...record, patientOf: ({ id }: { id: string }) => id }, (tables) =>
    tables.selectFrom('patients').select('id').where('id', '=', patientId).execute(),
  );
  let query = transaction.plain
    .selectFrom('auditEvents')
    .leftJoin('staff', (join) => join.on(sql`staff.id::text`, '=', sql.ref('audit_events.actor_id')))
    .leftJoin('apiKeys', (join) => join.on(sql`api_keys.id::text`, '=', sql.ref('audit_events.actor_id')))
    .leftJoin('units', 'units.id', 'auditEvents.unitId')
    .select(['auditEvents.id', 'at', 'actorKind', 'actorId', 'action', 'objectKind', 'objectId'])
    .select(['auditEvents.unitId', 'units.name as unitName', 'purpose', 'requestId'])
    .select(sql<string | null>`coalesce(staff.given_name || ' ' || staff.family_name, api_keys.name)`.as('actorName'))
    .where(sql<boolean>`patient_ids @> array[${patientId}::uuid]`)
    .orderBy('auditEvents.id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('auditEvents.id', '<', before);
  if (from !== undefined)
    query = query.where('at', '>=', sql<Date>`${from}::timestamp at time zone 'Europe/Stockholm'`);
  if (to !== undefined) {
    query = query.where('at', '<', sql<Date>`(${to}::timestamp + interval '1 day') at time zone 'Europe/Stockholm'`);
  }
  return query.execute();
}

/**
 * Changes after an event, the oldest first. Transactions that committed late can have lower ids than one that was seen
 * before them: whoever shows a list fetches it anew now and then.
 */
export async function eventsSince(
  tables: Kysely<PlainTables>,
  unitIds: readonly string[],
  { after, limit }: { after: number; limit: number },
): Promise<Selectable<EventsTable>[]> {
  if (unitIds.length === 0) return [];
  return tables
    .selectFrom('events')
    .selectAll()
    .where('unitId', 'in', [...unitIds])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The events that notifications name, the oldest first. */
export async function eventsById(
  tables: Kysely<PlainTables>,
  ids: readonly number[],
): Promise<Selectable<EventsTable>[]> {
  if (ids.length === 0) return [];
  return tables
    .selectFrom('events')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
}

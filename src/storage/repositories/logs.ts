import { type Kysely, type Selectable, sql } from 'kysely';
import type { AuditEvent } from '../../contracts/access.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { EventsTable } from '../tables/background.ts';
import type { PlainTables } from '../tables/tables.ts';
import { patientById } from './patients.ts';

/**
 * Who did what with a patient's data, the newest first; looking is logged too. `before` is the last id of the page
 * before. Throws NOT_FOUND for a patient of other units.
 */
export async function listAuditOfPatient(
  transaction: AuditedTransaction,
  patientId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<AuditEvent[]> {
  await patientById(transaction, patientId);
  let query = transaction.plain
    .selectFrom('auditEvents')
    .leftJoin('staff', (join) => join.on(sql`staff.id::text`, '=', sql.ref('audit_events.actor_id')))
    .select(['auditEvents.id', 'at', 'actorKind', 'actorId', 'action', 'objectKind', 'objectId'])
    .select(['auditEvents.unitId', 'purpose', 'requestId'])
    .select(sql<string | null>`staff.given_name || ' ' || staff.family_name`.as('actorName'))
    .where(sql<boolean>`patient_ids @> array[${patientId}::uuid]`)
    .orderBy('auditEvents.id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('auditEvents.id', '<', before);
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

/** The event that a notification names. */
export async function eventById(tables: Kysely<PlainTables>, id: number): Promise<Selectable<EventsTable> | undefined> {
  return tables.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst();
}

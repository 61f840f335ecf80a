import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** A request of a patient's plan, with the time that it has. */
export type PlannedRequest = Awaited<ReturnType<typeof plannedRequests>>[number];

/** Far more than anybody has under way. */
const MOST = 300;

/**
 * What is under way for a patient: the requests of every chain in which something is still to be done, a row for each
 * time that one has. No word of why: that is the record's.
 */
export async function plannedRequests(transaction: AuditedTransaction, patientId: string) {
  return transaction.read({ action: 'list', object: 'plan', patientOf }, (tables) =>
    tables
      .selectFrom('adminTasks')
      .innerJoin('bookingRequests', 'bookingRequests.id', 'adminTasks.requestId')
      .innerJoin('units', 'units.id', 'adminTasks.unitId')
      .leftJoin('staff as named', 'named.id', 'adminTasks.practitionerId')
      .leftJoin('appointments', (join) =>
        join
          .onRef('appointments.taskId', '=', 'adminTasks.id')
          .on('appointments.state', 'in', ['booked', 'arrived', 'fulfilled']),
      )
      .leftJoin('resources', 'resources.id', 'appointments.performerId')
      .select(['adminTasks.id as taskId', 'adminTasks.patientId', 'adminTasks.chainId', 'adminTasks.unitId'])
      .select(['adminTasks.state', 'adminTasks.type', 'adminTasks.earliestDate', 'adminTasks.targetDate'])
      .select(['units.name as unitName', 'appointments.startsAt', 'appointments.state as visitState'])
      .select([
        sql<string | null>`case when resources.kind = 'person' then resources.name end`.as('performerName'),
        sql<string | null>`named.given_name || ' ' || named.family_name`.as('namedName'),
        sql<string>`booking_requests.fields ->> 'id'`.as('key'),
        sql<string | null>`booking_requests.fields ->> 'before'`.as('beforeKey'),
        sql<string | null>`booking_requests.fields ->> 'after'`.as('afterKey'),
        sql<string | null>`booking_requests.fields #>> '{time,kind}'`.as('timeKind'),
        sql<string | null>`booking_requests.fields #>> '{time,target}'`.as('meantDay'),
      ])
      .where('adminTasks.patientId', '=', patientId)
      .where('adminTasks.state', '<>', 'cancelled')
      .where('adminTasks.type', 'not in', ['ombokning', 'avbokning'])
      .where((row) =>
        row.exists(
          row
            .selectFrom('adminTasks as open')
            .select('open.id')
            .whereRef('open.chainId', '=', 'adminTasks.chainId')
            .where('open.open', '=', true),
        ),
      )
      .orderBy('adminTasks.createdAt')
      .orderBy('adminTasks.id')
      .orderBy('appointments.startsAt')
      .limit(MOST)
      .execute(),
  );
}

/** A child that somebody is the guardian of. */
export interface OwnChild {
  readonly id: string;
  readonly givenName: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
}

/** The children for whom the acting patient acts, up to the site's age limit, the eldest first; at whatever unit. */
export async function ownChildren({ plain }: AuditedTransaction): Promise<OwnChild[]> {
  const { rows } = await sql<OwnChild>`select id, given_name, birth_date from own_children()`.execute(plain);
  return rows;
}

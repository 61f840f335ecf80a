import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

/** Open accounts of a unit, by user name. */
export async function staffToImport({ plain }: AuditedTransaction, unitId: string) {
  return plain
    .selectFrom('staff')
    .select(['username', 'givenName', 'familyName', 'profession', 'accountRoles', 'hsaId'])
    .where('active', '=', true)
    .where('id', 'in', (query) => query.selectFrom('staffUnits').select('staffId').where('unitId', '=', unitId))
    .orderBy('username')
    .execute();
}

/** Who and what has a calendar at a unit, by name; people by the user names of their open accounts. */
export async function resourcesToImport({ ofUnits }: AuditedTransaction, unitId: string) {
  return ofUnits
    .selectFrom('resources')
    .leftJoin('staff', 'staff.id', 'resources.staffId')
    .select(['resources.name', 'resources.kind', 'resources.role', 'resources.language', 'staff.username'])
    .where('resources.unitId', '=', unitId)
    .where('resources.active', '=', true)
    .where((row) => row.or([row('staff.id', 'is', null), row('staff.active', '=', true)]))
    .orderBy('resources.name')
    .orderBy('resources.id')
    .execute();
}

const nobody = () => null;

/** Some patients; that they went out is put down by who asks for them. */
export async function patientsToImport(transaction: AuditedTransaction, patientIds: readonly string[]) {
  return transaction.read({ action: 'export', object: 'patients', patientOf: nobody }, (tables) =>
    tables
      .selectFrom('patients')
      .leftJoin('patients as guardian', 'guardian.id', 'patients.guardianId')
      .select(['patients.personalNumber', 'patients.givenName', 'patients.familyName', 'patients.protectedIdentity'])
      .select(['patients.interpreterLanguage', 'patients.phone', 'patients.email', 'patients.address'])
      .select('guardian.personalNumber as guardian')
      .where(sql<boolean>`patients.id = any (${[...patientIds]}::uuid[])`)
      .orderBy('patients.id')
      .execute(),
  );
}

/** What some patients have booked at a unit after an instant; that it went out is put down by who asks for it. */
export async function bookingsToImport(
  transaction: AuditedTransaction,
  { unitId, patientIds, after }: { unitId: string; patientIds: readonly string[]; after: Date },
) {
  return transaction.read({ action: 'export', object: 'appointments', patientOf: nobody }, (tables) =>
    tables
      .selectFrom('appointments')
      .innerJoin('patients', 'patients.id', 'appointments.patientId')
      .innerJoin('visitTypes', 'visitTypes.id', 'appointments.visitTypeId')
      .innerJoin('resources as performer', 'performer.id', 'appointments.performerId')
      .select(['patients.personalNumber', 'appointments.startsAt', 'appointments.endsAt'])
      .select(['visitTypes.name as visitType', 'performer.name as performer'])
      .select([besideOfKind('room'), besideOfKind('equipment'), besideOfKind('interpreter')])
      .where('appointments.unitId', '=', unitId)
      .where('appointments.state', '=', 'booked')
      .where('appointments.startsAt', '>', after)
      .where(sql<boolean>`appointments.patient_id = any (${[...patientIds]}::uuid[])`)
      .orderBy('appointments.startsAt')
      .orderBy('appointments.id')
      .execute(),
  );
}

/** The name of what a visit takes along of a kind; null where it takes none. */
function besideOfKind<Kind extends 'room' | 'equipment' | 'interpreter'>(kind: Kind) {
  return sql<string | null>`(
    select name from resources where id = any (appointments.other_resource_ids) and kind = ${kind} order by name limit 1
  )`.as(kind);
}

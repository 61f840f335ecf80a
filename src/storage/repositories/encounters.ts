import type { Insertable, Selectable } from 'kysely';
import type { EncounterState } from '../../contracts/clinic.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { EncountersTable } from '../tables/clinic.ts';
import { changedRow } from './expect.ts';

export type Encounter = Selectable<EncountersTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

export async function createEncounter(
  transaction: AuditedTransaction,
  encounter: Insertable<EncountersTable>,
): Promise<Encounter> {
  return transaction.write.insertInto('encounters').values(encounter).returningAll().executeTakeFirstOrThrow();
}

export async function encounterById(transaction: AuditedTransaction, id: string): Promise<Encounter> {
  return transaction.readOne({ action: 'read', object: 'encounters', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('encounters').selectAll().where('id', '=', id).execute(),
  );
}

/** A member of staff's encounters that start from `from` and before `to`, with their patients' names, by time. */
export async function listEncounters(
  transaction: AuditedTransaction,
  { staffId, from, to }: { staffId: string; from: Date; to: Date },
) {
  return transaction.read({ action: 'list', object: 'encounters', patientOf }, (tables) =>
    tables
      .selectFrom('encounters')
      .innerJoin('patients', 'patients.id', 'encounters.patientId')
      .selectAll('encounters')
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .where('encounters.staffId', '=', staffId)
      .where('encounters.startsAt', '>=', from)
      .where('encounters.startsAt', '<', to)
      .orderBy('encounters.startsAt')
      .execute(),
  );
}

/** A patient's planned encounters from a time on, at the actor's units, by time. */
export async function listEncountersOfPatient(
  transaction: AuditedTransaction,
  { patientId, from }: { patientId: string; from: Date },
): Promise<Encounter[]> {
  return transaction.read({ action: 'list', object: 'encounters', patientOf }, (tables) =>
    tables
      .selectFrom('encounters')
      .selectAll()
      .where('patientId', '=', patientId)
      .where('state', '=', 'planned')
      .where('startsAt', '>=', from)
      .orderBy('startsAt')
      .execute(),
  );
}

/** Throws CONFLICT for another version, STATE_NOT_ALLOWED off the edges of ENCOUNTER_EDGES. */
export async function moveEncounter(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  state: EncounterState,
): Promise<Encounter> {
  const rows = await transaction.write
    .updateTable('encounters')
    .set({ state })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'encounter', version);
}

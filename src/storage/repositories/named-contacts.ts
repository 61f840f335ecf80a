import { type Selectable, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { NamedContactsTable } from '../tables/named-contacts.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Whom a patient turns to, by name. */
export interface NamedContact extends Selectable<NamedContactsTable> {
  readonly givenName: string;
  readonly familyName: string;
  readonly profession: string | null;
  readonly unitName: string;
  /** Where there is no number of the contact's own. */
  readonly unitPhone: string | null;
}

/** At each unit that the actor sees. */
export async function contactsOfPatient(transaction: AuditedTransaction, patientId: string): Promise<NamedContact[]> {
  return transaction.read({ action: 'list', object: 'named_contacts', patientOf }, (tables) =>
    tables
      .selectFrom('namedContacts')
      .innerJoin('staff', 'staff.id', 'namedContacts.staffId')
      .innerJoin('units', 'units.id', 'namedContacts.unitId')
      .selectAll('namedContacts')
      .select(['staff.givenName', 'staff.familyName', 'staff.profession'])
      .select(['units.name as unitName', 'units.phone as unitPhone'])
      .where('namedContacts.patientId', '=', patientId)
      .where('staff.active', '=', true)
      .orderBy(sql`units.name collate "sv-SE-x-icu"`)
      .execute(),
  );
}

/** Makes a member of staff the patient's contact at a unit, in place of who was. */
export async function putContact(
  transaction: AuditedTransaction,
  { patientId, unitId, staffId, phone }: Pick<NamedContact, 'patientId' | 'unitId' | 'staffId' | 'phone'>,
): Promise<void> {
  await transaction.write
    .insertInto('namedContacts')
    .values({ patientId, unitId, staffId, phone })
    .onConflict((conflict) => conflict.columns(['patientId', 'unitId']).doUpdateSet({ staffId, phone }))
    .execute();
}

export async function removeContact(
  transaction: AuditedTransaction,
  { patientId, unitId }: Pick<NamedContact, 'patientId' | 'unitId'>,
): Promise<void> {
  await transaction.write
    .deleteFrom('namedContacts')
    .where('patientId', '=', patientId)
    .where('unitId', '=', unitId)
    .execute();
}

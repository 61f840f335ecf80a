import type { Selectable } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { jsonText } from '../tables/columns.ts';
import type { PatientWishesTable } from '../tables/patient-wishes.ts';
import type { AdminTask } from './admin-tasks.ts';

/** Wishes with the name of who wrote them down. */
export interface StatedWishes extends Selectable<PatientWishesTable> {
  readonly givenName: string;
  readonly familyName: string;
}

type ChainOfPatient = Pick<AdminTask, 'chainId' | 'unitId' | 'patientId'>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** What a patient has said of the times of a chain; undefined where nobody has written anything down. */
export async function wishesOfChain(
  transaction: AuditedTransaction,
  { chainId, unitId }: Pick<ChainOfPatient, 'chainId' | 'unitId'>,
): Promise<StatedWishes | undefined> {
  const rows = await transaction.read({ action: 'read', object: 'patient_wishes', patientOf }, (tables) =>
    tables
      .selectFrom('patientWishes')
      .innerJoin('staff', 'staff.id', 'patientWishes.statedBy')
      .selectAll('patientWishes')
      .select(['staff.givenName', 'staff.familyName'])
      .where('chainId', '=', chainId)
      .where('patientWishes.unitId', '=', unitId)
      .execute(),
  );
  return rows[0];
}

/** Puts down what a patient says now, in place of what was said before. */
export async function putPatientWishes(
  transaction: AuditedTransaction,
  { chainId, unitId, patientId }: ChainOfPatient,
  { preference, note, statedBy }: Pick<StatedWishes, 'preference' | 'note' | 'statedBy'>,
): Promise<void> {
  const stated = { preference: jsonText(preference), note, statedBy, statedAt: new Date() };
  await transaction.write
    .insertInto('patientWishes')
    .values({ chainId, unitId, patientId, ...stated })
    .onConflict((conflict) => conflict.columns(['chainId', 'unitId']).doUpdateSet(stated))
    .execute();
}

/** What the note says holds again. */
export async function removePatientWishes(
  transaction: AuditedTransaction,
  { chainId, unitId }: Pick<ChainOfPatient, 'chainId' | 'unitId'>,
): Promise<void> {
  await transaction.write
    .deleteFrom('patientWishes')
    .where('chainId', '=', chainId)
    .where('unitId', '=', unitId)
    .execute();
}

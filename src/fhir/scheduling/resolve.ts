import { Id, type PersonalNumberKind } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { HSA_SYSTEM, PERSONAL_NUMBER_SYSTEMS } from '../../contracts/fhir-systems.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { findRecords } from '../../storage/repositories/fhir-records.ts';
import type { FhirRecordName } from '../../storage/repositories/fhir-sources.ts';
import { idOfReference } from '../search/parameters.ts';
import { type FhirTypeName, URI_SYSTEM } from '../systems.ts';
import type { IdentifierValue, ReferenceValue } from './parameters.ts';

const MOST_REFERENCES = 5;

/** Where each type is found by its HSA-id; a room has none. */
const BY_HSA_ID = { Practitioner: 'staff', Organization: 'units', Location: undefined } as const satisfies Partial<
  Record<FhirTypeName, FhirRecordName | undefined>
>;

/** The ids that references name, by the id itself or by HSA-id. What is not here is left out. */
export async function resolveIds(
  transaction: AuditedTransaction,
  references: readonly ReferenceValue[],
  type: keyof typeof BY_HSA_ID,
): Promise<string[]> {
  if (references.length > MOST_REFERENCES) {
    throw new AppError('REQUEST_INVALID', 'so many references are not asked for at once', {
      expected: `at most ${MOST_REFERENCES} of a kind`,
      got: String(references.length),
    });
  }
  const from = BY_HSA_ID[type];
  const ids: string[] = [];
  for (const { reference, identifier } of references) {
    if (reference !== undefined) {
      const id = idOfReference(reference, [type]);
      if (Id.safeParse(id).success) ids.push(id);
    } else if (from !== undefined && identifier?.system === HSA_SYSTEM) {
      const filters = [{ column: 'hsa_id', isOneOf: [identifier.value] }];
      ids.push(...(await findRecords(transaction, from, { filters, limit: 1 })).records.map(({ id }) => id));
    }
  }
  return ids;
}

/** The one patient that a reference or an identifier names. Throws NOT_FOUND. */
export async function resolvePatient(
  transaction: AuditedTransaction,
  { reference, identifier }: ReferenceValue,
): Promise<{ readonly id: string; readonly interpreterLanguage: string | null }> {
  const id = reference === undefined ? undefined : idOfReference(reference, ['Patient']);
  const filter =
    id === undefined ? numberFilter(identifier) : { column: 'id', isOneOfIds: Id.safeParse(id).success ? [id] : [] };
  const { records } = await findRecords(transaction, 'patients', { filters: [filter], limit: 1 });
  const [patient] = records;
  if (patient === undefined) throw notFound('Patient');
  return patient;
}

function numberFilter(identifier: IdentifierValue | undefined) {
  const kinds = Object.keys(PERSONAL_NUMBER_SYSTEMS) as PersonalNumberKind[];
  const kind = kinds.find((one) => PERSONAL_NUMBER_SYSTEMS[one] === identifier?.system);
  if (identifier === undefined || kind === undefined) return { anyOf: [] };
  return { column: 'personal_number', isOneOf: [identifier.value] };
}

/** The id of the ServiceRequest that a referral-identifier names. Throws NOT_FOUND for another system. */
export function referralId({ system, value }: IdentifierValue): string {
  const id = value.replace(/^(urn:uuid:|ServiceRequest\/)/, '');
  if ((system !== undefined && system !== URI_SYSTEM) || !Id.safeParse(id).success) throw notFound('ServiceRequest');
  return id;
}

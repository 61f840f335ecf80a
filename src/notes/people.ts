import type { PersonName } from '../contracts/api-forms.ts';
import type { PatientLine } from '../contracts/notes-api.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Patient } from '../storage/repositories/patients.ts';
import { staffNames } from '../storage/repositories/staff.ts';

/** The names of some members of staff, by id. */
export type Names = (staffId: string) => PersonName;

/** The part of a personal number that is the birth day, for all but reservnummer. */
const SHOWN_CHARACTERS = 8;

export async function namesOf({ plain }: AuditedTransaction, ids: Iterable<string | null>): Promise<Names> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const found = new Map((await staffNames(plain, wanted)).map((name) => [name.id, name]));
  return (id) => found.get(id)!;
}

export function patientLine(
  id: string,
  {
    givenName,
    familyName,
    personalNumber,
    protectedIdentity,
  }: Pick<Patient, 'givenName' | 'familyName' | 'personalNumber' | 'protectedIdentity'>,
): PatientLine {
  return { id, givenName, familyName, numberBegins: personalNumber.slice(0, SHOWN_CHARACTERS), protectedIdentity };
}

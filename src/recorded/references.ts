import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { encounterById } from '../storage/repositories/encounters.ts';
import { findPatient, type Patient, patientById } from '../storage/repositories/patients.ts';
import { worksAtUnit } from '../storage/repositories/staff.ts';
import { staffByReference, unitByReference } from '../storage/repositories/staff-references.ts';

/** A patient as the sender names one: by the id here, or by the personal number as it is stored. */
export type PatientReference = { readonly id: string } | { readonly personalNumber: string };

export interface References {
  readonly patient: PatientReference;
  /** An id, HSA-id or user name; the member of staff who sends it when absent. */
  readonly author: string | undefined;
  /** An id or HSA-id. */
  readonly unit: string | undefined;
  readonly encounterId: string | undefined;
}

export interface Resolved {
  readonly patientId: string;
  readonly authorId: string;
  readonly unitId: string;
  readonly encounterId: string | null;
}

/**
 * Whom and what a dictation is about. Throws REQUEST_INVALID that names the field, and nothing of what it held: it may
 * be a patient's.
 */
export async function resolveReferences(
  transaction: AuditedTransaction,
  { patient: given, author, unit, encounterId }: References,
): Promise<Resolved> {
  const patient = await patientOf(transaction, given);
  const encounter =
    encounterId === undefined
      ? undefined
      : await encounterById(transaction, encounterId).catch(unlessNotFound('encounter', "a visit of the patient's"));
  if (encounter && encounter.patientId !== patient.id) throw refused('encounter', "a visit of the patient's");
  const unitId = encounter?.unitId ?? (await unitOf(transaction, unit, patient));
  return {
    patientId: patient.id,
    authorId: await authorOf(transaction, author, unitId),
    unitId,
    encounterId: encounter?.id ?? null,
  };
}

async function patientOf(transaction: AuditedTransaction, reference: PatientReference): Promise<Patient> {
  const expected = 'a patient of the unit, by id or personal number';
  if ('id' in reference) return patientById(transaction, reference.id).catch(unlessNotFound('patient', expected));
  const found = await findPatient(transaction, reference.personalNumber);
  if (found === undefined) throw refused('patient', expected);
  return found;
}

async function unitOf(
  { plain, unitIds }: AuditedTransaction,
  reference: string | undefined,
  patient: Patient,
): Promise<string> {
  if (reference === undefined) {
    const [own] = unitIds.includes(patient.unitId) ? [patient.unitId] : unitIds;
    if (own !== undefined) return own;
  } else {
    const unit = await unitByReference(plain, reference);
    if (unit !== undefined && unitIds.includes(unit.id)) return unit.id;
  }
  throw refused('unit', "one of the sender's units, by id or HSA-id");
}

async function authorOf(
  { plain, actor }: AuditedTransaction,
  reference: string | undefined,
  unitId: string,
): Promise<string> {
  const id =
    reference === undefined
      ? actor.kind === 'staff'
        ? actor.id
        : undefined
      : (await staffByReference(plain, reference))?.id;
  if (id !== undefined && (await worksAtUnit(plain, unitId, id, 'clinician'))) return id;
  throw refused('author', 'a clinician of the unit, by id, HSA-id or user name');
}

function refused(field: string, expected: string): AppError {
  return new AppError('REQUEST_INVALID', `the value of "${field}" is not usable`, { expected });
}

function unlessNotFound(field: string, expected: string) {
  return (error: unknown): never => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? refused(field, expected) : error;
  };
}

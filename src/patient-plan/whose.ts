import { AppError } from '../contracts/errors.ts';
import type { PatientSession } from '../patient-page/sessions.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type OwnChild, ownChildren } from '../storage/repositories/patient-plans.ts';

/**
 * Until this birthday guardians see what a child has booked. From then on care is between the child and the clinic, as
 * with the national e-services (1177), and guardians call.
 */
const GUARDIANS_SEE_UNDER_YEARS = 13;

/** Whose page can be seen, and whose is. */
export interface Family {
  readonly children: readonly OwnChild[];
  /** The child that is acted for; null for who is here. */
  readonly actingFor: OwnChild | null;
}

export async function familyOf(
  transaction: AuditedTransaction,
  { patientId, subjectId }: Pick<PatientSession, 'patientId' | 'subjectId'>,
): Promise<Family> {
  const children = await ownChildren(transaction, GUARDIANS_SEE_UNDER_YEARS);
  const actingFor = children.find(({ id }) => id === subjectId && id !== patientId) ?? null;
  return { children, actingFor };
}

/** Throws NOT_FOUND for who is no own child, or has grown too old. */
export async function checkOwnChild(transaction: AuditedTransaction, childId: string): Promise<void> {
  const children = await ownChildren(transaction, GUARDIANS_SEE_UNDER_YEARS);
  if (children.some(({ id }) => id === childId)) return;
  throw new AppError('NOT_FOUND', 'there is no such child here', {
    expected: `an own child under ${GUARDIANS_SEE_UNDER_YEARS}`,
  });
}

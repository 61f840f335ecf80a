import { AppError } from '../contracts/errors.ts';
import type { PatientSession } from '../patient-page/sessions.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type OwnChild, ownChildren } from '../storage/repositories/patient-plans.ts';

/** Whose page can be seen, and whose is. */
export interface Family {
  readonly children: readonly OwnChild[];
  /** The child that is acted for; null for who is here. */
  readonly actingFor: OwnChild | null;
}

/** Who is here, and the children whose pages are shown: up to the site's age limit, from which on guardians call. */
export async function familyOf(
  transaction: AuditedTransaction,
  { patientId, subjectId }: Pick<PatientSession, 'patientId' | 'subjectId'>,
): Promise<Family> {
  const children = await ownChildren(transaction);
  const actingFor = children.find(({ id }) => id === subjectId && id !== patientId) ?? null;
  return { children, actingFor };
}

/** Throws NOT_FOUND for who is no own child, or has grown too old. */
export async function checkOwnChild(transaction: AuditedTransaction, childId: string): Promise<void> {
  const children = await ownChildren(transaction);
  if (children.some(({ id }) => id === childId)) return;
  throw new AppError('NOT_FOUND', 'there is no such child here', {
    expected: 'an own child that is young enough',
  });
}

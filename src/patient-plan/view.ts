import type { PatientSession } from '../patient-page/sessions.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Letter, lettersOfPatient } from '../storage/repositories/letters.ts';
import { contactsOfPatient, type NamedContact } from '../storage/repositories/named-contacts.ts';
import { type NamedOffer, offersOfPatient } from '../storage/repositories/offers.ts';
import { plannedRequests } from '../storage/repositories/patient-plans.ts';
import { type VisitAhead, visitsAhead } from '../storage/repositories/patient-visits.ts';
import { patientById } from '../storage/repositories/patients.ts';
import { type Unit, unitById } from '../storage/repositories/staff.ts';
import { type PlanLine, planLines } from './plan.ts';
import { type Family, familyOf } from './whose.ts';

/** A letter that counts, as a list shows it. */
export type ListedLetter = Pick<Letter, 'id' | 'kind' | 'state' | 'createdAt'>;

/** Patientkontrakt: the agreed times, what is planned, the named contact, and the letters. */
export interface PatientPlan {
  readonly name: string;
  readonly family: Family;
  readonly offers: readonly NamedOffer[];
  readonly visits: readonly VisitAhead[];
  readonly units: ReadonlyMap<string, Pick<Unit, 'name' | 'address'>>;
  readonly lines: readonly PlanLine[];
  readonly contacts: readonly NamedContact[];
  readonly letters: readonly ListedLetter[];
}

/** Everything that the clinic has agreed on with somebody who is signed in, over all units; of nobody's record. */
export async function patientPlan(
  transaction: AuditedTransaction,
  session: Pick<PatientSession, 'patientId' | 'subjectId'>,
  now: Date,
): Promise<PatientPlan> {
  const { subjectId } = session;
  const { givenName, familyName } = await patientById(transaction, subjectId);
  const visits = await visitsAhead(transaction, subjectId, now);
  const units = new Map<string, Unit>();
  for (const id of new Set(visits.map(({ unitId }) => unitId))) units.set(id, await unitById(transaction.plain, id));
  const letters = await lettersOfPatient(transaction, subjectId);
  return {
    name: `${givenName} ${familyName}`,
    family: await familyOf(transaction, session),
    offers: await offersOfPatient(transaction, subjectId, now),
    visits,
    units,
    lines: planLines(await plannedRequests(transaction, subjectId)),
    contacts: await contactsOfPatient(transaction, subjectId),
    letters: letters.filter(isGood),
  };
}

/** What was stopped or replaced does not hold. */
export function isGood({ state }: Pick<Letter, 'state'>): boolean {
  return state !== 'stopped' && state !== 'replaced';
}

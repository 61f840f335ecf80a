import { OpenIdFailure } from '../access/openid/login-failure.ts';
import { numberOf } from '../access/openid/patient-number.ts';
import type { Claims } from '../access/openid/provider.ts';
import { tokenHash } from '../access/tokens.ts';
import type { Actor } from '../contracts/access.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { openPatientSession } from '../patient-page/sessions.ts';
import { deletePatientSession } from '../storage/repositories/patient-sessions.ts';
import { findPatient } from '../storage/repositories/patients.ts';
import type { Storage } from '../storage/storage.ts';

const PATIENT_PAGE: Actor = { kind: 'system', id: 'patient-page' };

export interface ProvenPatient {
  readonly claims: Claims;
  /** The claim with the personal number; one of the usual ones when undefined. */
  readonly claim: string | undefined;
  readonly requestId: string;
  /** Of the session that the browser has already, maybe by a letter's code: it ends. */
  readonly earlierToken: string | undefined;
}

/**
 * Signs a patient in whom a provider has told of, and logs it. Throws OpenIdFailure for somebody who is no patient here,
 * which is logged without whose number it was.
 */
export async function signInProven(storage: Storage, proven: ProvenPatient, now: Date): Promise<{ token: string }> {
  const { claims, claim, requestId, earlierToken } = proven;
  const number = numberOf(claims, claim, stockholmClockAt(now.getTime()).date);
  const opened = await storage.withActors({ purpose: 'own-data', requestId }, async (actAs) => {
    const asPage = await actAs(PATIENT_PAGE);
    const patient = await findPatient(asPage, number);
    if (patient === undefined) {
      asPage.record('login-refused', 'patient_sessions', null);
      return undefined;
    }
    const asPatient = await actAs({ kind: 'patient', id: patient.id, unitIds: [patient.unitId], chainId: null });
    asPatient.record('login', 'patient_sessions', null);
    if (earlierToken !== undefined) await deletePatientSession(asPatient.plain, tokenHash(earlierToken));
    return openPatientSession(asPatient.plain, { level: 2, patientId: patient.id, actingFor: null }, now);
  });
  if (opened === undefined) throw new OpenIdFailure('unknown');
  return opened;
}

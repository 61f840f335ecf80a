import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tokenHash } from '../../access/tokens.ts';
import { AppError } from '../../contracts/errors.ts';
import { FORM_TOKEN } from '../../patient-page/parts.ts';
import { type PatientSession, resumePatientSession } from '../../patient-page/sessions.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The patient's session of the request's cookie. */
    patient: PatientSession | null;
  }
}

const PATIENT_COOKIE = 'taltid_patient';

/** Tells the routes of a patient's pages whose cookie it is. To be added within the plugin of those routes. */
export function addPatientSessions(app: FastifyInstance, { storage, now = Date.now }: PatientSessionParts): void {
  if (!app.hasRequestDecorator('patient')) app.decorateRequest('patient', null);
  app.addHook('onRequest', async (request) => {
    const token = patientTokenOf(request);
    if (token !== undefined) request.patient = (await resumePatientSession(storage, token, new Date(now()))) ?? null;
  });
}

export interface PatientSessionParts {
  readonly storage: Storage;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now?: () => number;
}

/** The patient who asks. Throws NOT_SIGNED_IN, also for one who came by a letter's code where `level` 2 is asked for. */
export function patientOf({ patient }: FastifyRequest, level: 1 | 2 = 1): PatientSession {
  if (patient !== null && patient.level >= level) return patient;
  throw new AppError('NOT_SIGNED_IN', 'this is for patients who are signed in', {
    expected: `level ${level}`,
    got: patient === null ? 'no session' : `level ${patient.level}`,
  });
}

/** As `patientOf`, for a form that was sent: throws CSRF_INVALID where it does not carry the session's token. */
export function patientSending(request: FastifyRequest, level: 1 | 2 = 1): PatientSession {
  const patient = patientOf(request, level);
  const { body } = request;
  const given = typeof body === 'object' && body !== null && FORM_TOKEN in body ? body[FORM_TOKEN] : undefined;
  // Hashes are of one length, whatever was sent.
  if (typeof given === 'string' && timingSafeEqual(tokenHash(given), tokenHash(patient.csrfToken))) return patient;
  throw new AppError('CSRF_INVALID', 'the form does not come from a page of this session', {
    expected: `the field ${FORM_TOKEN} of the page's own form`,
    got: given === undefined ? 'none' : 'another one',
  });
}

/** Transactions of patients about what is theirs. */
export function ownData(storage: Pick<Storage, 'withAudit'>) {
  return <Result>(
    request: FastifyRequest,
    { actor }: PatientSession,
    work: (transaction: AuditedTransaction) => Promise<Result>,
  ) => storage.withAudit(actor, accessContext(request, 'own-data'), work);
}

export function patientTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[PATIENT_COOKIE];
}

/** Browsers keep it until they are closed; how long it lasts is the server's affair. */
export function givePatientCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(PATIENT_COOKIE, token, cookieOptions(request));
}

export function takePatientCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(PATIENT_COOKIE, cookieOptions(request));
}

function cookieOptions({ protocol }: FastifyRequest) {
  return { path: '/min-tid', httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const;
}

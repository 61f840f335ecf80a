import { timingSafeEqual } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resumeSession, type SessionLengths, type SignedIn } from '../../access/sessions.ts';
import { tokenHash } from '../../access/tokens.ts';
import { CSRF_HEADER, SESSION_COOKIE } from '../../contracts/access-api.ts';
import { AppError } from '../../contracts/errors.ts';
import type { Storage } from '../../storage/storage.ts';
import { isLocal } from '../local-requests.ts';
import { pathOf } from './error-handling.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of the request's cookie. */
    signedIn: SignedIn | null;
  }
}

const CHANGING_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];
const COOKIE_OPTIONS = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

export interface SessionParts {
  readonly storage: Storage;
  readonly sessionLengths: SessionLengths;
}

/**
 * Makes the owner of a session's cookie the request's actor. A changing request to /api or /fhir that does not carry the
 * session's CSRF token is nobody's.
 */
export async function addSessions(app: FastifyInstance, { storage, sessionLengths }: SessionParts): Promise<void> {
  await app.register(fastifyCookie);
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request) => {
    const token = sessionTokenOf(request);
    if (token === undefined || pathOf(request).startsWith('/assets/')) return;
    const signedIn = await resumeSession(storage, token, sessionLengths, new Date());
    if (signedIn === undefined || (signedIn.account.demo && !isLocal(request))) return;
    request.signedIn = signedIn;
    if (isForged(request, signedIn)) {
      request.actorRefusal = new AppError('CSRF_INVALID', 'the change does not come from a page of this server', {
        expected: `the header ${CSRF_HEADER} with csrfToken of GET /api/me`,
        got: CSRF_HEADER in request.headers ? 'another one' : 'none',
      });
    } else request.actor = signedIn.account.actor;
  });
}

export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE];
}

/** Browsers keep it until they are closed; how long it lasts is the server's affair. */
export function giveSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, { ...COOKIE_OPTIONS, secure: request.protocol === 'https' });
}

export function takeSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, { ...COOKIE_OPTIONS, secure: request.protocol === 'https' });
}

function isForged(request: FastifyRequest, { csrfToken }: SignedIn): boolean {
  // The route that was found, since an address can be written in many ways.
  const { url } = request.routeOptions;
  if (!CHANGING_METHODS.includes(request.method) || !/^\/(api|fhir)\//.test(url ?? '')) return false;
  const given = request.headers[CSRF_HEADER];
  // Hashes are of one length, whatever was sent.
  return typeof given !== 'string' || !timingSafeEqual(tokenHash(given), tokenHash(csrfToken));
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessPurpose, Actor, ApiScope } from '../contracts/access.ts';
import type { AccountRole } from '../contracts/clinic.ts';
import { AppError } from '../contracts/errors.ts';
import type { AccessContext } from '../storage/audited-transaction.ts';

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

export type ApiKeyActor = Extract<Actor, { kind: 'api-key' }>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the session's cookie or the API key told; null for somebody unknown. */
    actor: Actor | null;
    /** Why somebody who seems to be known is not believed. */
    actorRefusal: AppError | null;
  }
}

/** Gives every request a place for its actor; whoever knows sessions or keys fills it. */
export function addActor(app: FastifyInstance): void {
  app.decorateRequest('actor', null);
  app.decorateRequest('actorRefusal', null);
}

/** The staff member who asks. Throws NOT_SIGNED_IN or CSRF_INVALID, and ROLE_NOT_ALLOWED for one who has none of the roles. */
export function staffOf({ actor, actorRefusal }: FastifyRequest, ...roles: readonly AccountRole[]): StaffActor {
  if (actorRefusal) throw actorRefusal;
  if (actor?.kind !== 'staff') {
    throw new AppError('NOT_SIGNED_IN', 'this is for staff who are signed in', { expected: 'a session', got: 'none' });
  }
  if (roles.length > 0 && !roles.some((role) => actor.roles.includes(role))) {
    throw new AppError('ROLE_NOT_ALLOWED', 'another role does this', {
      expected: roles.join(' or '),
      got: actor.roles.join(', ') || 'none',
    });
  }
  return actor;
}

/** Staff as by `staffOf`, or an API key with one of the scopes. Throws NOT_SIGNED_IN or ROLE_NOT_ALLOWED. */
export function staffOrKeyOf(
  request: FastifyRequest,
  roles: readonly AccountRole[],
  scopes: readonly ApiScope[],
): StaffActor | ApiKeyActor {
  const { actor } = request;
  if (actor?.kind !== 'api-key') return staffOf(request, ...roles);
  if (scopes.some((scope) => actor.scopes.includes(scope))) return actor;
  throw new AppError('ROLE_NOT_ALLOWED', 'the API key is for other things', {
    expected: scopes.join(' or '),
    got: actor.scopes.join(', ') || 'none',
  });
}

/** Of the member of staff who asks, or who owns the API key; null for anybody else, where all may ask. */
export function accountIdOf({ actor }: FastifyRequest): string | null {
  switch (actor?.kind) {
    case 'staff':
      return actor.id;
    case 'api-key':
      return actor.ownerId;
    default:
      return null;
  }
}

/** What the log of accesses says of a request. */
export function accessContext({ id: requestId }: FastifyRequest, purpose: AccessPurpose): AccessContext {
  return { purpose, requestId };
}

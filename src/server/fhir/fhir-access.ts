import type { FastifyRequest } from 'fastify';
import type { ApiScope } from '../../contracts/access.ts';
import { type ApiKeyActor, type StaffActor, staffOrKeyOf } from '../actor.ts';

const FHIR_ROLES = ['clinician', 'administrator'] as const;

/** Staff who give care or book, or a key for it. Throws NOT_SIGNED_IN or ROLE_NOT_ALLOWED. */
export function fhirActor(request: FastifyRequest, scope: ApiScope): StaffActor | ApiKeyActor {
  return staffOrKeyOf(request, FHIR_ROLES, [scope]);
}

/** For `onRequest`: who may not ask is refused before anything is read. */
export function onlyFor(scope: ApiScope): (request: FastifyRequest) => Promise<void> {
  return async (request) => void fhirActor(request, scope);
}

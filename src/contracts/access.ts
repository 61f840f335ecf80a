import { z } from 'zod';
import { AccountRole, Id } from './clinic.ts';

/** What an API key may be used for. */
export const API_SCOPES = [
  'dictations:write',
  'dictations:read',
  'transcribe',
  'webhooks:manage',
  'fhir:read',
  'fhir:book',
] as const;
export const ApiScope = z.enum(API_SCOPES);
export type ApiScope = z.infer<typeof ApiScope>;

/** Parts of the product that act without a person. */
export const SYSTEM_ACTORS = [
  'setup',
  'login',
  'booking-worker',
  'dictation-worker',
  'reminders',
  'delivery',
  'patient-page',
] as const;
export const SystemActor = z.enum(SYSTEM_ACTORS);
export type SystemActor = z.infer<typeof SystemActor>;

/**
 * Who does something to data. `unitIds` are the units whose patients the actor may see: the database shows no others.
 * A system actor sees all units. A patient sees own rows there, and those of the own children; with a `chainId`, as a
 * letter's code opens it, no more than that chain.
 */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staff'), id: Id, roles: z.array(AccountRole), unitIds: z.array(Id) }),
  z.object({ kind: z.literal('api-key'), id: Id, ownerId: Id, scopes: z.array(ApiScope), unitIds: z.array(Id) }),
  z.object({ kind: z.literal('patient'), id: Id, unitIds: z.array(Id), chainId: Id.nullable() }),
  z.object({ kind: z.literal('system'), id: SystemActor }),
]);
export type Actor = z.infer<typeof Actor>;
export type ActorKind = Actor['kind'];

/** Why patient data is opened, as the log of accesses must say. */
export const ACCESS_PURPOSES = ['care', 'booking', 'administration', 'follow-up', 'own-data', 'operation'] as const;
export const AccessPurpose = z.enum(ACCESS_PURPOSES);
export type AccessPurpose = z.infer<typeof AccessPurpose>;

/** `create`, `update` and `delete` are written by the database itself. */
export const AUDIT_ACTIONS = [
  'read',
  'search',
  'list',
  'export',
  'create',
  'update',
  'delete',
  'login',
  'login-refused',
  'logout',
  'account-changed',
  'job-changed',
] as const;
export const AuditAction = z.enum(AUDIT_ACTIONS);
export type AuditAction = z.infer<typeof AuditAction>;

/** A line of the log, as a patient's log page shows it. */
export const AuditEvent = z.object({
  id: z.int(),
  at: z.date(),
  actorKind: z.enum(['staff', 'api-key', 'patient', 'system']),
  actorId: z.string(),
  actorName: z.string().nullable(),
  action: AuditAction,
  /** The table's name, or what was listed. */
  objectKind: z.string(),
  objectId: z.string().nullable(),
  unitId: Id.nullable(),
  unitName: z.string().nullable(),
  purpose: AccessPurpose,
  requestId: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

import type { Kysely } from 'kysely';
import { csrfTokenOf, newToken, tokenHash } from '../access/tokens.ts';
import type { Actor } from '../contracts/access.ts';
import {
  changePatientSession,
  createPatientSession,
  deleteExpiredPatientSessions,
  findPatientSession,
  type StoredPatientSession,
} from '../storage/repositories/patient-sessions.ts';
import type { Storage } from '../storage/storage.ts';
import type { PlainTables } from '../storage/tables/tables.ts';

/** Short: phones and computers are shared, and a page left open shows when somebody is away from home. */
const LONGEST_MS = 2 * 3_600_000;
const IDLE_MS = 30 * 60_000;
/** Writing down each request's time would be a write a request. */
const TOUCH_EVERY_MS = 60_000;

export type PatientActor = Extract<Actor, { kind: 'patient' }>;

/** Who comes in: by a letter's code to one chain (level 1), or signed in (level 2), maybe for a child. */
export type NewPatientSession =
  | { readonly level: 1; readonly patientId: string; readonly unitId: string; readonly chainId: string }
  | { readonly level: 2; readonly patientId: string; readonly actingFor: string | null };

export interface PatientSession {
  /** Who is here. */
  readonly patientId: string;
  /** The child whose page it is, where a guardian looks after it. */
  readonly actingFor: string | null;
  /** Whose page it is: the child, or who is here. */
  readonly subjectId: string;
  readonly level: 1 | 2;
  /** What level 1 sees alone. */
  readonly chainId: string | null;
  readonly actor: PatientActor;
  readonly isDemo: boolean;
  /** What each form of the page carries. */
  readonly csrfToken: string;
}

/** Begins a session with a token of its own for the cookie; the token is kept nowhere else. */
export async function openPatientSession(
  tables: Kysely<PlainTables>,
  session: NewPatientSession,
  now: Date,
): Promise<{ token: string }> {
  const token = newToken();
  await createPatientSession(tables, {
    unitId: null,
    chainId: null,
    actingFor: null,
    ...session,
    tokenHash: tokenHash(token),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + Math.min(LONGEST_MS, IDLE_MS)),
  });
  await deleteExpiredPatientSessions(tables, now);
  return { token };
}

/** Whose session a token is, while it lasts; using it makes it last on, until it is as old as sessions get. */
export async function resumePatientSession(
  { plain }: Storage,
  token: string,
  now: Date,
): Promise<PatientSession | undefined> {
  const hash = tokenHash(token);
  const session = await findPatientSession(plain, hash, now);
  if (session === undefined) return undefined;
  if (now.getTime() - session.lastSeenAt.getTime() >= TOUCH_EVERY_MS) {
    const expiresAt = new Date(Math.min(session.createdAt.getTime() + LONGEST_MS, now.getTime() + IDLE_MS));
    await changePatientSession(plain, hash, { lastSeenAt: now, expiresAt });
  }
  return told(session, csrfTokenOf(token));
}

/** Makes a guardian's session the child's page, or with null the own one. The database shows nobody else's children. */
export async function actFor(tables: Kysely<PlainTables>, token: string, childId: string | null): Promise<void> {
  await changePatientSession(tables, tokenHash(token), { actingFor: childId });
}

function told(session: StoredPatientSession, csrfToken: string): PatientSession {
  const { patientId, level, chainId, actingFor, unitIds, demo: isDemo } = session;
  return {
    patientId,
    actingFor,
    subjectId: actingFor ?? patientId,
    level,
    chainId,
    actor: { kind: 'patient', id: patientId, unitIds: [...unitIds], chainId },
    isDemo,
    csrfToken,
  };
}

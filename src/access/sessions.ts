import type { Kysely } from 'kysely';
import { createSession, deleteExpiredSessions, findSession, touchSession } from '../storage/repositories/sessions.ts';
import { type StaffAccount, staffAccount } from '../storage/repositories/staff.ts';
import type { Storage } from '../storage/storage.ts';
import type { PlainTables } from '../storage/tables/tables.ts';
import { csrfTokenOf, newToken, tokenHash } from './tokens.ts';

export interface SessionLengths {
  /** From the login, whatever happens. */
  readonly longestMs: number;
  /** Without a request. */
  readonly idleMs: number;
}

export const DEFAULT_SESSION_LENGTHS: SessionLengths = { longestMs: 12 * 3_600_000, idleMs: 30 * 60_000 };

/** Writing down each request's time would be a write a request; short sessions are written oftener than they end. */
const TOUCH_EVERY_MS = 60_000;
const TOUCHES_A_SESSION = 4;

export interface SignedIn {
  readonly account: StaffAccount;
  readonly csrfToken: string;
  readonly expiresAt: Date;
}

/** Begins a session with a token of its own; the token is kept nowhere but in the browser. */
export async function openSession(
  tables: Kysely<PlainTables>,
  staffId: string,
  { longestMs, idleMs }: SessionLengths,
  now: Date,
  commissionUnitId: string | null = null,
): Promise<{ token: string }> {
  const token = newToken();
  await createSession(tables, {
    tokenHash: tokenHash(token),
    csrfHash: tokenHash(csrfTokenOf(token)),
    staffId,
    commissionUnitId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + Math.min(longestMs, idleMs)),
  });
  await deleteExpiredSessions(tables, now);
  return { token };
}

/** Whose session a token is, while it lasts; using it makes it last on, until it is as old as sessions get. */
export async function resumeSession(
  { plain }: Storage,
  token: string,
  { longestMs, idleMs }: SessionLengths,
  now: Date,
): Promise<SignedIn | undefined> {
  const hash = tokenHash(token);
  const session = await findSession(plain, hash, now);
  const account = session && inCommission(await staffAccount(plain, session.staffId), session.commissionUnitId);
  if (session === undefined || account === undefined) return undefined;
  const csrfToken = csrfTokenOf(token);
  if (now.getTime() - session.lastSeenAt.getTime() < Math.min(TOUCH_EVERY_MS, idleMs / TOUCHES_A_SESSION)) {
    return { account, csrfToken, expiresAt: session.expiresAt };
  }
  const expiresAt = new Date(Math.min(session.createdAt.getTime() + longestMs, now.getTime() + idleMs));
  await touchSession(plain, hash, { lastSeenAt: now, expiresAt });
  return { account, csrfToken, expiresAt };
}

/** Whoever signed in in a commission sees its unit alone, as long as they work there. */
function inCommission(account: StaffAccount | undefined, unitId: string | null): StaffAccount | undefined {
  if (account === undefined || unitId === null) return account;
  const units = account.units.filter(({ id }) => id === unitId);
  return units.length === 0 ? undefined : { ...account, units, actor: { ...account.actor, unitIds: [unitId] } };
}

import type { Insertable, Kysely, Selectable } from 'kysely';
import type { SessionsTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';

export type Session = Selectable<SessionsTable>;

/** Keeps a login. Only hashes (SHA-256) of the tokens are kept. */
export async function createSession(tables: Kysely<PlainTables>, session: Insertable<SessionsTable>): Promise<void> {
  await tables.insertInto('sessions').values(session).execute();
}

/** The session of a token while it lasts and its account is open. */
export async function findSession(
  tables: Kysely<PlainTables>,
  tokenHash: Buffer,
  now: Date,
): Promise<Session | undefined> {
  return tables
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.id', 'sessions.staffId')
    .selectAll('sessions')
    .where('sessions.tokenHash', '=', tokenHash)
    .where('sessions.expiresAt', '>', now)
    .where('staff.active', '=', true)
    .executeTakeFirst();
}

export async function touchSession(
  tables: Kysely<PlainTables>,
  tokenHash: Buffer,
  times: { lastSeenAt: Date; expiresAt: Date },
): Promise<void> {
  await tables.updateTable('sessions').set(times).where('tokenHash', '=', tokenHash).execute();
}

export async function deleteSession(tables: Kysely<PlainTables>, tokenHash: Buffer): Promise<void> {
  await tables.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute();
}

/** Ends every login of an account: after a changed password, or when it is closed. */
export async function deleteSessionsOf(tables: Kysely<PlainTables>, staffId: string): Promise<void> {
  await tables.deleteFrom('sessions').where('staffId', '=', staffId).execute();
}

/** Ends every login of an account but one. */
export async function deleteOtherSessionsOf(
  tables: Kysely<PlainTables>,
  staffId: string,
  tokenHash: Buffer,
): Promise<void> {
  await tables.deleteFrom('sessions').where('staffId', '=', staffId).where('tokenHash', '<>', tokenHash).execute();
}

export async function deleteExpiredSessions(tables: Kysely<PlainTables>, now: Date): Promise<void> {
  await tables.deleteFrom('sessions').where('expiresAt', '<=', now).execute();
}

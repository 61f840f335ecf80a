import type { Actor } from '../contracts/access.ts';
import type { PasswordChange } from '../contracts/access-api.ts';
import { AppError } from '../contracts/errors.ts';
import type { AccessContext } from '../storage/audited-transaction.ts';
import { deleteOtherSessionsOf, deleteSession, deleteSessionsOf } from '../storage/repositories/sessions.ts';
import { changeStaff, findStaffByUsername, type StaffAccount, staffAccount } from '../storage/repositories/staff.ts';
import type { Storage } from '../storage/storage.ts';
import type { Authenticator, PasswordCredentials } from './authenticator.ts';
import { clearAttempts, countAttempt } from './login-limits.ts';
import { checkNotDemo } from './password-links.ts';
import { hashPassword } from './passwords.ts';
import { openSession, type SessionLengths } from './sessions.ts';
import { tokenHash } from './tokens.ts';

const LOGIN: Actor = { kind: 'system', id: 'login' };

/** Where a login comes from. */
export interface LoginOrigin {
  /** The client's IP address. */
  readonly address: string;
  /** Whether it is this very computer: demo accounts, whose password everybody knows, open for nobody else. */
  readonly isLocal: boolean;
  readonly requestId: string;
  /** Of the session that the browser has already: it ends. */
  readonly earlierToken: string | undefined;
}

export interface LoginParts {
  readonly storage: Storage;
  readonly authenticator: Authenticator<PasswordCredentials>;
  readonly sessionLengths: SessionLengths;
}

/**
 * Signs somebody in with a new token, and logs it. Throws LOGIN_REFUSED, which does not tell why, or LOGIN_LIMITED;
 * each refusal that was not for the limit is logged.
 */
export async function signIn(
  { storage, authenticator, sessionLengths }: LoginParts,
  credentials: PasswordCredentials,
  origin: LoginOrigin,
): Promise<{ token: string }> {
  const now = new Date();
  const attempt = { username: credentials.username, address: origin.address };
  await countAttempt(storage, attempt, now);
  const staff = await authenticator.identify(credentials);
  const account = staff && (staff.demo && !origin.isLocal ? undefined : await staffAccount(storage.plain, staff.id));
  if (account === undefined) {
    const known = await findStaffByUsername(storage.plain, credentials.username);
    await recordRefusedLogin(storage, known?.id, origin);
    throw new AppError('LOGIN_REFUSED', 'nobody is signed in', {
      expected: 'the user name and password of an account that is open here',
    });
  }
  await clearAttempts(storage, attempt, now);
  return beginSession({ storage, sessionLengths }, account, origin, now);
}

/** Begins the session of somebody who has proved who they are, and logs it. */
export async function beginSession(
  { storage, sessionLengths }: Pick<LoginParts, 'storage' | 'sessionLengths'>,
  account: Pick<StaffAccount, 'id' | 'actor'>,
  { requestId, earlierToken }: Pick<LoginOrigin, 'requestId' | 'earlierToken'>,
  now: Date,
  commissionUnitId: string | null = null,
): Promise<{ token: string }> {
  return storage.withAudit(account.actor, { purpose: 'operation', requestId }, async (transaction) => {
    if (earlierToken !== undefined) await deleteSession(transaction.plain, tokenHash(earlierToken));
    transaction.record('login', 'staff', account.id);
    return openSession(transaction.plain, account.id, sessionLengths, now, commissionUnitId);
  });
}

/** Logs that somebody was not let in. */
export async function recordRefusedLogin(
  storage: Storage,
  staffId: string | undefined,
  { requestId }: Pick<LoginOrigin, 'requestId'>,
): Promise<void> {
  await storage.withAudit(LOGIN, { purpose: 'operation', requestId }, async (transaction) => {
    transaction.record('login-refused', 'staff', staffId ?? null);
  });
}

/** Ends a session, or all of the account's, and logs it. */
export async function signOut(
  storage: Storage,
  actor: Extract<Actor, { kind: 'staff' }>,
  context: AccessContext,
  which: { readonly token: string } | 'everywhere',
): Promise<void> {
  await storage.withAudit(actor, context, async (transaction) => {
    transaction.record('logout', 'staff', actor.id);
    if (which === 'everywhere') await deleteSessionsOf(transaction.plain, actor.id);
    else await deleteSession(transaction.plain, tokenHash(which.token));
  });
}

/**
 * Gives somebody another password for the right one, and ends their other sessions. Throws LOGIN_REFUSED, or
 * LOGIN_LIMITED: a session that was left open is no way to guess. Throws STATE_NOT_ALLOWED for a demo account.
 */
export async function changeOwnPassword(
  { storage, authenticator }: LoginParts,
  { account, token }: { readonly account: StaffAccount; readonly token: string },
  { current, password }: PasswordChange,
  origin: Pick<LoginOrigin, 'address' | 'requestId'>,
): Promise<void> {
  checkNotDemo(account);
  const attempt = { username: account.username, address: origin.address };
  await countAttempt(storage, attempt, new Date());
  const staff = await authenticator.identify({ username: account.username, password: current });
  if (staff === undefined) {
    throw new AppError('LOGIN_REFUSED', 'the password is not changed', { expected: 'the password that one has now' });
  }
  await clearAttempts(storage, attempt, new Date());
  const passwordHash = await hashPassword(password);
  const context: AccessContext = { purpose: 'operation', requestId: origin.requestId };
  await storage.withAudit(account.actor, context, async (transaction) => {
    await changeStaff(transaction.plain, staff.id, staff.version, { passwordHash });
    await deleteOtherSessionsOf(transaction.plain, staff.id, tokenHash(token));
    transaction.record('account-changed', 'staff', staff.id);
  });
}

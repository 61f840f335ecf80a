import type { Actor } from '../contracts/access.ts';
import { PASSWORD_LINK_HOURS } from '../contracts/access-api-accounts.ts';
import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  deletePasswordLinkOf,
  passwordLinkOwner,
  putPasswordLink,
  spendPasswordLink,
} from '../storage/repositories/password-links.ts';
import { deleteSessionsOf } from '../storage/repositories/sessions.ts';
import { changeStaff, type Staff } from '../storage/repositories/staff.ts';
import type { Storage } from '../storage/storage.ts';
import { hashPassword } from './passwords.ts';
import { newToken, tokenHash } from './tokens.ts';

const LOGIN: Actor = { kind: 'system', id: 'login' };
const HOUR_MS = 3_600_000;

type KnownAccount = Pick<Staff, 'id' | 'version' | 'demo'>;

/**
 * Makes a link by which the owner of an account chooses a password; its token is kept nowhere. The password that the
 * account had holds no more, or a reset would leave it to who has found it out.
 */
export async function makePasswordLink(
  transaction: AuditedTransaction,
  account: KnownAccount,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + PASSWORD_LINK_HOURS * HOUR_MS);
  await setPassword(transaction, account, null);
  await putPasswordLink(transaction.plain, {
    staffId: account.id,
    tokenHash: tokenHash(token),
    madeBy: transaction.staffId,
    expiresAt,
  });
  return { token, expiresAt };
}

/** Gives an account another password, or none; its logins and its link end. Throws STATE_NOT_ALLOWED for a demo account. */
export async function setPassword(
  transaction: AuditedTransaction,
  account: KnownAccount,
  passwordHash: string | null,
): Promise<void> {
  checkNotDemo(account);
  await changeStaff(transaction.plain, account.id, account.version, { passwordHash });
  await deleteSessionsOf(transaction.plain, account.id);
  await deletePasswordLinkOf(transaction.plain, account.id);
  transaction.record('account-changed', 'staff', account.id, passwordHash === null ? 'password taken' : 'password');
}

/**
 * Chooses a password by a link, once; the account's logins end. Throws LOGIN_REFUSED for a link that does not hold,
 * whatever the reason.
 */
export async function choosePassword(
  storage: Storage,
  { token, password }: { readonly token: string; readonly password: string },
  requestId: string,
): Promise<{ username: string }> {
  const hash = tokenHash(token);
  // Looked at first, or every guess would cost a hash of a password.
  const known = await passwordLinkOwner(storage.plain, hash, new Date());
  if (known === undefined) throw holdsNoMore();
  const passwordHash = await hashPassword(password);
  await storage.withAudit(LOGIN, { purpose: 'operation', requestId }, async (transaction) => {
    const owner = await passwordLinkOwner(transaction.plain, hash, new Date());
    if (owner === undefined || !(await spendPasswordLink(transaction.plain, hash))) throw holdsNoMore();
    await setPassword(transaction, owner, passwordHash);
  });
  return { username: known.username };
}

/** The login page tells everybody the password of the demo accounts. Throws STATE_NOT_ALLOWED for one of them. */
export function checkNotDemo({ demo }: { readonly demo: boolean }): void {
  if (!demo) return;
  throw new AppError('STATE_NOT_ALLOWED', 'a demo account keeps its password', { expected: 'an account of somebody' });
}

function holdsNoMore(): AppError {
  return new AppError('LOGIN_REFUSED', 'the link does not hold', { expected: 'the newest link, not used and not old' });
}

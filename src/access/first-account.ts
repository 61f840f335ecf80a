import { timingSafeEqual } from 'node:crypto';
import type { Actor } from '../contracts/access.ts';
import type { SetupBody } from '../contracts/access-api.ts';
import { AppError } from '../contracts/errors.ts';
import { createStaff, createUnit, hasNoStaff } from '../storage/repositories/staff.ts';
import type { Storage } from '../storage/storage.ts';
import { jsonText } from '../storage/tables/columns.ts';
import { hashPassword } from './passwords.ts';
import { tokenHash } from './tokens.ts';

const SETUP: Actor = { kind: 'system', id: 'setup' };
/** The row of `settings` of whoever came first. */
const SETUP_SETTING = 'setup';

/**
 * Makes the first account and its unit: once, by who has read the code in the server's log. Throws LOGIN_REFUSED for
 * another code, and CONFLICT when somebody has an account already.
 */
export async function makeFirstAccount(
  storage: Storage,
  setupCode: string | undefined,
  { code, unitName, password, isClinician, ...person }: SetupBody,
  requestId: string,
): Promise<void> {
  if (setupCode === undefined) throw alreadyDone();
  // Hashes are of one length, whatever was sent.
  if (!timingSafeEqual(tokenHash(code), tokenHash(setupCode))) {
    throw new AppError('LOGIN_REFUSED', 'this code does not begin a clinic here', {
      expected: "the code of the link in the server's log, since its last start",
    });
  }
  const passwordHash = await hashPassword(password);
  await storage.withAudit(SETUP, { purpose: 'operation', requestId }, async (transaction) => {
    const { plain } = transaction;
    if (!(await hasNoStaff(plain))) throw alreadyDone();
    // Another one at the same time is waited for here.
    const marked = await plain
      .insertInto('settings')
      .values({ key: SETUP_SETTING, value: jsonText<unknown>({ requestId }) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key')
      .execute();
    if (marked.length === 0) throw alreadyDone();
    const unit = await createUnit(plain, { name: unitName });
    const accountRoles = [
      'operator' as const,
      'administrator' as const,
      ...(isClinician ? ['clinician' as const] : []),
    ];
    const { id } = await createStaff(plain, { ...person, passwordHash, accountRoles }, [unit.id]);
    transaction.record('account-changed', 'staff', id);
  });
}

function alreadyDone(): AppError {
  return new AppError('CONFLICT', 'there are accounts here already', { expected: 'a database without any' });
}

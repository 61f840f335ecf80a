import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../contracts/errors.ts';

const TOKEN_BYTES = 32;

/** The secret that a session is taken up again with. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is kept of a token. It is too long to be guessed from its hash, so a plain one does. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Takes the same time for all wrong tokens. @throws AppError LIVE_NOT_ALLOWED */
export function checkToken(token: string, sha256: string): void {
  if (timingSafeEqual(Buffer.from(tokenHash(token)), Buffer.from(sha256))) return;
  throw new AppError('LIVE_NOT_ALLOWED', 'this is not the token of the session', {
    expected: 'the token that `ready` told',
    got: 'another one',
  });
}

/** A session that somebody began who has an account is theirs alone. @throws AppError LIVE_NOT_ALLOWED */
export function checkAccount(accountId: string | null, ownAccountId: string | null): void {
  if (ownAccountId === null || accountId === ownAccountId) return;
  throw new AppError('LIVE_NOT_ALLOWED', 'somebody else began this session', {
    expected: 'the account that it was begun with',
    got: accountId === null ? 'none' : 'another one',
  });
}

import { createHash } from 'node:crypto';
import { AppError } from '../contracts/errors.ts';
import {
  countLoginAttempt,
  forgetLoginAttempts,
  forgetLoginAttemptsBefore,
  forgiveLoginAttempt,
} from '../storage/repositories/login-attempts.ts';
import type { Storage } from '../storage/storage.ts';
import { networkOf } from './network-of.ts';

const WINDOW_MS = 15 * 60_000;
/** Of one account from one address; nobody who tries from elsewhere keeps its owner out. */
const ATTEMPTS_FROM_THERE = 10;
/** Of one account, whoever tries from wherever: its owner is kept out, too, before a password is guessed. */
const ATTEMPTS_OF_ACCOUNT = 100;
/** A whole clinic can share one address. */
const ATTEMPTS_OF_ADDRESS = 100;

export interface LoginAttempt {
  readonly username: string;
  /** The client's IP address. */
  readonly address: string;
}

/** Too many tries; says when the next one is looked at. */
export class LoginLimited extends AppError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('LOGIN_LIMITED', 'too many tries to sign in', {
      expected: `at most ${ATTEMPTS_FROM_THERE} with one account and ${ATTEMPTS_OF_ADDRESS} in all from one address, in ${WINDOW_MS / 60_000} minutes`,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Counts a try before its password is looked at, so that many at once are counted, too. Throws LOGIN_LIMITED. */
export async function countAttempt({ plain }: Storage, attempt: LoginAttempt, now: Date): Promise<void> {
  const startedBefore = new Date(now.getTime() - WINDOW_MS);
  for (const [key, limit] of [
    [addressKey(attempt), ATTEMPTS_OF_ADDRESS],
    [accountThereKey(attempt), ATTEMPTS_FROM_THERE],
    [accountKey(attempt), ATTEMPTS_OF_ACCOUNT],
  ] as const) {
    const { attempts, since } = await countLoginAttempt(plain, key, { now, startedBefore });
    if (attempts > limit) throw new LoginLimited(Math.ceil((since.getTime() + WINDOW_MS - now.getTime()) / 1000));
  }
}

/** The right password clears the account; the address only gets this try back, or one account would open all others. */
export async function clearAttempts({ plain }: Storage, attempt: LoginAttempt, now: Date): Promise<void> {
  await forgetLoginAttempts(plain, accountThereKey(attempt));
  await forgetLoginAttempts(plain, accountKey(attempt));
  await forgiveLoginAttempt(plain, addressKey(attempt));
  await forgetLoginAttemptsBefore(plain, new Date(now.getTime() - WINDOW_MS));
}

function accountThereKey({ username, address }: LoginAttempt): Buffer {
  return createHash('sha256')
    .update(`account:${username.toLowerCase()}:from:${networkOf(address)}`)
    .digest();
}

function accountKey({ username }: LoginAttempt): Buffer {
  return createHash('sha256').update(`account:${username.toLowerCase()}`).digest();
}

function addressKey({ address }: LoginAttempt): Buffer {
  return createHash('sha256')
    .update(`address:${networkOf(address)}`)
    .digest();
}

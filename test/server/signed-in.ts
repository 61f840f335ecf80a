import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { DEMO_PASSWORD } from '../../src/access/demo-accounts.ts';
import { DEFAULT_SESSION_LENGTHS, openSession } from '../../src/access/sessions.ts';
import { csrfTokenOf } from '../../src/access/tokens.ts';
import { CSRF_HEADER, SESSION_COOKIE } from '../../src/contracts/access-api.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** What a browser that is signed in sends with its requests: to `app.inject`, `fetch` or a WebSocket. */
export type SignedInHeaders = Readonly<Record<'cookie' | typeof CSRF_HEADER, string>>;

/** Signs in by the login page's own request. */
export async function signIn(
  app: FastifyInstance,
  username: string,
  password = DEMO_PASSWORD,
): Promise<SignedInHeaders> {
  const answer = await app.inject({ method: 'POST', url: '/api/login', payload: { username, password } });
  expect(answer.statusCode).toBe(204);
  return headersOf(answer.cookies.find(({ name }) => name === SESSION_COOKIE)!.value);
}

/** A session of an account that needs no password. */
export async function signedInAs(storage: Storage, staffId: string): Promise<SignedInHeaders> {
  const { token } = await openSession(storage.plain, staffId, DEFAULT_SESSION_LENGTHS, new Date());
  return headersOf(token);
}

function headersOf(token: string): SignedInHeaders {
  return { cookie: `${SESSION_COOKIE}=${token}`, [CSRF_HEADER]: csrfTokenOf(token) };
}

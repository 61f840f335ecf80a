import { z } from 'zod';
import { Me } from '../../contracts/access-api.ts';
import { askApi } from './ask-api.ts';
import { LOGIN_PATH, pathToLogin } from './login-path.ts';

export function fetchMe(): Promise<Me> {
  return askApi('/api/me', Me);
}

/** Goes to the login page, which leads back here. */
export function leaveForLogin(): void {
  const { pathname, search, hash } = location;
  location.assign(pathToLogin(pathname + search + hash));
}

/** Ends the session and goes to the login page, also when the server does not answer. */
export async function signOut(csrfToken: string | null): Promise<void> {
  await askApi('/api/logout', z.undefined(), { method: 'POST', body: {}, csrfToken }).catch(() => undefined);
  location.assign(LOGIN_PATH);
}

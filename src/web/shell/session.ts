import { z } from 'zod';
import { Me, type SignedInStaff } from '../../contracts/access-api.ts';
import { askApi } from './ask-api.ts';
import { watchIdle } from './idle.ts';
import { LOGIN_PATH, pathToLogin } from './login-path.ts';

/** What a signed-in page knows of who looks at it. */
export interface PageSession {
  readonly staff: SignedInStaff;
  readonly csrfToken: string;
  readonly demo: boolean;
  /** How long somebody stays signed in who does nothing. */
  readonly idleMinutes: number;
}

export function fetchMe(): Promise<Me> {
  return askApi('/api/me', Me);
}

/** Whose page this is; undefined for nobody. */
export function sessionOf({ staff, csrfToken, demo, idleMinutes }: Me): PageSession | undefined {
  return staff === null || csrfToken === null ? undefined : { staff, csrfToken, demo, idleMinutes };
}

/** Tells the server of who works, and signs out whoever leaves the computer unless told otherwise. Gives what ends that. */
export function keepWatch(
  { idleMinutes, csrfToken }: PageSession,
  onIdle: () => void = () => void signOut(csrfToken),
): () => void {
  const onUse = () =>
    void fetchMe().then(
      (now) => now.staff === null && leaveForLogin(),
      () => undefined,
    );
  return watchIdle({ idleMs: idleMinutes * 60_000, onUse, onIdle });
}

/** Goes to the login page, which leads back here. */
export function leaveForLogin(): void {
  const { pathname, search, hash } = location;
  location.assign(pathToLogin(pathname + search + hash));
}

/** Ends the session, or all of the account's, and goes to the login page, also when the server does not answer. */
export async function signOut(csrfToken: string | null, { everywhere = false } = {}): Promise<void> {
  const body = { everywhere };
  await askApi('/api/logout', z.undefined(), { method: 'POST', body, csrfToken }).catch(() => undefined);
  location.assign(LOGIN_PATH);
}

import type { AccountRole } from '../../contracts/clinic.ts';

export const LOGIN_PATH = '/inloggning';
/** Where one wanted to go, in the login page's query. */
const TARGET = 'till';
/** What the link carries, behind #, by which somebody chooses a password. */
export const PASSWORD_LINK = { token: 'losenord', username: 'konto' } as const;
/** Of staff with several roles, the first that fits. */
const HOME_OF_ROLE: readonly (readonly [AccountRole, string])[] = [
  ['clinician', '/diktera'],
  ['administrator', '/bokning'],
  ['operator', '/drift'],
];

/** The login page that leads back to a path of this server. */
export function pathToLogin(target: string): string {
  return `${LOGIN_PATH}?${TARGET}=${encodeURIComponent(target)}`;
}

/** Where somebody chooses a password; the token behind # is not sent when the page is fetched. */
export function passwordLink(origin: string, token: string, username: string): string {
  return `${origin}${LOGIN_PATH}#${new URLSearchParams({ [PASSWORD_LINK.token]: token, [PASSWORD_LINK.username]: username })}`;
}

/** Where to go after signing in: where one came from if that is a page of this server, else where the work is. */
export function pathAfterLogin(search: string, origin: string, roles: readonly AccountRole[]): string {
  const asked = new URLSearchParams(search).get(TARGET);
  const target = asked === null ? null : URL.parse(asked, origin);
  if (target?.origin === origin && target.pathname !== LOGIN_PATH) return target.pathname + target.search + target.hash;
  return HOME_OF_ROLE.find(([role]) => roles.includes(role))?.[1] ?? '/';
}

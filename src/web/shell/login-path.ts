import type { AccountRole } from '../../contracts/clinic.ts';

export const LOGIN_PATH = '/inloggning';
/** Where one wanted to go, in the login page's query. */
const TARGET = 'till';
/** Of staff with several roles, the first that fits. */
const HOME_OF_ROLE: readonly (readonly [AccountRole, string])[] = [
  ['clinician', '/diktera'],
  ['administrator', '/bokning'],
  ['operator', '/logg'],
];

/** The login page that leads back to a path of this server. */
export function pathToLogin(target: string): string {
  return `${LOGIN_PATH}?${TARGET}=${encodeURIComponent(target)}`;
}

/** Where to go after signing in: where one came from if that is a page of this server, else where the work is. */
export function pathAfterLogin(search: string, origin: string, roles: readonly AccountRole[]): string {
  const asked = new URLSearchParams(search).get(TARGET);
  const target = asked === null ? null : URL.parse(asked, origin);
  if (target?.origin === origin && target.pathname !== LOGIN_PATH) return target.pathname + target.search + target.hash;
  return HOME_OF_ROLE.find(([role]) => roles.includes(role))?.[1] ?? '/';
}

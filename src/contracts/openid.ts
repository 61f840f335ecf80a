import { z } from 'zod';

/** A provider of sign-ins by OpenID Connect Core 1.0, as a site has agreed on it. */
export interface OpenIdSettings {
  /** The provider's issuer; HTTPS, or plain HTTP on this very computer. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Beside `openid`, between spaces. */
  readonly scope: string;
  /** Ways and levels of signing in (acr) that are taken, the wanted one first; whatever the provider gives when empty. */
  readonly levels: readonly string[];
  /** The claim with a patient's personal number; one of those that Swedish providers use when absent. */
  readonly claim?: string;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The settings in one line, as an address of the provider with the client's name and secret:
 * https://CLIENT:SECRET@login.example/issuer?scope=profile&level=urn:a,urn:b&claim=ssn
 */
export const OpenIdAddress = z.string().transform((text, context): OpenIdSettings => {
  const address = URL.parse(text);
  const isSafe =
    address?.protocol === 'https:' || (address?.protocol === 'http:' && LOOPBACK_NAMES.includes(address.hostname));
  if (address === null || !isSafe || address.username === '' || address.password === '') {
    context.addIssue({ code: 'custom', message: 'https://CLIENT:SECRET@ and the address of the provider' });
    return z.NEVER;
  }
  const { searchParams, username, password, origin, pathname } = address;
  const claim = searchParams.get('claim');
  return {
    issuer: origin + (pathname === '/' ? '' : pathname),
    clientId: decodeURIComponent(username),
    clientSecret: decodeURIComponent(password),
    scope: searchParams.get('scope') ?? '',
    levels: searchParams.get('level')?.split(',').filter(Boolean) ?? [],
    ...(claim !== null && { claim }),
  };
});

/**
 * Why nobody was signed in by a provider: they thought better of it; they took too long, or another login came between;
 * what the provider said does not hold; the provider does not answer; it is nobody that is known here.
 */
export const LOGIN_PROBLEMS = ['cancelled', 'expired', 'refused', 'unavailable', 'unknown'] as const;
export const LoginProblem = z.enum(LOGIN_PROBLEMS);
export type LoginProblem = z.infer<typeof LoginProblem>;

/** Pages of the sign-in by the clinic's organisation; the second is the address that the provider knows. */
export const STAFF_OPENID_PATHS = { begin: '/inloggning/organisation', back: '/inloggning/organisation/svar' } as const;
/** Of patients, likewise. */
export const PATIENT_OPENID_PATHS = { begin: '/min-tid/logga-in', back: '/min-tid/logga-in/svar' } as const;
/** Why a login by the organisation came to nothing, in the query of the login page. */
export const LOGIN_PROBLEM_QUERY = 'organisation';

import { parsePersonalNumber } from '../personal-number.ts';
import { OpenIdFailure } from './login-failure.ts';
import type { Claims } from './provider.ts';

/** Sweden's own profile (OIDC Sweden, attribute specification), then names that brokers of BankID and Freja use. */
const KNOWN_CLAIMS = [
  'https://id.oidc.se/claim/personalIdentityNumber',
  'personal_identity_number',
  'https://frejaeid.com/oidc/claims/personalIdentityNumber',
  'nin',
  'ssn',
];

export function hasNumber(claims: Claims, claim: string | undefined): boolean {
  return claimsFor(claim).some((name) => typeof claims[name] === 'string');
}

/**
 * The personal number that a provider tells, as patients are kept by it. Throws OpenIdFailure where it tells none, or
 * different ones.
 *
 * @param claim the claim that the site has agreed on; one of the usual ones when undefined
 * @param today YYYY-MM-DD
 */
export function numberOf(claims: Claims, claim: string | undefined, today: string): string {
  const told = claimsFor(claim).flatMap((name) => {
    const value = claims[name];
    return typeof value === 'string' ? [readNumber(value, today)] : [];
  });
  const [number, other] = new Set(told);
  if (number === undefined || other !== undefined) {
    throw new OpenIdFailure('refused', { got: number === undefined ? 'no personal number' : 'several numbers' });
  }
  return number;
}

function claimsFor(claim: string | undefined): readonly string[] {
  return claim === undefined ? KNOWN_CLAIMS : [claim];
}

function readNumber(value: string, today: string): string {
  try {
    return parsePersonalNumber(value, today).number;
  } catch {
    throw new OpenIdFailure('refused', { got: 'another number than those of Sweden' });
  }
}

import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { AppError } from '../../contracts/errors.ts';
import type { LoginProblem } from '../../contracts/openid.ts';

const WORDS: Readonly<Record<LoginProblem, string>> = {
  cancelled: 'the sign-in was broken off at the provider',
  expired: 'the sign-in was not begun in this browser, or too long ago',
  refused: "the provider's answer does not hold",
  unavailable: 'the sign-in provider does not answer as it should',
  unknown: 'nobody here is meant by the sign-in',
};

/** Nobody was signed in, and why. Throws away what the provider said but for a code: the rest may be about a person. */
export class OpenIdFailure extends AppError {
  readonly problem: LoginProblem;

  constructor(problem: LoginProblem, details: { readonly got?: string; readonly cause?: unknown } = {}) {
    const isUnavailable = problem === 'unavailable';
    super(isUnavailable ? 'LOGIN_UNAVAILABLE' : 'LOGIN_REFUSED', WORDS[problem], {
      retryable: isUnavailable,
      ...details,
    });
    this.problem = problem;
  }

  /** What the protocol's client threw. */
  static override from(thrown: unknown): OpenIdFailure {
    if (thrown instanceof OpenIdFailure) return thrown;
    if (thrown instanceof AuthorizationResponseError) return answered(thrown.error);
    if (thrown instanceof ResponseBodyError) {
      // RFC 6749, section 5.2: a code that was used, is old, or belongs to somebody else.
      return new OpenIdFailure(thrown.error === 'invalid_grant' ? 'refused' : 'unavailable', { got: thrown.error });
    }
    if (thrown instanceof WWWAuthenticateChallengeError) {
      return new OpenIdFailure('unavailable', { got: thrown.cause[0]?.parameters.error ?? thrown.code });
    }
    if (thrown instanceof ClientError && thrown.code !== undefined && DOES_NOT_HOLD.has(thrown.code)) {
      return new OpenIdFailure('refused', { got: thrown.code });
    }
    const got = thrown instanceof ClientError ? thrown.code : undefined;
    return new OpenIdFailure('unavailable', { ...(got !== undefined && { got }), cause: thrown });
  }
}

/** Of the protocol's client: what was said is not what was asked, is not for us, or is no more. */
const DOES_NOT_HOLD: ReadonlySet<string> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_PARSE_ERROR',
]);

/** OpenID Connect Core 1.0, section 3.1.2.6, and RFC 6749, section 4.1.2.1. */
const BROKEN_OFF: ReadonlySet<string> = new Set([
  'access_denied',
  'login_required',
  'interaction_required',
  'consent_required',
]);

function answered(error: string): OpenIdFailure {
  return new OpenIdFailure(BROKEN_OFF.has(error) ? 'cancelled' : 'unavailable', { got: error });
}

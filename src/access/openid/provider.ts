import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { OpenIdSettings } from '../../contracts/openid.ts';
import { OpenIdFailure } from './login-failure.ts';
import type { LoginFlow } from './login-flow.ts';

/** What a provider says of somebody, as it said it. */
export type Claims = Readonly<Record<string, unknown>>;

/** Of each request to the provider. */
const DEFAULT_TIMEOUT_MS = 10_000;
/** Providers change their keys and addresses; the keys are looked up anew by the protocol's client itself. */
const KEEP_DISCOVERED_MS = 3_600_000;

export interface BeginOptions {
  /** The address that the provider sends the browser back to. */
  readonly backTo: string;
  readonly target: string;
  /** Whether to sign in anew, whoever is signed in at the provider already: for computers that many use. */
  readonly isAnew: boolean;
}

/**
 * Signs in by a provider: the authorization code flow with PKCE, state and nonce; the signature of what the provider
 * says is checked. Every failure is an OpenIdFailure.
 */
export class OpenIdProvider {
  readonly #settings: OpenIdSettings;
  readonly #timeoutMs: number;
  #discovered: Promise<Configuration> | undefined;
  #discoveredMs = 0;

  constructor(settings: OpenIdSettings, timeoutMs = DEFAULT_TIMEOUT_MS) {
    this.#settings = settings;
    this.#timeoutMs = timeoutMs;
  }

  /** The claim with a patient's personal number, where the site has said which. */
  get claim(): string | undefined {
    return this.#settings.claim;
  }

  /** Where to send the browser, and what it keeps until it comes back. */
  async begin({ backTo, target, isAnew }: BeginOptions): Promise<{ address: string; flow: LoginFlow }> {
    const configuration = await this.#configuration();
    const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const { scope, levels } = this.#settings;
    const address = buildAuthorizationUrl(configuration, {
      redirect_uri: backTo,
      scope: `openid ${scope}`.trim(),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(levels.length > 0 && { acr_values: levels.join(' ') }),
      ...(isAnew && { prompt: 'login' }),
    });
    return { address: address.href, flow: { state, nonce, codeVerifier, begunMs: Date.now(), target } };
  }

  /**
   * Who came back.
   *
   * @param answer the address that the provider sent the browser to, as the provider knows it, with what it added
   * @param isEnough whether what the token says will do; else the provider is asked for more
   */
  async finish(flow: LoginFlow, answer: URL, isEnough: (claims: Claims) => boolean): Promise<Claims> {
    const configuration = await this.#configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, answer, {
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        pkceCodeVerifier: flow.codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      this.#checkLevel(claims.acr);
      if (isEnough(claims) || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      return { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
    } catch (error) {
      throw OpenIdFailure.from(error);
    }
  }

  #checkLevel(level: unknown): void {
    const { levels } = this.#settings;
    if (levels.length > 0 && !levels.some((taken) => taken === level))
      throw new OpenIdFailure('refused', { got: 'another level' });
  }

  /** Asked once for all who come meanwhile; what failed is asked again by the next. */
  async #configuration(): Promise<Configuration> {
    if (this.#discovered === undefined || Date.now() - this.#discoveredMs > KEEP_DISCOVERED_MS) {
      this.#discoveredMs = Date.now();
      const discovered = this.#discover();
      this.#discovered = discovered;
      discovered.catch(() => {
        if (this.#discovered === discovered) this.#discovered = undefined;
      });
    }
    return this.#discovered.catch((error) => {
      throw OpenIdFailure.from(error);
    });
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const address = new URL(issuer);
    return discovery(address, clientId, undefined, secretAsTaken(clientSecret), {
      // Settings take plain HTTP for this very computer only.
      execute: [enableNonRepudiationChecks, ...(address.protocol === 'http:' ? [allowInsecureRequests] : [])],
      timeout: this.#timeoutMs / 1000,
    });
  }
}

/** In the body where the provider says so, else as OpenID Connect Discovery 1.0 has it by default. */
function secretAsTaken(secret: string): ClientAuth {
  const [inBody, basic] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported ?? [];
    const isInBody = taken.includes('client_secret_post') && !taken.includes('client_secret_basic');
    return (isInBody ? inBody : basic)(server, client, body, headers);
  };
}

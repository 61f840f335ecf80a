import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import type { OpenIdSettings } from '../../src/contracts/openid.ts';

/** What a provider says of somebody, by the name that is typed on its page. */
export type Accounts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const CLIENT = { id: 'taltid', secret: 'a secret with % & :' };

export interface OpenIdServer {
  readonly settings: OpenIdSettings;
  /** The provider's own server: answers go through it as they are, until a test says otherwise. */
  between: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

interface Options {
  readonly accounts: Accounts;
  /** Where the browser may be sent back to; asked for when somebody first comes. */
  readonly backTo: () => readonly string[];
  readonly configuration?: Partial<Configuration>;
  readonly client?: Readonly<Record<string, unknown>>;
}

/** A real provider on a port of its own, with a page on which one types who one is. Closed when the test has finished. */
export async function startOpenIdServer({
  accounts,
  backTo,
  configuration = {},
  client = {},
}: Options): Promise<OpenIdServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = [...new Set(Object.values(accounts).flatMap((claims) => Object.keys(claims)))];
  const open = () => {
    const redirects = { redirect_uris: [...backTo()] };
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, ...redirects, ...client }],
      claims: { openid: ['sub', ...names] },
      conformIdTokenClaims: false,
      cookies: { keys: ['of the test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/page/${uid}` },
      findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) }),
      loadExistingGrant: granted,
      ...configuration,
    });
    return { provider, answer: provider.callback() };
  };
  let opened: ReturnType<typeof open> | undefined;
  const self: OpenIdServer = {
    settings: { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, scope: '', levels: [] },
    between: () => false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', (request, response) => {
    if (self.between(request, response)) return;
    opened ??= open();
    if (request.url?.startsWith('/page/')) void signInPage(opened.provider, request, response);
    else void opened.answer(request, response);
  });
  onTestFinished(() => self.close());
  return self;
}

/** Nobody is asked whether the clinic may know who they are. */
async function granted({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

const PAGE = `<!doctype html><html lang="sv"><title>Provleverantören</title><form method="post">
<label>Vem är du? <input name="account" autofocus></label><button>Legitimera</button></form></html>`;

async function signInPage(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
    return;
  }
  const account = new URLSearchParams(await text(request)).get('account') ?? '';
  const result =
    account === '' ? { error: 'access_denied', error_description: 'broken off' } : { login: { accountId: account } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

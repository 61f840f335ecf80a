import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeFlow } from '../../src/access/openid/login-flow.ts';
import { OpenIdProvider } from '../../src/access/openid/provider.ts';
import { Me, SESSION_COOKIE } from '../../src/contracts/access-api.ts';
import { STAFF_OPENID_PATHS } from '../../src/contracts/openid.ts';
import { createStaff, createUnit } from '../../src/storage/repositories/staff.ts';
import { runApp } from '../server/running-app.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type OpenIdServer, startOpenIdServer } from './openid-server.ts';
import { SmallBrowser } from './small-browser.ts';

const ELIN = { employeeHsaId: 'SE2321000016-ELIN', commissionHsaId: 'SE2321000016-UPPDRAG' };
const CARE = { commissionPurpose: 'Vård och behandling' };
const ACCOUNTS = {
  elin: { ...ELIN, ...CARE, healthCareUnitHsaId: 'SE2321000016-NORR' },
  elsewhere: { ...ELIN, ...CARE, healthCareUnitHsaId: 'SE2321000016-VAST' },
  researcher: { ...ELIN, commissionPurpose: 'Forskning', healthCareUnitHsaId: 'SE2321000016-NORR' },
  stranger: { ...ELIN, ...CARE, employeeHsaId: 'SE2321000016-OKAND', healthCareUnitHsaId: 'SE2321000016-NORR' },
  patient: { personal_identity_number: '191212121212' },
};
const TIMEOUT_MS = 1_000;

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  const { plain } = database.storage;
  const [north, south] = await Promise.all([
    createUnit(plain, { name: 'Norr', hsaId: 'SE2321000016-NORR' }),
    createUnit(plain, { name: 'Söder', hsaId: 'SE2321000016-SODER' }),
    createUnit(plain, { name: 'Väst', hsaId: 'SE2321000016-VAST' }),
  ]);
  const person = { givenName: 'Elin', familyName: 'Lind', accountRoles: ['clinician' as const] };
  await createStaff(plain, { username: 'elin', ...person, hsaId: 'se2321000016-elin' }, [north.id, south.id]);
});
afterAll(() => cluster.close());

let provider: OpenIdServer;
let url: string;
let browser: SmallBrowser;
beforeEach(async () => {
  provider = await openProvider();
  url = (await serve(provider)).url;
  browser = new SmallBrowser();
});

/** The provider knows the server by its address, and the server the provider by its own: one must come first. */
function openProvider(over: Partial<Parameters<typeof startOpenIdServer>[0]> = {}): Promise<OpenIdServer> {
  return startOpenIdServer({ accounts: ACCOUNTS, backTo: () => [`${PUBLIC_URL}${STAFF_OPENID_PATHS.back}`], ...over });
}

/** As the provider knows it; the test goes there by the port that it has. */
const PUBLIC_URL = 'http://localhost:8420';

async function serve({ settings }: Pick<OpenIdServer, 'settings'>) {
  const staffLogin = new OpenIdProvider(settings, TIMEOUT_MS);
  return runApp({ clinic: { storage: database.storage, staffLogin, publicUrl: PUBLIC_URL } });
}

async function signIn(account: string, query = ''): Promise<string> {
  const back = await browser.signInAs(account, `${url}${STAFF_OPENID_PATHS.begin}${query}`, PUBLIC_URL);
  return back.replace(PUBLIC_URL, url);
}

/** Where the answer at an address leads. */
async function leadsTo(address: string): Promise<string | null> {
  const answer = await browser.fetch(address);
  return answer.headers.get('location');
}

async function me(): Promise<Me> {
  return Me.parse(await (await browser.fetch(`${url}/api/me`)).json());
}

const REFUSED = '/inloggning?organisation=refused';
const EXPIRED = '/inloggning?organisation=expired';

describe('staff who sign in by their organisation', () => {
  test('come in at the unit of their commission alone, and to where they wanted to go', async () => {
    const back = await signIn('elin', '?till=%2Flogg');
    expect(await leadsTo(back)).toBe('/inloggning?till=%2Flogg');
    const { staff, organisationLogin } = await me();
    expect(staff).toMatchObject({ username: 'elin', units: [{ name: 'Norr' }] });
    expect(organisationLogin).toBe(true);
    const { rows } = await database.owner.query("select actor_kind, action from audit_events where action = 'login'");
    expect(rows).toEqual([{ actor_kind: 'staff', action: 'login' }]);
  });

  test.each(['elsewhere', 'researcher', 'stranger', 'patient'])(
    'do not as %s: without an open account at the unit of a commission for care',
    async (account) => {
      expect(await leadsTo(await signIn(account))).toBe('/inloggning?organisation=unknown');
      expect((await me()).staff).toBeNull();
    },
  );

  test('who break off are told so', async () => {
    expect(await leadsTo(await signIn(''))).toBe('/inloggning?organisation=cancelled');
  });

  test('whose commission ends are signed out with it', async () => {
    await browser.fetch(await signIn('elin'));
    expect((await me()).staff).not.toBeNull();
    await database.owner.query("delete from staff_units using units where unit_id = id and name = 'Norr'");
    expect((await me()).staff).toBeNull();
    await database.owner.query(
      `insert into staff_units select staff.id, units.id from staff, units where units.name = 'Norr'`,
    );
  });
});

describe('an answer of the provider', () => {
  test('holds once: a second time the browser has no sign-in to go with it', async () => {
    const back = await signIn('elin');
    expect(await leadsTo(back)).toBe('/inloggning');
    expect(await leadsTo(back)).toBe(EXPIRED);
  });

  test('whose code was used already is refused, even by the browser that had it', async () => {
    const back = await signIn('elin');
    const flow = new Map(browser.cookiesOf(url));
    expect(await leadsTo(back)).toBe('/inloggning');
    for (const [name, value] of flow) browser.cookiesOf(url).set(name, value);
    browser.cookiesOf(url).delete(SESSION_COOKIE);
    expect(await leadsTo(back)).toBe(REFUSED);
    expect((await me()).staff).toBeNull();
  });

  test('that another browser brings is nobody’s', async () => {
    const back = await signIn('elin');
    browser = new SmallBrowser();
    expect(await leadsTo(back)).toBe(EXPIRED);
  });

  test('with another state, or of another issuer, is refused', async () => {
    const back = new URL(await signIn('elin'));
    const other = new URL(back);
    other.searchParams.set('state', 'another');
    expect(await leadsTo(other.href)).toBe(EXPIRED);
    const mixedUp = new URL(await signIn('elin'));
    mixedUp.searchParams.set('iss', 'https://evil.example');
    expect(await leadsTo(mixedUp.href)).toBe(REFUSED);
  });

  test('to a sign-in that another nonce or verifier belongs to is refused', async () => {
    for (const part of ['nonce', 'codeVerifier'] as const) {
      const back = await signIn('elin');
      const cookies = browser.cookiesOf(url);
      const [name, value] = [...cookies].find(([cookie]) => cookie === 'taltid_sign_in')!;
      const flow = JSON.parse(Buffer.from(value, 'base64url').toString());
      cookies.set(name, writeFlow({ ...flow, [part]: 'x'.repeat(43) }));
      expect(await leadsTo(back), part).toBe(REFUSED);
    }
    expect((await me()).staff).toBeNull();
  });

  test('to a sign-in that was begun too long ago is refused', async () => {
    const back = await signIn('elin');
    const cookies = browser.cookiesOf(url);
    const flow = JSON.parse(Buffer.from(cookies.get('taltid_sign_in')!, 'base64url').toString());
    cookies.set('taltid_sign_in', writeFlow({ ...flow, begunMs: flow.begunMs - 10 * 60_000 }));
    expect(await leadsTo(back)).toBe(EXPIRED);
  });
});

describe('a token of the provider', () => {
  /** Passes the token on with claims that the provider did not write, as somebody in between would. */
  function changeToken(change: (claims: Record<string, unknown>) => object): void {
    provider.between = (request, response) => {
      if (request.url !== '/token') return false;
      const end = response.end.bind(response);
      response.end = ((body: Buffer) => {
        const answer = JSON.parse(String(body));
        const [head, claims, signature] = answer.id_token.split('.');
        const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()) };
        const written = Buffer.from(JSON.stringify(change(changed))).toString('base64url');
        const text = JSON.stringify({ ...answer, id_token: [head, written, signature].join('.') });
        response.setHeader('content-length', Buffer.byteLength(text));
        return end(text);
      }) as typeof response.end;
      return false;
    };
  }

  test.each([
    ['for another client', { aud: 'another' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that is no more', { exp: 1_000_000_000, iat: 999_999_000 }],
    ['for another sign-in', { nonce: 'another' }],
    ['whose signature is not its own', { employeeHsaId: 'SE2321000016-CHEF' }],
  ])('%s is refused', async (_, over) => {
    const back = await signIn('elin');
    changeToken((claims) => ({ ...claims, ...over }));
    expect(await leadsTo(back)).toBe(REFUSED);
    expect((await me()).staff).toBeNull();
  });

  test('of another level than is asked for is refused', async () => {
    const levels = ['http://id.sambi.se/loa/loa3'];
    url = (await serve({ settings: { ...provider.settings, levels } })).url;
    expect(await leadsTo(await signIn('elin'))).toBe(REFUSED);
  });
});

describe('a provider', () => {
  const UNAVAILABLE = '/inloggning?organisation=unavailable';

  test('that is down is told of, and asked again when it is up', async () => {
    const { between } = provider;
    provider.between = (request) => request.socket.destroy() !== undefined;
    expect(await leadsTo(`${url}${STAFF_OPENID_PATHS.begin}`)).toBe(UNAVAILABLE);
    provider.between = between;
    expect(await leadsTo(`${url}${STAFF_OPENID_PATHS.begin}`)).toMatch(provider.settings.issuer);
  });

  test('that does not answer is not waited for', async () => {
    const back = await signIn('elin');
    provider.between = () => true;
    expect(await leadsTo(back)).toBe(UNAVAILABLE);
    url = (await serve(provider)).url;
    expect(await leadsTo(`${url}${STAFF_OPENID_PATHS.begin}`)).toBe(UNAVAILABLE);
  });

  test('that does not know this server is told of, without its secret', async () => {
    const running = await serve({ settings: { ...provider.settings, clientSecret: 'fel' } });
    url = running.url;
    expect(await leadsTo(await signIn('elin'))).toBe(UNAVAILABLE);
    const lines = running.logLines.join('');
    expect(lines).toMatch('invalid_client');
    expect(lines).not.toMatch(/fel"|SE2321000016/);
  });

  test('that wants the secret in the body, or tells who it is at an address of its own, will do', async () => {
    provider = await openProvider({
      client: { token_endpoint_auth_method: 'client_secret_post' },
      configuration: {
        clientAuthMethods: ['client_secret_post'],
        conformIdTokenClaims: true,
        claims: { profile: Object.keys(ACCOUNTS.elin) },
      },
    });
    url = (await serve({ settings: { ...provider.settings, scope: 'profile' } })).url;
    expect(await leadsTo(await signIn('elin'))).toBe('/inloggning');
  });
});

test('without a provider there is no such way in', async () => {
  const { url: plain } = await runApp({ clinic: { storage: database.storage } });
  expect((await fetch(plain + STAFF_OPENID_PATHS.begin)).status).toBe(404);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/access/passwords.ts';
import { CSRF_HEADER, Me, SESSION_COOKIE } from '../../src/contracts/access-api.ts';
import { createStaff, createUnit } from '../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { signedInAs, signIn } from './signed-in.ts';

const PASSWORD = 'korrekt häst batteri';
let cluster: TestCluster;
let database: TestDatabase;
let passwordHash: string;
let server: RunningApp<ScriptedTranscriber>;
let username: string;
let staffId: string;

beforeAll(async () => {
  [cluster, passwordHash] = await Promise.all([startTestCluster(), hashPassword(PASSWORD)]);
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

beforeEach(async () => {
  await database.owner.query('delete from login_attempts');
  server = await runApp({ clinic: { storage: database.storage } });
  username = `user-${crypto.randomUUID()}`;
  staffId = await account({ username });
});

async function account(over: { username: string; demo?: boolean; active?: boolean }): Promise<string> {
  const { plain } = database.storage;
  const unit = await createUnit(plain, { name: 'Mottagningen' });
  const person = { givenName: 'Eva', familyName: 'Ek', accountRoles: ['clinician' as const], passwordHash };
  return (await createStaff(plain, { ...person, ...over }, [unit.id])).id;
}

function login(body: object, headers: Record<string, string> = {}) {
  return server.app.inject({ method: 'POST', url: '/api/login', payload: body, headers });
}

async function me(headers: object): Promise<Me> {
  const answer = await server.app.inject({ url: '/api/me', headers: { ...headers } });
  return Me.parse(answer.json());
}

async function logged(action: string): Promise<{ actor_id: string; object_id: string | null }[]> {
  const { rows } = await database.owner.query(
    'select actor_id, object_id from audit_events where action = $1 and object_id = $2',
    [action, staffId],
  );
  return rows;
}

describe('signing in', () => {
  test('sets a cookie that scripts cannot read and other sites cannot send, and tells who one is', async () => {
    const answer = await login({ username: username.toUpperCase(), password: PASSWORD });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ name: SESSION_COOKIE, path: '/', httpOnly: true, sameSite: 'Strict' });
    expect(cookie).not.toHaveProperty('secure');
    const { staff, csrfToken } = await me({ cookie: `${SESSION_COOKIE}=${cookie!.value}` });
    expect(staff).toMatchObject({ username, roles: ['clinician'], units: [{ name: 'Mottagningen' }] });
    expect(csrfToken).toMatch(/^[\w-]{43}$/);
    expect(await logged('login')).toEqual([{ actor_id: staffId, object_id: staffId }]);
  });

  test('over HTTPS sets a cookie for HTTPS only', async () => {
    const { app } = await runApp({ clinic: { storage: database.storage }, behindProxy: ['127.0.0.1'] });
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' };
    const payload = { username, password: PASSWORD };
    const answer = await app.inject({ method: 'POST', url: '/api/login', headers, payload });
    expect(answer.cookies[0]).toMatchObject({ secure: true });
  });

  test('keeps the token in the database as a hash only', async () => {
    const { cookie } = await signIn(server.app, username, PASSWORD);
    const token = Buffer.from(cookie.split('=')[1]!, 'base64url');
    expect(token).toHaveLength(32);
    const { rows } = await database.owner.query('select * from sessions where staff_id = $1', [staffId]);
    expect(rows).toHaveLength(1);
    expect(rows[0].token_hash).not.toEqual(token);
  });

  test('with an earlier session gives a new token and ends that one', async () => {
    const earlier = await signIn(server.app, username, PASSWORD);
    const answer = await login({ username, password: PASSWORD }, { ...earlier });
    expect(answer.cookies[0]!.value).not.toBe(earlier.cookie.split('=')[1]);
    expect((await me(earlier)).staff).toBeNull();
  });

  test('refuses a wrong password, an unknown and a closed account in the same words, and logs it', async () => {
    const closed = `closed-${username}`;
    await account({ username: closed, active: false });
    const refused = await Promise.all([
      login({ username, password: 'fel lösenord' }),
      login({ username: 'nobody', password: PASSWORD }),
      login({ username: closed, password: PASSWORD }),
    ]);
    const told = refused.map((answer) => ({ ...answer.json(), requestId: '' }));
    expect(told).toEqual([told[0], told[0], told[0]]);
    expect(told[0]).toMatchObject({ status: 401, code: 'LOGIN_REFUSED' });
    expect(await logged('login-refused')).toEqual([{ actor_id: 'login', object_id: staffId }]);
    expect(server.logLines.join('')).not.toMatch(/lösenord|nobody/);
  });

  test('is refused after ten tries at an account, also with the right password and after a restart', async () => {
    for (let tries = 0; tries < 10; tries++) {
      expect((await login({ username, password: 'fel' })).statusCode).toBe(401);
    }
    server = await runApp({ clinic: { storage: database.storage } });
    const answer = await login({ username: username.toUpperCase(), password: PASSWORD });
    expect(answer.json()).toMatchObject({ status: 429, code: 'LOGIN_LIMITED' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    await database.owner.query(`update login_attempts set since = since - interval '15 minutes'`);
    expect((await login({ username, password: PASSWORD })).statusCode).toBe(204);
  });

  test('is not refused to its owner for what somebody tries from elsewhere, until that comes near to guessing', async () => {
    for (let tries = 0; tries < 11; tries++) await login({ username, password: 'fel' });
    const atHome = (password: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/login',
        payload: { username, password },
        remoteAddress: '192.0.2.7',
      });
    expect((await atHome(PASSWORD)).statusCode).toBe(204);
    await atHome('fel');
    await database.owner.query(
      `update login_attempts set attempts = 100 where key = sha256(convert_to('account:' || $1, 'UTF8'))`,
      [username],
    );
    expect((await atHome(PASSWORD)).json()).toMatchObject({ status: 429, code: 'LOGIN_LIMITED' });
  });

  test('is refused after a hundred tries from an address, whatever the account; a right one gives its try back', async () => {
    await login({ username, password: 'fel' });
    await database.owner.query('update login_attempts set attempts = 99 where attempts = 1');
    const ofAddress = `sha256(convert_to('address:127.0.0.1', 'UTF8'))`;
    await database.owner.query(`delete from login_attempts where key <> ${ofAddress}`);
    expect((await login({ username, password: PASSWORD })).statusCode).toBe(204);
    expect((await login({ username: 'nobody', password: 'fel' })).statusCode).toBe(401);
    expect((await login({ username, password: PASSWORD })).statusCode).toBe(429);
  });

  test.each([[{}], [{ username: 'a' }], [{ username: '', password: 'b' }], [{ username: 'a', password: 'b', c: 1 }]])(
    'refuses the body %j',
    async (body) => {
      expect((await login(body)).json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    },
  );
});

describe('a session', () => {
  test('ends by signing out, here or everywhere, and that is logged', async () => {
    const [one, two, three] = [
      await signedInAs(database.storage, staffId),
      await signedInAs(database.storage, staffId),
      await signedInAs(database.storage, staffId),
    ];
    const logout = (headers: object, payload: object) =>
      server.app.inject({ method: 'POST', url: '/api/logout', headers: { ...headers }, payload });
    const answer = await logout(one, {});
    expect([answer.statusCode, answer.cookies[0]?.value]).toEqual([204, '']);
    expect([(await me(one)).staff, (await me(two)).staff?.id]).toEqual([null, staffId]);
    await logout(two, { everywhere: true });
    expect((await me(three)).staff).toBeNull();
    expect(await logged('logout')).toHaveLength(2);
  });

  test('changes nothing without its CSRF token, or with that of another session', async () => {
    const { cookie } = await signedInAs(database.storage, staffId);
    const other = await signedInAs(database.storage, staffId);
    const logout = (headers: Record<string, string>) =>
      server.app.inject({ method: 'POST', url: '/api/logout', headers, payload: {} });
    for (const headers of [{ cookie }, { ...other, cookie }]) {
      expect((await logout(headers)).json()).toMatchObject({ status: 403, code: 'CSRF_INVALID' });
    }
    expect((await me({ cookie })).staff?.id).toBe(staffId);
  });

  test('changes its password for the right one, and ends the others', async () => {
    const [own, other] = [await signIn(server.app, username, PASSWORD), await signIn(server.app, username, PASSWORD)];
    const change = (current: string, password: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/me/password',
        headers: { ...own },
        payload: { current, password },
      });
    expect((await change('fel', 'en helt annan mening')).json()).toMatchObject({ status: 401, code: 'LOGIN_REFUSED' });
    expect((await change(PASSWORD, 'kort')).json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect((await change(PASSWORD, 'en helt annan mening')).statusCode).toBe(204);
    expect([(await me(own)).staff?.id, (await me(other)).staff]).toEqual([staffId, null]);
    await signIn(server.app, username, 'en helt annan mening');
  });

  test('of a demo account changes no password, since the login page tells it', async () => {
    const headers = await signedInAs(database.storage, await account({ username: `demo-${username}`, demo: true }));
    const payload = { current: PASSWORD, password: 'en helt annan mening' };
    const refused = await server.app.inject({ method: 'POST', url: '/api/me/password', headers, payload });
    expect(refused.json()).toMatchObject({ status: 409, code: 'STATE_NOT_ALLOWED' });
  });

  test('changes nothing however its address is written', async () => {
    const { cookie } = await signedInAs(database.storage, staffId);
    const answer = await server.app.inject({ method: 'POST', url: '/%61pi/logout', headers: { cookie }, payload: {} });
    expect(answer.json()).toMatchObject({ status: 403, code: 'CSRF_INVALID' });
  });

  test('ends with its account', async () => {
    const headers = await signedInAs(database.storage, staffId);
    await database.owner.query('update staff set active = false where id = $1', [staffId]);
    expect((await me(headers)).staff).toBeNull();
  });

  test('that nobody has is nobody', async () => {
    expect(await me({ cookie: `${SESSION_COOKIE}=made-up`, [CSRF_HEADER]: 'made-up' })).toMatchObject({ staff: null });
  });
});

describe('a demo account, whose password everybody knows, is open on this computer only:', () => {
  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])('not through a proxy that says %s', async (name) => {
    const demo = `demo-${username}`;
    const id = await account({ username: demo, demo: true });
    const passedOn = { [name]: '127.0.0.1' };
    expect((await login({ username: demo, password: PASSWORD }, passedOn)).statusCode).toBe(401);
    expect((await login({ username: demo, password: PASSWORD })).statusCode).toBe(204);
    const headers = await signedInAs(database.storage, id);
    expect((await me({ ...headers, ...passedOn })).staff).toBeNull();
    expect((await me(headers)).staff?.id).toBe(id);
  });

  test('not from another address', async () => {
    const demo = `demo-${username}`;
    await account({ username: demo, demo: true });
    const from = (remoteAddress: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/login',
        payload: { username: demo, password: PASSWORD },
        remoteAddress,
      });
    expect((await from('192.0.2.7')).statusCode).toBe(401);
    expect((await from('::ffff:127.0.0.1')).statusCode).toBe(204);
  });
});

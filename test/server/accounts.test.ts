import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Account, AccountList, MadePasswordLink, UnitView } from '../../src/contracts/access-api-accounts.ts';
import type { AccountRole } from '../../src/contracts/clinic.ts';
import { createStaff, createUnit, setStaffUnits, staffAccount } from '../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { type SignedInHeaders, signedInAs, signIn } from './signed-in.ts';

const PASSWORD = 'en mening är lätt att minnas';
const OTHER = 'en helt annan mening';
let cluster: TestCluster;
let database: TestDatabase;
let server: RunningApp<ScriptedTranscriber>;
let unitId: string;
let otherUnitId: string;
let operatorId: string;
let operator: SignedInHeaders;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

beforeEach(async () => {
  const { storage } = database;
  unitId = (await createUnit(storage.plain, { name: 'Vår' })).id;
  otherUnitId = (await createUnit(storage.plain, { name: 'Deras' })).id;
  operatorId = await person(['operator'], [unitId]);
  operator = await signedInAs(storage, operatorId);
  server = await runApp({ clinic: { storage } });
});

async function person(accountRoles: AccountRole[], unitIds: string[]): Promise<string> {
  const named = { username: crypto.randomUUID(), givenName: 'N', familyName: 'N', accountRoles };
  return (await createStaff(database.storage.plain, named, unitIds)).id;
}

function send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, version?: number) {
  const headers = { ...operator, ...(version !== undefined && { 'if-match': `"${version}"` }) };
  return server.app.inject({ method, url, headers, ...(payload && { payload }) });
}

async function make(over: object = {}): Promise<Account> {
  const fields = { givenName: 'Eva', familyName: 'Ek', profession: 'lakare', roles: ['clinician'], unitIds: [unitId] };
  const answer = await send('POST', '/api/accounts', {
    username: `eva-${crypto.randomUUID()}`,
    password: PASSWORD,
    ...fields,
    ...over,
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return Account.parse(answer.json());
}

const accountOf = async (id: string) => {
  const { items } = AccountList.parse((await send('GET', '/api/accounts')).json());
  return items.find((account) => account.id === id)!;
};

async function linkFor(id: string): Promise<string> {
  const answer = await send('POST', `/api/accounts/${id}/password-link`);
  expect(answer.statusCode, answer.body).toBe(201);
  return MadePasswordLink.parse(answer.json()).token;
}

/** Of the answer what there is: whose password it is, or why not. */
async function choose(token: string, password: string): Promise<{ username?: string; code?: string }> {
  const payload = { token, password };
  return (await server.app.inject({ method: 'POST', url: '/api/password-links', payload })).json();
}

function login(username: string, password: string) {
  return server.app.inject({ method: 'POST', url: '/api/login', payload: { username, password } });
}

describe('an operator', () => {
  test('makes an account, which signs in with its roles, and lists those of the units', async () => {
    const made = await make();
    expect(made).toMatchObject({ roles: ['clinician'], unitIds: [unitId], active: true, version: 1 });
    await signIn(server.app, made.username, PASSWORD);
    await person(['clinician'], [otherUnitId]);
    const { items } = AccountList.parse((await send('GET', '/api/accounts')).json());
    expect(items.map(({ id }) => id).sort()).toEqual([made.id, operatorId].sort());
    expect(JSON.stringify(items)).not.toMatch(/hash|argon2/i);
  });

  test('changes roles and names of the version that was seen', async () => {
    const { id } = await make();
    const changed = await send('PATCH', `/api/accounts/${id}`, { roles: ['administrator'], familyName: 'Al' }, 1);
    expect(changed.json()).toMatchObject({ roles: ['administrator'], familyName: 'Al', givenName: 'Eva', version: 2 });
    expect(changed.headers.etag).toBe('"2"');
    expect((await send('PATCH', `/api/accounts/${id}`, { givenName: 'X' }, 1)).statusCode).toBe(412);
    expect((await send('PATCH', `/api/accounts/${id}`, { givenName: 'X' })).statusCode).toBe(428);
  });

  test('closes an account, which ends its sessions, and opens it again', async () => {
    const { id, username } = await make();
    const session = await signIn(server.app, username, PASSWORD);
    await send('PATCH', `/api/accounts/${id}`, { active: false }, 1);
    expect((await server.app.inject({ url: '/api/units', headers: { ...session } })).statusCode).toBe(401);
    await send('PATCH', `/api/accounts/${id}`, { active: true }, 2);
    expect((await server.app.inject({ url: '/api/units', headers: { ...session } })).statusCode).toBe(401);
    await signIn(server.app, username, PASSWORD);
  });

  test('gives another password, which ends the sessions of the old one', async () => {
    const { id, username } = await make();
    const session = await signIn(server.app, username, PASSWORD);
    const answer = await send('POST', `/api/accounts/${id}/password`, { password: OTHER });
    expect(answer.statusCode).toBe(204);
    expect((await server.app.inject({ url: '/api/units', headers: { ...session } })).statusCode).toBe(401);
    await signIn(server.app, username, OTHER);
  });

  test('makes a link by which the owner chooses a password, once; the old password ends with it', async () => {
    const { id, username } = await make();
    const session = await signIn(server.app, username, PASSWORD);
    const first = await linkFor(id);
    expect((await server.app.inject({ url: '/api/units', headers: { ...session } })).statusCode).toBe(401);
    expect((await login(username, PASSWORD)).statusCode).toBe(401);
    expect(await accountOf(id)).toMatchObject({ hasPassword: false, sessions: 0, linkExpiresAt: expect.any(Date) });
    const second = await linkFor(id);
    expect(await choose(first, OTHER)).toMatchObject({ status: 401, code: 'LOGIN_REFUSED' });
    expect(await choose(second, 'kort')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(await choose(second, OTHER)).toEqual({ username });
    expect(await choose(second, PASSWORD)).toMatchObject({ status: 401, code: 'LOGIN_REFUSED' });
    await signIn(server.app, username, OTHER);
    expect(await accountOf(id)).toMatchObject({ hasPassword: true, sessions: 1, linkExpiresAt: null });
  });

  test('of one unit of several says who works there, and gives neither password nor roles', async () => {
    const id = await person(['clinician'], [unitId, otherUnitId]);
    const { version } = await accountOf(id);
    const answers = await Promise.all([
      send('POST', `/api/accounts/${id}/password`, { password: OTHER }),
      send('POST', `/api/accounts/${id}/password-link`),
      send('PATCH', `/api/accounts/${id}`, { roles: ['operator'] }, version),
      send('PATCH', `/api/accounts/${id}`, { active: false }, version),
    ]);
    for (const answer of answers) expect(answer.json()).toMatchObject({ status: 403, code: 'UNIT_NOT_ALLOWED' });
    const named = await send('PATCH', `/api/accounts/${id}`, { unitIds: [unitId] }, version);
    expect(named.json()).toMatchObject({ unitIds: expect.arrayContaining([unitId, otherUnitId]) });
  });

  test('leaves in the log what was changed about an account, and no password', async () => {
    const { id } = await make();
    await send('PATCH', `/api/accounts/${id}`, { roles: ['administrator', 'operator'], familyName: 'Al' }, 1);
    await send('POST', `/api/accounts/${id}/password`, { password: OTHER });
    const { rows } = await database.owner.query(
      'select detail from audit_events where object_id = $1 and actor_id = $2 order by id',
      [id, operatorId],
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      'made, roles: clinician',
      'familyName, roles: administrator operator',
      'password',
    ]);
  });

  test('makes an account without a password, which opens by a link only', async () => {
    const { id, username, hasPassword } = await make({ password: undefined });
    expect(hasPassword).toBe(false);
    expect((await login(username, PASSWORD)).statusCode).toBe(401);
    await choose(await linkFor(id), OTHER);
    await signIn(server.app, username, OTHER);
  });

  test('a link ends after three days, with its account, and when two use it at once it serves one', async () => {
    const [old, closed, shared] = [await make(), await make(), await make()];
    const links = [await linkFor(old.id), await linkFor(closed.id), await linkFor(shared.id)] as const;
    await database.owner.query(`update password_links set expires_at = now() - interval '1 s' where staff_id = $1`, [
      old.id,
    ]);
    await send('PATCH', `/api/accounts/${closed.id}`, { active: false }, 2);
    for (const link of links.slice(0, 2)) expect(await choose(link, OTHER)).toMatchObject({ code: 'LOGIN_REFUSED' });
    const answers = await Promise.all([choose(links[2], OTHER), choose(links[2], OTHER)]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['LOGIN_REFUSED', undefined]);
    expect((await send('POST', `/api/accounts/${closed.id}/password-link`)).json()).toMatchObject({ status: 409 });
  });

  test('is told of the token of a link once, and it is kept as a hash only', async () => {
    const { id } = await make();
    const token = await linkFor(id);
    const { rows } = await database.owner.query('select * from password_links where staff_id = $1', [id]);
    expect(rows).toMatchObject([{ made_by: operatorId }]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  test('signs an account out everywhere, which is logged', async () => {
    const { id, username } = await make();
    const sessions = [await signIn(server.app, username, PASSWORD), await signIn(server.app, username, PASSWORD)];
    expect((await accountOf(id)).sessions).toBe(2);
    expect((await send('POST', `/api/accounts/${id}/sign-out`)).statusCode).toBe(204);
    for (const session of sessions) {
      expect((await server.app.inject({ url: '/api/units', headers: { ...session } })).statusCode).toBe(401);
    }
    await signIn(server.app, username, PASSWORD);
    const { rows } = await database.owner.query(
      `select actor_id from audit_events where action = 'logout' and object_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ actor_id: operatorId }]);
  });

  test('makes no link for the own account, and leaves the passwords of demo accounts, which everybody is told', async () => {
    const own = await send('POST', `/api/accounts/${operatorId}/password-link`);
    expect(own.json()).toMatchObject({ status: 409, code: 'STATE_NOT_ALLOWED' });
    const { id } = await make();
    await database.owner.query('update staff set demo = true where id = $1', [id]);
    for (const [path, body] of [['password-link'], ['password', { password: OTHER }]] as const) {
      const refused = await send('POST', `/api/accounts/${id}/${path}`, body);
      expect(refused.json()).toMatchObject({ status: 409, code: 'STATE_NOT_ALLOWED' });
    }
  });

  test('gives only the own units, and leaves where else somebody works', async () => {
    const body = { username: 'nope', password: PASSWORD, givenName: 'N', familyName: 'N', profession: null, roles: [] };
    expect((await send('POST', '/api/accounts', { ...body, unitIds: [otherUnitId] })).statusCode).toBe(404);
    const { id } = await make();
    await setStaffUnits(database.storage.plain, id, [unitId, otherUnitId]);
    const newUnit = UnitView.parse((await send('POST', '/api/units', { name: 'Ny' })).json());
    expect((await send('PATCH', `/api/accounts/${id}`, { unitIds: [otherUnitId] }, 1)).statusCode).toBe(404);
    await send('PATCH', `/api/accounts/${id}`, { unitIds: [newUnit.id] }, 1);
    const units = (await staffAccount(database.storage.plain, id))!.units.map(({ name }) => name);
    expect(units).toEqual(['Deras', 'Ny']);
  });

  test('does not close the own account or give up being an operator', async () => {
    for (const changes of [{ active: false }, { roles: ['clinician'] }]) {
      const answer = await send('PATCH', `/api/accounts/${operatorId}`, changes, 1);
      expect(answer.json()).toMatchObject({ status: 409, code: 'STATE_NOT_ALLOWED' });
    }
  });

  test('takes a user name once, and leaves each change in the log', async () => {
    const { id, username } = await make();
    const fields = { givenName: 'E', familyName: 'E', profession: null, roles: [], unitIds: [unitId] };
    const twice = await send('POST', '/api/accounts', { username, password: PASSWORD, ...fields });
    expect(twice.json()).toMatchObject({ status: 409, code: 'CONFLICT' });
    await send('PATCH', `/api/accounts/${id}`, { active: false }, 1);
    const { rows } = await database.owner.query(
      `select actor_id from audit_events where action = 'account-changed' and object_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ actor_id: operatorId }, { actor_id: operatorId }]);
  });
});

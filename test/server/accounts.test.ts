import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Account, AccountList, UnitView } from '../../src/contracts/access-api-accounts.ts';
import type { AccountRole } from '../../src/contracts/clinic.ts';
import { createStaff, createUnit, setStaffUnits, staffAccount } from '../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { type SignedInHeaders, signedInAs, signIn } from './signed-in.ts';

const PASSWORD = 'en mening är lätt att minnas';
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
    const answer = await send('POST', `/api/accounts/${id}/password`, { password: 'en helt annan mening' });
    expect(answer.statusCode).toBe(204);
    expect((await server.app.inject({ url: '/api/units', headers: { ...session } })).statusCode).toBe(401);
    await signIn(server.app, username, 'en helt annan mening');
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

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeApiKey } from '../../src/access/api-keys.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { signedInAs } from './signed-in.ts';

const HOST = 'ehr.example:8443';
const HOOK = { url: `https://${HOST}/hook`, events: ['dictation.drafted', 'note.signed'] };

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let operatorId: string;
let server: RunningApp<ScriptedTranscriber>;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  clinic = await plantClinic(storage);
  const operator = { username: 'drift', givenName: 'Dana', familyName: 'Drift', accountRoles: ['operator' as const] };
  ({ id: operatorId } = await createStaff(storage.plain, operator, [clinic.unitId]));
  server = await runApp({ clinic: { storage, webhookHosts: [HOST] } });
});
afterAll(() => cluster.close());

async function key(): Promise<Record<string, string>> {
  const { token } = await makeApiKey(database.storage.plain, {
    name: 'EHR',
    ownerId: operatorId,
    unitId: clinic.unitId,
    scopes: ['webhooks:manage'],
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return { authorization: `Bearer ${token}` };
}

const asOperator = async (): Promise<Record<string, string>> => ({
  ...(await signedInAs(database.storage, operatorId)),
});

const ask = (method: 'GET' | 'POST' | 'DELETE', headers: Record<string, string>, { path = '', payload = {} } = {}) =>
  server.app.inject({ method, url: `/api/webhooks${path}`, headers, ...(method === 'POST' && { payload }) });

describe('a webhook', () => {
  test('is made with a secret that is shown once, listed without it, and taken away', async () => {
    const headers = await key();
    const made = await ask('POST', headers, { payload: HOOK });
    expect(made.statusCode).toBe(201);
    const { secret, ...webhook } = made.json();
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const state = { active: true, endedBecause: null, failingSince: null, waiting: 0, lastTry: null };
    expect(webhook).toMatchObject({ ...HOOK, ...state, unitId: clinic.unitId });
    expect((await ask('GET', headers)).json()).toEqual({ items: [webhook] });
    expect((await ask('DELETE', headers, { path: `/${webhook.id}` })).statusCode).toBe(204);
    expect((await ask('GET', headers)).json()).toEqual({ items: [] });
  });

  test("is its key's own; operators of the unit see and end them all", async () => {
    const [mine, other] = [await key(), await key()];
    const { id } = (await ask('POST', mine, { payload: HOOK })).json();
    expect((await ask('GET', other)).json()).toEqual({ items: [] });
    expect((await ask('DELETE', other, { path: `/${id}` })).statusCode).toBe(404);
    const operator = await asOperator();
    expect((await ask('GET', operator)).json().items).toMatchObject([{ id }]);
    expect((await ask('DELETE', operator, { path: `/${id}` })).statusCode).toBe(204);
  });

  test.each([
    ['to a host that is not named', { ...HOOK, url: 'https://127.0.0.1:5432/' }],
    ['by another scheme', { ...HOOK, url: `ftp://${HOST}/` }],
    ['for no event', { ...HOOK, events: [] }],
    ['for an event that there is not', { ...HOOK, events: ['patient.born'] }],
    ['with a secret that is too short', { ...HOOK, secret: 'whsec_AAAA' }],
  ])('%s is refused', async (_what, payload) => {
    const answer = await ask('POST', await key(), { payload });
    expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  test('beyond twenty of a unit is refused', async () => {
    const headers = await key();
    for (let made = 0; made < 20; made++) expect((await ask('POST', headers, { payload: HOOK })).statusCode).toBe(201);
    expect((await ask('POST', headers, { payload: HOOK })).json()).toMatchObject({ code: 'CONFLICT' });
  });
});

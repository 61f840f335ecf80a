import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ApiKeyList, MadeApiKey } from '../../src/contracts/access-api-keys.ts';
import { createStaff, createUnit, setStaffUnits } from '../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import { runLive } from './running-live.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

/** As a request that came over the network through a proxy. */
const FROM_ELSEWHERE = { 'x-forwarded-for': '192.0.2.7' };
let cluster: TestCluster;
let database: TestDatabase;
let server: RunningApp<ScriptedTranscriber>;
let unitId: string;
let operator: SignedInHeaders;
let operatorId: string;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

beforeEach(async () => {
  const { storage } = database;
  unitId = (await createUnit(storage.plain, { name: 'Vår' })).id;
  const person = {
    username: crypto.randomUUID(),
    givenName: 'N',
    familyName: 'N',
    accountRoles: ['operator' as const],
  };
  operatorId = (await createStaff(storage.plain, person, [unitId])).id;
  operator = await signedInAs(storage, operatorId);
  server = await runApp({ clinic: { storage } });
});

async function makeKey(over: object = {}): Promise<MadeApiKey> {
  const payload = { name: 'Journalsystemet', unitId, scopes: ['transcribe'], validDays: 30, ...over };
  const answer = await server.app.inject({ method: 'POST', url: '/api/api-keys', headers: { ...operator }, payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return MadeApiKey.parse(answer.json());
}

const models = (headers: object) =>
  server.app.inject({ url: '/v1/models', headers: { ...FROM_ELSEWHERE, ...headers } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('an API key', () => {
  test('is shown when it is made and never again', async () => {
    const { token, id } = await makeKey();
    expect(token).toMatch(/^tt_[\w-]{43}$/);
    const answer = await server.app.inject({ url: '/api/api-keys', headers: { ...operator } });
    expect(ApiKeyList.parse(answer.json()).items).toMatchObject([
      { id, name: 'Journalsystemet', revokedAt: null, ownerName: 'N N', isAnswered: true },
    ]);
    expect(answer.body).not.toContain(token);
    const { rows } = await database.owner.query('select * from api_keys where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('opens speech from other computers until it is ended', async () => {
    const { token, id } = await makeKey();
    expect((await models(bearer(token))).statusCode).toBe(200);
    const ended = await server.app.inject({ method: 'DELETE', url: `/api/api-keys/${id}`, headers: { ...operator } });
    expect(ended.statusCode).toBe(204);
    expect((await models(bearer(token))).json()).toMatchObject({ error: { code: 'not_signed_in' } });
    const again = await server.app.inject({ method: 'DELETE', url: `/api/api-keys/${id}`, headers: { ...operator } });
    expect(again.statusCode).toBe(404);
  });

  test('ends when it is old, and with the account of its owner', async () => {
    const [old, orphan] = [await makeKey(), await makeKey()];
    await database.owner.query(`update api_keys set expires_at = now() - interval '1 second' where id = $1`, [old.id]);
    expect((await models(bearer(old.token))).statusCode).toBe(401);
    expect((await models(bearer(orphan.token))).statusCode).toBe(200);
    await database.owner.query('update staff set active = false where id = $1', [operatorId]);
    expect((await models(bearer(orphan.token))).statusCode).toBe(401);
  });

  test('ends when its owner works at its unit no more', async () => {
    const { token } = await makeKey();
    const { id } = await createUnit(database.storage.plain, { name: 'En annan' });
    await setStaffUnits(database.storage.plain, operatorId, [id]);
    expect((await models(bearer(token))).statusCode).toBe(401);
    await setStaffUnits(database.storage.plain, operatorId, [unitId]);
    expect((await models(bearer(token))).statusCode).toBe(200);
  });

  test('is for its scopes only, and for nothing that staff do', async () => {
    const { token } = await makeKey({ scopes: ['fhir:read'] });
    expect((await models(bearer(token))).statusCode).toBe(403);
    const answer = await server.app.inject({ url: '/api/accounts', headers: bearer(token) });
    expect(answer.json()).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });

  test.each([
    ['no scopes', { scopes: [] }],
    ['more than four hundred days', { validDays: 401 }],
    ['no name', { name: ' ' }],
  ])('is not made with %s', async (_what, over) => {
    const payload = { name: 'A', unitId, scopes: ['transcribe'], validDays: 30, ...over };
    const answer = await server.app.inject({ method: 'POST', url: '/api/api-keys', headers: { ...operator }, payload });
    expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  test('is not made for the unit of others', async () => {
    const { id } = await createUnit(database.storage.plain, { name: 'Deras' });
    const payload = { name: 'A', unitId: id, scopes: ['transcribe'], validDays: 30 };
    const answer = await server.app.inject({ method: 'POST', url: '/api/api-keys', headers: { ...operator }, payload });
    expect(answer.statusCode).toBe(404);
  });
});

describe('speech', () => {
  const addresses = [
    ['GET', '/v1/models'],
    ['POST', '/v1/audio/transcriptions'],
    ['GET', '/v%31/models'],
    ['POST', '/api/followups'],
    ['POST', '/%61pi/followups'],
  ] as const;

  test.each(addresses)('from other computers is for staff and keys only: %s %s', async (method, url) => {
    const ask = (headers: object) =>
      server.app.inject({
        method,
        url,
        headers: { ...FROM_ELSEWHERE, ...headers },
        ...(method === 'POST' && { payload: {} }),
      });
    expect((await ask({})).statusCode).toBe(401);
    expect((await ask(bearer('none'))).statusCode).toBe(401);
    expect((await ask(operator)).statusCode).not.toBe(401);
    expect((await ask(bearer((await makeKey()).token))).statusCode).not.toBe(401);
  });

  test('on this computer is open, unless a key is required here, too', async () => {
    const ask = (url: string) => fetch(`${url}/v1/models`).then(({ status }) => status);
    expect(await ask(server.url)).toBe(200);
    const strict = await runApp({ clinic: { storage: database.storage }, requireKey: true });
    expect(await ask(strict.url)).toBe(401);
    const open = await runApp({ clinic: { storage: database.storage }, requireKey: false });
    expect((await open.app.inject({ url: '/v1/models', headers: FROM_ELSEWHERE })).statusCode).toBe(200);
  });

  test.each(['/api/live', '/v1/realtime', '/vosk'])(
    'live at %s is refused without a key, and opens with one',
    async (path) => {
      const { url } = await runLive({}, { clinic: { storage: database.storage }, requireKey: true });
      const { token } = await makeKey();
      const opened = (headers: Record<string, string>, protocols: string[] = []) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(url.replace('http', 'ws') + path, protocols, { headers });
          socket.on('open', () => {
            socket.terminate();
            resolve(101);
          });
          socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
          socket.on('error', () => undefined);
        });
      expect(await opened({})).toBe(401);
      expect(await opened(bearer(token))).toBe(101);
      if (path === '/v1/realtime') {
        expect(await opened({}, ['realtime', `openai-insecure-api-key.${token}`])).toBe(101);
      }
    },
  );
});

import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { DeadLetterPage, SystemState } from '../../src/contracts/operations-api.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { bury } from '../../src/storage/repositories/dead-letters.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { eventually, someId } from '../queue/running-queue.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { runApp } from './running-app.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let storage: Storage;
let clinic: Clinic;
let operator: SignedInHeaders;
let operatorId: string;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  ({ storage } = await cluster.fresh());
  clinic = await plantClinic(storage);
  const account = { username: 'drift', givenName: 'Dag', familyName: 'Drift', accountRoles: ['operator' as const] };
  ({ id: operatorId } = await createStaff(storage.plain, account, [clinic.unitId]));
  operator = await signedInAs(storage, operatorId);
});
afterAll(() => cluster.close());

async function run() {
  const options = { storage, workers: 0, workerScript: '', log: () => undefined };
  const queue = await BookingQueue.open(options);
  onTestFinished(() => queue.close());
  return { queue, ...(await runApp({ clinic: { storage, queue } })) };
}

const letter = (jobId: string, requestId = someId()) => ({
  jobId,
  topic: 'request.created',
  payload: { requestId },
  code: 'INTERNAL',
  reason: 'Jobbet misslyckades.',
  attempts: 9,
});

test('operators see how the queue is doing; clinicians, administrators and strangers do not', async () => {
  const { app } = await run();
  const answer = await app.inject({ url: '/api/operations/queue', headers: { ...operator } });
  expect(answer.json()).toMatchObject({ backend: 'postgres', workers: 0, deadLetters: 0, outbox: { messages: 0 } });
  for (const url of [
    '/api/operations/queue',
    '/api/operations/dead-letters',
    '/drift/koer',
    '/drift/koer/api/queues',
  ]) {
    expect((await app.inject({ url })).statusCode).toBe(401);
    for (const { id } of [clinic.doctor, clinic.administrator]) {
      expect((await app.inject({ url, headers: { ...(await signedInAs(storage, id)) } })).statusCode).toBe(403);
    }
  }
});

test('dead letters are told page by page with the reason in words, and done again once', async () => {
  const { app } = await run();
  const requestId = someId();
  await storage.transaction((tables) => bury(tables, letter('first', requestId)));
  await storage.transaction((tables) => bury(tables, letter('second')));
  const list = (query: string) => app.inject({ url: `/api/operations/dead-letters${query}`, headers: { ...operator } });
  const { items, next } = (await list('?limit=1')).json();
  expect(items).toMatchObject([{ subject: { requestId }, reason: 'Jobbet misslyckades.', attempts: 9 }]);
  const second = (await list(`?limit=1&after=${next}`)).json();
  expect(second.items).toHaveLength(1);
  expect(second.items[0].id).not.toBe(items[0].id);

  const retry = () =>
    app.inject({
      method: 'POST',
      url: `/api/operations/dead-letters/${items[0].id}/retry`,
      headers: { ...operator },
    });
  expect((await retry()).statusCode).toBe(204);
  expect((await retry()).statusCode).toBe(404);
  expect((await list('')).json().items).toHaveLength(1);
  const messages = await storage.plain.selectFrom('outbox').select(['topic', 'payload']).execute();
  expect(messages).toEqual([{ topic: 'request.created', payload: { requestId } }]);
});

test('a dead letter is set aside for a reason, with who did it, and taken up again', async () => {
  const { app } = await run();
  await storage.transaction((tables) => bury(tables, letter('first')));
  const list = async (state: string) => {
    const url = `/api/operations/dead-letters?state=${state}`;
    return DeadLetterPage.parse((await app.inject({ url, headers: { ...operator } })).json()).items;
  };
  const [{ id } = { id: '' }] = await list('open');
  const send = async (step: string, payload: object = {}) => {
    const url = `/api/operations/dead-letters/${id}/${step}`;
    return (await app.inject({ method: 'POST', url, headers: { ...operator }, payload })).statusCode;
  };
  expect(await send('set-aside', { reason: ' ' })).toBe(400);
  expect(await send('reopen')).toBe(404);
  expect(await send('set-aside', { reason: 'Gjordes för hand.' })).toBe(204);
  expect(await send('set-aside', { reason: 'En gång till.' })).toBe(404);
  expect(await send('retry')).toBe(404);
  expect(await list('open')).toEqual([]);
  expect(await list('set-aside')).toMatchObject([
    { id, setAside: { by: 'Dag Drift', at: expect.any(Date), reason: 'Gjordes för hand.' } },
  ]);
  expect(await send('reopen')).toBe(204);
  expect(await list('open')).toMatchObject([{ id, setAside: null }]);
  expect(await send('retry')).toBe(204);
  expect(await list('set-aside')).toEqual([]);
  const lines = await storage.plain
    .selectFrom('auditEvents')
    .select(['actorId', 'objectId', 'detail'])
    .where('action', '=', 'job-changed')
    .orderBy('id')
    .execute();
  expect(lines).toEqual(
    ['set aside', 'reopened', 'retried'].map((detail) => ({ actorId: operatorId, objectId: id, detail })),
  );
});

test('operators are told what the server is and how it is doing', async () => {
  const { app } = await run();
  const answer = await app.inject({ url: '/api/operations/system', headers: { ...operator } });
  const state = SystemState.parse(answer.json());
  expect(state).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    runtime: process.version,
    demo: false,
  });
  expect(state.speech.models.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  expect(state.database.version).toMatch(/^\d+\.\d+$/);
  expect(state.database.sizeBytes).toBeGreaterThan(1024 * 1024);
  expect([state.live, state.certificate]).toEqual([null, null]);
  expect((await app.inject('/api/operations/system')).statusCode).toBe(401);
});

test('the board of jobs is served with a policy of its own, and no other page with it', async () => {
  const { app } = await run();
  const board = await app.inject({ url: '/drift/koer', headers: { ...operator } });
  expect(board.statusCode).toBe(200);
  expect(board.headers['content-type']).toContain('text/html');
  expect(board.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
  const script = /src="(static\/js\/main[^"]+)"/.exec(board.body)![1]!;
  expect((await app.inject({ url: `/drift/koer/${script}`, headers: { ...operator } })).statusCode).toBe(200);
  const stranger = await app.inject({ url: '/drift/koer', headers: { accept: 'text/html,*/*' } });
  expect([stranger.statusCode, stranger.headers.location]).toEqual([302, '/inloggning?till=%2Fdrift%2Fkoer']);
  const queues = await app.inject({ url: '/drift/koer/api/queues', headers: { ...operator } });
  expect(queues.json().queues.map(({ name }: { name: string }) => name)).toEqual([
    'booking',
    'dictation',
    'delivery',
    'letters',
    'notices',
  ]);
  for (const change of ['pause', 'empty', 'clean/completed', 'promote']) {
    const url = `/drift/koer/api/queues/booking/${change}`;
    const changed = await app.inject({ method: 'PUT', url, headers: { ...operator } });
    expect([change, changed.statusCode]).toEqual([change, 405]);
  }
  const elsewhere = await app.inject({ url: '/health' });
  expect(elsewhere.headers['content-security-policy']).not.toContain('unsafe-inline');
});

test('the size and age of the outbox and the jobs of each queue are measured', async () => {
  const { url, queue } = await run();
  await storage.plain
    .insertInto('outbox')
    .values({ topic: 'note.signed', payload: '{}' as never })
    .execute();
  const metrics = await eventually(async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/^taltid_outbox_messages 1$/m);
    return text;
  });
  expect(metrics).toMatch(/^taltid_jobs\{queue="booking",state="waiting"\} 0$/m);
  expect(metrics).toMatch(/^taltid_dead_letters 0$/m);
  expect(metrics).toContain('taltid_task_latency_seconds_bucket');
  expect((await queue.status()).outbox.messages).toBe(1);
});

import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
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

test('the board of jobs is served with a policy of its own, and no other page with it', async () => {
  const { app } = await run();
  const board = await app.inject({ url: '/drift/koer', headers: { ...operator } });
  expect(board.statusCode).toBe(200);
  expect(board.headers['content-type']).toContain('text/html');
  expect(board.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
  const script = /src="(static\/js\/main[^"]+)"/.exec(board.body)![1]!;
  expect((await app.inject({ url: `/drift/koer/${script}`, headers: { ...operator } })).statusCode).toBe(200);
  const queues = await app.inject({ url: '/drift/koer/api/queues', headers: { ...operator } });
  expect(queues.json().queues.map(({ name }: { name: string }) => name)).toEqual(['booking', 'dictation', 'delivery']);
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

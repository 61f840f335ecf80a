import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeApiKey } from '../../src/access/api-keys.ts';
import type { WebhookView } from '../../src/contracts/webhooks.ts';
import { revokeApiKey } from '../../src/storage/repositories/api-keys.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { RetryTimes } from '../../src/webhooks/retry-times.ts';
import { subscribe, subscriptions, type WebhookOwner } from '../../src/webhooks/subscriptions.ts';
import { RedisServer } from '../queue/redis-server.ts';
import { BACKENDS, eventually } from '../queue/running-queue.ts';
import { type RunningRecorder, reached, record, runRecorder, saying } from '../recorded/recorder.ts';
import { PLAN } from '../recorded/said.ts';
import { type Clinic, CONTEXT, confirmAndSign, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { Receiver } from './receiver.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** Short, so that a test need not wait for them. */
const RETRIES: RetryTimes = {
  delaysMs: [20, 40],
  longestDelayMs: 100,
  giveUpAfterMs: 60_000,
  endAfterMs: 120_000,
  timeoutMs: 300,
};

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let clinic: Clinic;
let receiver: Receiver;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  ({ storage } = database);
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

async function start(retries: Partial<RetryTimes> = {}, redis?: RedisServer): Promise<RunningRecorder> {
  receiver = await Receiver.start();
  const webhookHosts = [receiver.host];
  return runRecorder(storage, {
    redis,
    transcriber: saying(...PLAN),
    webhookHosts,
    retries: { ...RETRIES, ...retries },
  });
}

function wanted(events: WebhookView['events'], owner: WebhookOwner = clinic.administrator): Promise<WebhookView> {
  const webhook = { url: receiver.url, events, secret: SECRET };
  return storage.withAudit(owner, CONTEXT, (transaction) => subscribe(transaction, owner, webhook, [receiver.host]));
}

async function state(): Promise<WebhookView> {
  const [webhook] = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    subscriptions(transaction, clinic.administrator),
  );
  return webhook!;
}

async function drafted(recorder: RunningRecorder): Promise<{ id: string; noteId: string }> {
  const { id } = await record(recorder, clinic);
  const { noteId } = await reached(storage, clinic, id, 'drafted');
  return { id, noteId: noteId! };
}

const came = (many: number) =>
  eventually(() => {
    expect(receiver.received).toHaveLength(many);
    return receiver.received;
  });

describe.each(BACKENDS)('with $kind', ({ kind, isMissing }) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (kind === 'redis' && !isMissing) redis = await RedisServer.start();
  });
  afterAll(() => redis?.close());

  test.skipIf(isMissing)('each wanted event comes once, signed, with ids and not a word', async () => {
    const recorder = await start({}, redis);
    await wanted(['dictation.drafted', 'note.signed']);
    const { id: dictationId, noteId } = await drafted(recorder);
    await came(1);
    await storage.withAudit(clinic.doctor, CONTEXT, (transaction) => confirmAndSign(transaction, noteId));
    const [first, second] = await came(2);
    const data = { unitId: clinic.unitId, dictationId, noteId };
    expect(JSON.parse(first!.body)).toEqual({ type: 'dictation.drafted', timestamp: expect.any(String), data });
    expect(JSON.parse(second!.body)).toMatchObject({ type: 'note.signed', data });
    for (const { headers, body } of [first!, second!]) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    }
    await eventually(async () => expect(await state()).toMatchObject({ active: true, waiting: 0, failingSince: null }));
  });

  test.skipIf(isMissing)('a receiver that was down gets it when it is back, by the same id', async () => {
    const recorder = await start({}, redis);
    await wanted(['dictation.drafted']);
    await receiver.stop();
    await drafted(recorder);
    await eventually(async () =>
      expect(await state()).toMatchObject({ waiting: 1, lastTry: { status: null, problem: 'connection refused' } }),
    );
    receiver.answer = (response) => response.writeHead(500).end();
    await receiver.listen();
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(1));
    receiver.answer = (response) => response.writeHead(200).end();
    await eventually(async () => expect(await state()).toMatchObject({ waiting: 0, lastTry: { status: 200 } }));
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

describe('a receiver', () => {
  test('that hangs is left after the timeout and tried again', async () => {
    const recorder = await start();
    await wanted(['dictation.drafted']);
    receiver.answer = () => undefined;
    await drafted(recorder);
    await eventually(async () => expect((await state()).lastTry?.problem).toBe('no answer in time'));
    receiver.answer = (response) => response.writeHead(204).end();
    await eventually(async () => expect(await state()).toMatchObject({ waiting: 0, failingSince: null }));
  });

  test('that redirects is not followed', async () => {
    const recorder = await start();
    await wanted(['dictation.drafted']);
    receiver.answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
    await drafted(recorder);
    await eventually(async () => expect((await state()).lastTry).toMatchObject({ problem: 'status 307' }));
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(1));
  });

  test('whose answer never ends is not listened to', async () => {
    const recorder = await start();
    await wanted(['dictation.drafted']);
    receiver.answer = (response) => {
      response.writeHead(200);
      const pour = () => response.destroyed || response.write('x'.repeat(65_536)) || response.once('drain', pour);
      const timer = setInterval(pour, 1);
      response.once('close', () => clearInterval(timer));
    };
    await drafted(recorder);
    await eventually(async () => expect(await state()).toMatchObject({ waiting: 0, lastTry: { status: 200 } }));
  });

  test('that says that it is gone is sent nothing any more', async () => {
    const recorder = await start();
    await wanted(['dictation.drafted']);
    receiver.answer = (response) => response.writeHead(410).end();
    await drafted(recorder);
    await eventually(async () =>
      expect(await state()).toMatchObject({ active: false, endedBecause: 'gone', waiting: 0 }),
    );
    await drafted(recorder);
    expect(receiver.received).toHaveLength(1);
  });

  test('that fails for too long is sent nothing any more, and what is too old is given up', async () => {
    const recorder = await start({ giveUpAfterMs: 0 });
    const { id } = await wanted(['dictation.drafted']);
    receiver.answer = (response) => response.writeHead(503).end();
    await drafted(recorder);
    await eventually(async () => expect(await state()).toMatchObject({ active: true, waiting: 0 }));
    expect((await state()).failingSince).not.toBeNull();
    await database.owner.query("update webhooks set failing_since = now() - interval '1 hour' where id = $1", [id]);
    await drafted(recorder);
    await eventually(async () => expect(await state()).toMatchObject({ active: false, endedBecause: 'failing' }));
  });

  test('of a key that has ended is sent nothing', async () => {
    const recorder = await start();
    const key = await makeApiKey(storage.plain, {
      name: 'EHR',
      ownerId: clinic.administrator.id,
      unitId: clinic.unitId,
      scopes: ['webhooks:manage'],
      expiresAt: new Date(Date.now() + 60_000),
    });
    const { id, ownerId, scopes } = key;
    await wanted(['dictation.drafted'], { kind: 'api-key', id, ownerId, scopes, unitIds: [clinic.unitId] });
    await revokeApiKey(storage.plain, key.id, [clinic.unitId], new Date());
    await drafted(recorder);
    await eventually(async () => expect(await state()).toMatchObject({ active: false, endedBecause: 'key_ended' }));
    expect(receiver.received).toEqual([]);
  });

  test('hears of its own unit alone', async () => {
    const recorder = await start();
    await wanted(['dictation.drafted']);
    const theirs = await plantClinic(storage, 'Deras');
    const { id } = await record(recorder, theirs);
    await reached(storage, theirs, id, 'drafted');
    const { id: ours } = await drafted(recorder);
    const [only] = await came(1);
    expect(JSON.parse(only!.body).data.dictationId).toBe(ours);
  });
});

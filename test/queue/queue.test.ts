import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { listTasks } from '../../src/storage/repositories/admin-tasks.ts';
import { type BookingRequest, withdrawRequest } from '../../src/storage/repositories/booking-requests.ts';
import { listDeadLetters, retryDeadLetter } from '../../src/storage/repositories/dead-letters.ts';
import { enqueue, outboxBacklog } from '../../src/storage/repositories/outbox.ts';
import type { Storage } from '../../src/storage/storage.ts';
import {
  type Clinic,
  CONTEXT,
  confirmAndSign,
  newFollowUp,
  plantClinic,
  plantDraft,
  REVISIT,
  WORKER,
} from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { RedisServer } from './redis-server.ts';
import { BACKENDS, eventually, runQueue, someId } from './running-queue.ts';

let cluster: TestCluster;
let storage: Storage;
let clinic: Clinic;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  ({ storage } = await cluster.fresh());
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

async function sign(fields: FollowUpRequest = REVISIT, over = {}): Promise<BookingRequest> {
  const { note } = await plantDraft(storage, clinic, [newFollowUp({ fields, ...over })]);
  const requests = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
    confirmAndSign(transaction, note.id),
  );
  return requests[0]!;
}

const tasksOf = (chainId: string) =>
  storage.withAudit(WORKER, CONTEXT, (transaction) => listTasks(transaction, { chainId }));

const taskOf = ({ chainId }: BookingRequest) =>
  eventually(async () => {
    const tasks = await tasksOf(chainId);
    expect(tasks).toHaveLength(1);
    return tasks[0]!;
  });

const nothingWaits = () =>
  eventually(async () => expect(await outboxBacklog(storage.plain)).toMatchObject({ messages: 0 }));

const deadLetters = (count: number) =>
  eventually(async () => {
    const letters = await listDeadLetters(storage.plain, { limit: 10 });
    expect(letters).toHaveLength(count);
    return letters;
  });

describe.each(BACKENDS)('with $kind', ({ kind, isMissing }) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (kind === 'redis' && !isMissing) redis = await RedisServer.start();
  });
  afterAll(() => redis?.close());

  test.skipIf(isMissing)('a signed request becomes one task, and messages that repeat make no other', async () => {
    await runQueue(storage, redis);
    const request = await sign();
    const task = await taskOf(request);
    expect(task).toMatchObject({ requestId: request.id, state: 'new', role: 'lakare', targetDate: '2026-04-28' });
    const again = { topic: 'request.created', payload: { requestId: request.id } } as const;
    await storage.transaction(async (tables) => {
      for (let count = 0; count < 5; count++) await enqueue(tables, again);
    });
    await nothingWaits();
    const other = await sign();
    await taskOf(other);
    expect(await tasksOf(request.chainId)).toHaveLength(1);
  });

  test.skipIf(isMissing)('what waited before the queue was there is taken up', async () => {
    const requests = [await sign(), await sign(), await sign()];
    await runQueue(storage, redis);
    for (const request of requests) await taskOf(request);
  });

  test.skipIf(isMissing)('requests that wait together are made into tasks in one transaction', async () => {
    const requests = [await sign(), await sign(), await sign()];
    let transactions = 0;
    const counting: Pick<Storage, 'withAudit' | 'transaction'> = {
      transaction: (work) => storage.transaction(work),
      withAudit(actor, context, work) {
        if (context.requestId.startsWith('outbox')) transactions++;
        return storage.withAudit(actor, context, work);
      },
    };
    await runQueue(storage, redis, { storage: counting });
    for (const request of requests) await taskOf(request);
    expect(transactions).toBe(1);
  });

  test.skipIf(isMissing)('one of them that cannot be made is given up by itself', async () => {
    const requests = [await sign(), await sign()];
    await storage.transaction((tables) =>
      enqueue(tables, { topic: 'request.created', payload: { requestId: someId() } }),
    );
    requests.push(await sign());
    await runQueue(storage, redis);
    for (const request of requests) await taskOf(request);
    const [letter] = await deadLetters(1);
    expect(letter).toMatchObject({ topic: 'request.created', code: 'NOT_FOUND', attempts: 1 });
  });

  test.skipIf(isMissing)('an attempt that fails is made again', async () => {
    let calls = 0;
    const failingTwice: Pick<Storage, 'withAudit' | 'transaction'> = {
      transaction: (work) => storage.transaction(work),
      withAudit(actor, context, work) {
        if (context.requestId.startsWith('outbox') && calls++ < 2) throw new Error('the first two attempts fail');
        return storage.withAudit(actor, context, work);
      },
    };
    const { failures } = await runQueue(storage, redis, { storage: failingTwice });
    await taskOf(await sign());
    expect(failures).toEqual([
      { job: 'request.created', code: 'INTERNAL', isGivenUp: false },
      { job: 'request.created', code: 'INTERNAL', isGivenUp: false },
    ]);
  });

  test.skipIf(isMissing)(
    'after the last attempt a dead letter says why in Swedish, and it can be done again',
    async () => {
      let isBroken = true;
      const broken: Pick<Storage, 'withAudit' | 'transaction'> = {
        transaction: (work) => storage.transaction(work),
        withAudit(actor, context, work) {
          if (isBroken && context.requestId.startsWith('outbox')) throw new Error('Åsa Prov is in this message');
          return storage.withAudit(actor, context, work);
        },
      };
      const { queue, failures } = await runQueue(storage, redis, { storage: broken });
      const request = await sign();
      const [letter] = await deadLetters(1);
      expect(letter).toMatchObject({ topic: 'request.created', payload: { requestId: request.id }, attempts: 3 });
      expect(letter!.reason).toMatch(/^Jobbet misslyckades av ett fel i programmet/);
      expect(failures.map(({ isGivenUp }) => isGivenUp)).toEqual([false, false, true]);
      await eventually(async () => expect((await queue.status()).jobs.booking.failed).toBeGreaterThan(0));
      isBroken = false;
      await storage.transaction((tables) => retryDeadLetter(tables, letter!.id, clinic.administrator.id));
      await taskOf(request);
      await deadLetters(0);
      const twice = storage.transaction((tables) => retryDeadLetter(tables, letter!.id, clinic.administrator.id));
      await expect(twice).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  test.skipIf(isMissing)(
    'a message about nothing is given up at once, one of another version does not stop the rest',
    async () => {
      await runQueue(storage, redis);
      await storage.transaction(async (tables) => {
        await enqueue(tables, { topic: 'request.created', payload: { requestId: someId() } });
        await enqueue(tables, { topic: 'from.the.future', payload: { requestId: someId() } } as never);
      });
      const letters = await deadLetters(2);
      expect(letters.map(({ code, attempts }) => [code, attempts]).sort()).toEqual([
        ['NOT_FOUND', 1],
        ['REQUEST_INVALID', 0],
      ]);
      await taskOf(await sign());
    },
  );

  test.skipIf(isMissing)('a database that does not answer is waited for, and no attempt is counted', async () => {
    let refusals = 0;
    const away: Pick<Storage, 'withAudit' | 'transaction'> = {
      transaction: (work) => storage.transaction(work),
      async withAudit(actor, context, work) {
        if (context.requestId.startsWith('outbox') && refusals++ < 5) {
          throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
        }
        return storage.withAudit(actor, context, work);
      },
    };
    const { failures } = await runQueue(storage, redis, { storage: away });
    await taskOf(await sign());
    expect(refusals).toBe(6);
    expect(failures).toEqual([]);
  });

  test.skipIf(isMissing)(
    'a request that is withdrawn has its task cancelled; withdrawn before, it gets none',
    async () => {
      const early = await sign();
      await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
        withdrawRequest(transaction, early.id, early.version, 'fel patient'),
      );
      await runQueue(storage, redis);
      const late = await sign();
      await taskOf(late);
      await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
        withdrawRequest(transaction, late.id, late.version, 'behövs inte'),
      );
      await nothingWaits();
      expect(await taskOf(late)).toMatchObject({ state: 'cancelled', cancelReason: 'request_withdrawn' });
      expect(await tasksOf(early.chainId)).toEqual([]);
      expect(await listDeadLetters(storage.plain, { limit: 10 })).toEqual([]);
    },
  );
});

test.skipIf(BACKENDS[1]!.isMissing)('a Redis that dies loses nothing: what it lacks stays in the outbox', async () => {
  const redis = await RedisServer.start();
  onTestFinished(() => redis.close());
  const { queue } = await runQueue(storage, redis);
  await taskOf(await sign());
  await nothingWaits();
  await redis.kill();
  const request = await sign();
  await expect(queue.status()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  expect(await outboxBacklog(storage.plain)).toMatchObject({ messages: 1 });
  await redis.start();
  await taskOf(request);
  await nothingWaits();
});

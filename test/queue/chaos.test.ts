import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import type { WorkerSettings } from '../../src/queue/worker-messages.ts';
import type { Storage } from '../../src/storage/storage.ts';
import {
  type Clinic,
  CONTEXT,
  confirmAndSign,
  newFollowUp,
  plantClinic,
  plantDraft,
  REVISIT,
} from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { Mortal, STEPS } from './mortal.ts';
import { RedisServer } from './redis-server.ts';
import { BACKENDS, connectionFor, eventually, SHORT_TIMES } from './running-queue.ts';

const REQUESTS_A_NOTE = 10;
/** Each step twice: among the first jobs, and with others under way. */
const DEATHS = [1, 7].flatMap((count) =>
  STEPS.map((step) => ({ step, count: step === 'messages taken' || step === 'jobs added' ? 1 : count })),
);

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let clinic: Clinic;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  ({ storage } = database);
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

async function signNote(): Promise<void> {
  const followUps = Array.from({ length: REQUESTS_A_NOTE }, (_, at) =>
    newFollowUp({ fields: { ...REVISIT, id: `R${at + 1}` } }),
  );
  const { note } = await plantDraft(storage, clinic, followUps);
  await storage.withAudit(clinic.doctor, CONTEXT, (transaction) => confirmAndSign(transaction, note.id));
}

async function count(sql: string): Promise<number> {
  const { rows } = await database.owner.query<{ count: string }>(`select count(*) from ${sql}`);
  return Number(rows[0]!.count);
}

/** Every request has its task, and nothing is left to be done: one task a request is a promise of the database. */
async function allDone(requests: number): Promise<void> {
  await eventually(async () => expect(await count('admin_tasks')).toBe(requests), 60_000);
  await eventually(async () => expect(await count('outbox where sent_at is null')).toBe(0));
  expect(await count('booking_requests')).toBe(requests);
  expect(await count('dead_letters')).toBe(0);
}

describe.each(BACKENDS)('with $kind', ({ kind, isMissing }) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (kind === 'redis' && !isMissing) redis = await RedisServer.start();
  });
  afterAll(() => redis?.close());

  test.skipIf(isMissing)('whatever step is killed, every request becomes exactly one task', async () => {
    const open = { storage, redisUrl: redis?.url, workers: 0, workerScript: '', log: () => undefined };
    const prepared = await BookingQueue.open(open);
    await prepared.close();
    const settings: WorkerSettings = {
      queue: connectionFor(storage, redis),
      database: storage.connection,
      times: SHORT_TIMES,
      concurrency: 4,
    };
    for (const death of DEATHS) {
      await signNote();
      expect(await new Mortal(settings, death).died()).toBe('SIGKILL');
    }
    const survivor = new Mortal(settings);
    onTestFinished(() => survivor.end());
    await allDone(DEATHS.length * REQUESTS_A_NOTE);
  });

  test.skipIf(isMissing)('worker processes that are killed while requests are signed are replaced', async () => {
    const queue = await BookingQueue.open({
      storage,
      redisUrl: redis?.url,
      workers: 2,
      workerScript: join(PROJECT_DIRECTORY, 'workers', 'booking.ts'),
      times: SHORT_TIMES,
      log: () => undefined,
    });
    onTestFinished(() => queue.close());
    await queue.start();
    const kills = 4;
    for (let killed = 0; killed < kills; killed++) {
      await signNote();
      const pid = await eventually(() => {
        const [first] = queue.workerPids;
        expect(first).toBeDefined();
        return first!;
      });
      process.kill(pid, 'SIGKILL');
    }
    await allDone(kills * REQUESTS_A_NOTE);
  });
});

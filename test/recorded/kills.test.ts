import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { RedisServer } from '../queue/redis-server.ts';
import { BACKENDS, connectionFor, eventually, SHORT_TIMES } from '../queue/running-queue.ts';
import { plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { MortalRecorder, STEPS } from './mortal-recorder.ts';
import { openSounds, record } from './recorder.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

describe.each(BACKENDS)('with $kind', ({ kind, isMissing }) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (kind === 'redis' && !isMissing) redis = await RedisServer.start();
  });
  afterAll(() => redis?.close());

  test.skipIf(isMissing)(
    'whatever step the server is killed at, every recording becomes exactly one note',
    async () => {
      const { storage, owner } = await cluster.fresh();
      const clinic = await plantClinic(storage);
      const sounds = await openSounds();
      const log = () => undefined;
      const prepared = await BookingQueue.open({ storage, redisUrl: redis?.url, workers: 0, workerScript: '', log });
      await prepared.close();
      const settings = {
        queue: connectionFor(storage, redis),
        database: storage.connection,
        times: SHORT_TIMES,
        folder: sounds.folder,
      };
      for (const death of STEPS) {
        await record({ storage, sounds }, clinic);
        expect(await new MortalRecorder({ ...settings, death }).died()).toBe('SIGKILL');
      }
      const survivor = new MortalRecorder(settings);
      onTestFinished(() => survivor.end());
      const count = async (what: string) => Number((await owner.query(`select count(*) from ${what}`)).rows[0].count);
      await eventually(
        async () => expect(await count("dictations where state = 'drafted'")).toBe(STEPS.length),
        60_000,
      );
      expect(await count('notes')).toBe(STEPS.length);
      expect(await count('follow_ups')).toBe(STEPS.length);
      expect(await count('dead_letters')).toBe(0);
    },
  );
});

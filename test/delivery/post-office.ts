import { onTestFinished } from 'vitest';
import { openChannels } from '../../src/delivery/channels/open-channels.ts';
import { startLetterWorker } from '../../src/delivery/letter-worker.ts';
import type { DeliverySettings, DeliveryTimes } from '../../src/delivery/settings.ts';
import { openBackend } from '../../src/queue/backends/open-backend.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { RedisServer } from '../queue/redis-server.ts';
import { connectionFor, SHORT_TIMES } from '../queue/running-queue.ts';
import { PUBLIC_URL } from './planted-letter.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Short, so that a test need not wait for them. */
export const SHORT_DELIVERY: DeliveryTimes = {
  delaysMs: [20, 40],
  longestDelayMs: 100,
  giveUpAfterMs: 60_000,
  timeoutMs: 10_000,
};

interface PostOfficeOptions {
  readonly times?: Partial<DeliveryTimes>;
  readonly redis?: RedisServer | undefined;
  readonly patientsSignIn?: boolean;
}

/** Sends letters in this process until the test has finished. */
export async function runPostOffice(
  storage: Storage,
  settings: DeliverySettings,
  { times = {}, redis, patientsSignIn = true }: PostOfficeOptions = {},
): Promise<void> {
  const ignore = () => undefined;
  const delivery = { ...SHORT_DELIVERY, ...times };
  const queue = await BookingQueue.open({
    storage,
    redisUrl: redis?.url,
    workers: 0,
    workerScript: '',
    times: SHORT_TIMES,
    log: ignore,
  });
  await queue.start();
  const backend = openBackend(connectionFor(storage, redis), ignore);
  const worker = await startLetterWorker({
    backend,
    world: {
      storage,
      channels: openChannels(settings, { ...delivery, publicUrl: PUBLIC_URL }),
      times: delivery,
      patientsSignIn,
      onDelayed: ignore,
    },
    times: SHORT_TIMES,
    onFailure: ignore,
    onError: ignore,
  });
  onTestFinished(async () => {
    await worker.close();
    await backend.close();
    await queue.close();
  });
}

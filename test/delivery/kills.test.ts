import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ChainStation } from '../../src/contracts/delivery.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { connectionFor, eventually, SHORT_TIMES } from '../queue/running-queue.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { MailServer } from './mail-server.ts';
import { MortalPostman, STEPS } from './mortal-postman.ts';
import { plantBooked, plantLetterClinic, sendLetter } from './planted-letter.ts';
import { SECRET } from './post-office.ts';

const LETTERS_A_DEATH = 2;
const CHAIN: readonly ChainStation[] = [
  { channel: 'page', waitHours: 0 },
  { channel: 'notice', waitHours: 0 },
  { channel: 'digital_post', waitHours: 0 },
  { channel: 'print', waitHours: null },
];

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

/** How often each id came. */
const tally = (ids: readonly string[]) =>
  new Map([...Map.groupBy(ids, (id) => id)].map(([id, all]) => [id, all.length]));

test('whatever step the server is killed at, every letter reaches every channel, under one id, and paper once', async () => {
  const { storage, owner } = await cluster.fresh();
  const mail = await MailServer.start();
  const post = await Receiver.start();
  const planted = await plantLetterClinic(storage, CHAIN);
  const log = () => undefined;
  const prepared = await BookingQueue.open({ storage, workers: 0, workerScript: '', log });
  await prepared.close();
  const settings = {
    queue: connectionFor(storage, undefined),
    database: storage.connection,
    times: SHORT_TIMES,
    letters: {
      mail: { smtpUrl: mail.url, from: 'brev@klinik.test' },
      digitalPost: { url: post.url, secret: SECRET },
    },
  };
  let day = 20;
  for (const death of STEPS) {
    for (let letter = 0; letter < LETTERS_A_DEATH; letter++) {
      await sendLetter(storage, planted, await plantBooked(storage, planted, day++));
    }
    expect(await new MortalPostman({ ...settings, death }).died()).toBe('SIGKILL');
  }
  const survivor = new MortalPostman(settings);
  onTestFinished(() => survivor.end());

  const letters = STEPS.length * LETTERS_A_DEATH;
  const ways = async (where: string) =>
    (await owner.query<{ id: string }>(`select id from letter_deliveries where ${where}`)).rows.map(({ id }) => id);
  await eventually(
    async () => expect(await ways("channel = 'print' and state = 'ready'")).toHaveLength(letters),
    60_000,
  );
  expect(await ways("state = 'sent' and channel <> 'page'")).toHaveLength(2 * letters);

  const mails = tally(mail.received.map(({ messageId }) => messageId));
  const posts = tally(post.received.map(({ headers }) => String(headers['webhook-id'])));
  const [notices, posted] = [await ways("channel = 'notice'"), await ways("channel = 'digital_post'")];
  expect([...mails.keys()].sort()).toEqual(notices.map((id) => `<${id}@klinik.test>`).sort());
  expect([...posts.keys()].sort()).toEqual(posted.map((id) => `letter_${id}`).sort());
  // Only what was on its way when the server died can come again, and the outside knows it by its id.
  const repeats = [...mails.values(), ...posts.values()].reduce((sum, count) => sum + count - 1, 0);
  expect(repeats).toBeLessThanOrEqual(STEPS.length * LETTERS_A_DEATH);
  const { rows } = await owner.query(`select from letter_steps where step = 'ready'`);
  expect(rows).toHaveLength(letters);
  expect((await owner.query('select from dead_letters')).rows).toEqual([]);
});

import { once } from 'node:events';
import pg from 'pg';
import { refreshEarliestFits } from '../../src/appointments/earliest-fits.ts';
import { loadConfig } from '../../src/config.ts';
import { noticeSender } from '../../src/delivery/channels/notice.ts';
import { openChannels } from '../../src/delivery/channels/open-channels.ts';
import { startLetterWorker } from '../../src/delivery/letter-worker.ts';
import { remindOfVisits } from '../../src/delivery/visit-reminders.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { startNoticeWorker } from '../../src/freed-times/notice-worker.ts';
import { offerFreedTime } from '../../src/freed-times/offer-time.ts';
import { openBackend } from '../../src/queue/backends/open-backend.ts';
import { startBookingWorker } from '../../src/queue/booking-worker.ts';
import { QUEUE_NAMES } from '../../src/queue/job.ts';
import { RegularWork } from '../../src/queue/regular-work.ts';
import { OutboxRelay } from '../../src/queue/relay.ts';
import { RoundClock } from '../../src/queue/round-clock.ts';
import { buildApp } from '../../src/server/app.ts';
import { DEFAULT_POOL_LIMITS } from '../../src/storage/connections.ts';
import { Storage } from '../../src/storage/storage.ts';
import { PUBLIC_URL } from '../delivery/planted-letter.ts';
import { SHORT_DELIVERY } from '../delivery/post-office.ts';
import { CALENDAR } from '../queue/calendar.ts';
import type { ClinicSettings, Death } from './mortal-clinic.ts';
import { ScriptedTranscriber } from './scripted-transcriber.ts';

const REMIND_EVERY_MS = 300;

/** A server of its own to be killed at its work: it tells its address, and kills itself without a word to anybody. */
const [settings] = (await once(process, 'message')) as [ClinicSettings];
const { letters, times, remindsAt, death } = settings;

/** Whatever part of the server speaks to the database, it does so here. */
function dieAt({ of, count, after, isSent }: Death): void {
  const client = pg.Client.prototype as { query(...given: unknown[]): unknown };
  const { query } = client;
  let left = count;
  let hasBegun = after === undefined;
  client.query = function (...given) {
    const isCounted = hasBegun && (of === 'statement' || given[0] === 'commit');
    hasBegun ||= String(given[0]).includes(after!);
    if (!isCounted || --left > 0) return query.apply(this, given);
    if (isSent) query.apply(this, given);
    process.kill(process.pid, 'SIGKILL');
    return undefined;
  };
}

const ignore = () => undefined;
const storage = Storage.join(settings.database, DEFAULT_POOL_LIMITS);
const app = await buildApp({
  transcriber: new ScriptedTranscriber(),
  config: loadConfig({}),
  clinic: { storage, publicUrl: PUBLIC_URL, digitalPost: letters.digitalPost },
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
if (death) dieAt(death);
process.once('disconnect', () => process.exit());
process.send!(url);

const backend = openBackend(settings.queue, ignore);
const shared = { backend, times, onFailure: ignore, onError: ignore };
const calendar = { ...CALENDAR, now: () => new Date(), today: () => stockholmClockAt(Date.now()).date };
await startBookingWorker({
  ...shared,
  concurrency: 4,
  onTaskMade: ignore,
  world: {
    storage,
    calendar,
    remindOfNotes: async () => undefined,
    offerFreedTime: (inTransaction, freedTimeId) => offerFreedTime(inTransaction, freedTimeId, new Date()),
    refreshFits: (inTransaction, now) => refreshEarliestFits(inTransaction, now),
  },
});
const channels = openChannels(letters, { ...SHORT_DELIVERY, publicUrl: PUBLIC_URL });
await startLetterWorker({
  ...shared,
  world: { storage, channels, times: SHORT_DELIVERY, patientsSignIn: true, onDelayed: ignore },
});
await startNoticeWorker({
  ...shared,
  world: { storage, publicUrl: PUBLIC_URL, send: noticeSender(letters, SHORT_DELIVERY.timeoutMs) },
});
const queues = new Map(QUEUE_NAMES.map((name) => [name, backend.openQueue(name)]));
await OutboxRelay.start({ storage, queues, times, onError: ignore });
new RoundClock(queues.get('booking')!, times, ignore);
if (remindsAt !== undefined) {
  const world = { storage, publicUrl: PUBLIC_URL };
  new RegularWork(() => remindOfVisits(world, new Date(remindsAt)), REMIND_EVERY_MS, ignore);
}

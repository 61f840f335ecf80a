import { once } from 'node:events';
import { refreshEarliestFits } from '../src/appointments/earliest-fits.ts';
import type { AppError } from '../src/contracts/errors.ts';
import type { LocalDate } from '../src/followup/calendar/local-date.ts';
import { type LocalTime, stockholmClockAt, stockholmInstant } from '../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../src/followup/calendar/swedish-days.ts';
import { offerFreedTime } from '../src/freed-times/offer-time.ts';
import { sweepReminders } from '../src/notes/reminders.ts';
import { openBackend } from '../src/queue/backends/open-backend.ts';
import { startBookingWorker } from '../src/queue/booking-worker.ts';
import type { WorkerReport, WorkerSettings } from '../src/queue/worker-messages.ts';
import type { ClinicCalendar } from '../src/queue/world.ts';
import { DEFAULT_POOL_LIMITS } from '../src/storage/connections.ts';
import { databaseError } from '../src/storage/errors.ts';
import { Storage } from '../src/storage/storage.ts';

/** Jobs at hand get this long to end; then another worker takes them up. */
const STOP_MS = 10_000;
const SIGN_OF_LIFE_EVERY_MS = 5_000;
/** When a clinic opens. */
const MORNING = '07:00' as LocalTime;

const calendar: ClinicCalendar = {
  now: () => new Date(),
  today: () => stockholmClockAt(Date.now()).date,
  addWorkingDays: (day, workingDays) => addWorkingDays(day as LocalDate, workingDays),
  morningOf: (day) => new Date(stockholmInstant(day as LocalDate, MORNING).instantMs),
};

/** A server that is gone hears nothing. */
function tell(report: WorkerReport): void {
  if (process.connected) process.send!(report);
}

const onError = (error: Error) => tell({ kind: 'trouble', code: codeOf(error) });

// A terminal sends it to every process; the server says when it is time.
process.on('SIGINT', () => undefined);
let close: (() => Promise<void>) | undefined;
const stop = async () => {
  setTimeout(() => process.exit(1), STOP_MS);
  await close?.();
  process.exit(0);
};
process.once('SIGTERM', () => void stop()).once('disconnect', () => void stop());
setInterval(() => tell({ kind: 'alive' }), SIGN_OF_LIFE_EVERY_MS);

const [settings] = (await once(process, 'message')) as [WorkerSettings];
const { queue, database, times, concurrency } = settings;
const backend = openBackend(queue, onError);
const storage = Storage.join(database, { ...DEFAULT_POOL_LIMITS, maxConnections: concurrency });
const worker = await startBookingWorker({
  backend,
  world: {
    storage,
    calendar,
    remindOfNotes: (now) => sweepReminders(storage, now),
    offerFreedTime: (inTransaction, freedTimeId) => offerFreedTime(inTransaction, freedTimeId, new Date()),
    refreshFits: (inTransaction, now) => refreshEarliestFits(inTransaction, now),
  },
  times,
  concurrency,
  onTaskMade: (latencySeconds) => tell({ kind: 'task-made', latencySeconds }),
  onFailure: (failure) => tell({ kind: 'failed', ...failure }),
  onError,
}).catch((error: Error) => {
  // It starts again a little later; a database or Redis that starts needs no more words.
  onError(error);
  return process.exit(1);
});
close = async () => {
  await worker.close();
  await backend.close();
  await storage.close();
};
tell({ kind: 'ready' });

/** What is no failure of the database is one of the queue. */
function codeOf(error: Error): AppError['code'] {
  const { code } = databaseError(error);
  return code === 'INTERNAL' ? 'QUEUE_UNAVAILABLE' : code;
}

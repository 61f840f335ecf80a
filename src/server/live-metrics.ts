import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LiveMeter } from '../live/meter.ts';
import type { LiveSessions } from '../live/sessions.ts';

const LAG_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120];
const COMMIT_BUCKETS_SECONDS = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 4, 8, 15, 30, 60];

const SESSION_EVENTS = {
  'live-begun': 'begun',
  'live-taken-up': 'resumed',
  'live-done': 'done',
  'live-failed': 'failed',
} as const;

/** Counts what live sessions do, into the registry. Labels are codes and kinds of events: sessions have none. */
export function addLiveMetrics(registry: Registry, live: LiveSessions): void {
  const registers = [registry];
  const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['taltid_live_sessions', 'Live sessions in memory.', () => live.sessionCount],
    ['taltid_live_sessions_attended', 'Live sessions with a client.', () => live.attendedCount],
    [
      'taltid_live_connections',
      'Connections of live clients, those without a session too.',
      () => live.connectionCount,
    ],
    ['taltid_live_journal_bytes', 'Bytes of the journals of live sessions.', () => live.journalBytes],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
  const sessions = new Counter({
    name: 'taltid_live_sessions_total',
    help: 'Live sessions that were begun, taken up again (resumed), done, and failed in the server.',
    labelNames: ['event'],
    registers,
  });
  // So that none is missing until it happens.
  for (const event of Object.values(SESSION_EVENTS)) sessions.inc({ event }, 0);
  const refusals = new Counter({
    name: 'taltid_live_refusals_total',
    help: 'Connections of live clients that were refused or cut off, by error code.',
    labelNames: ['code'],
    registers,
  });
  const lag = new Histogram({
    name: 'taltid_live_lag_seconds',
    help: 'Sound received but neither committed nor known to be silent, about once a second of each session.',
    buckets: LAG_BUCKETS_SECONDS,
    registers,
  });
  const commit = new Histogram({
    name: 'taltid_live_commit_seconds',
    help: 'Time from the declared end of an utterance to its committed text.',
    buckets: COMMIT_BUCKETS_SECONDS,
    registers,
  });
  const thinned = new Counter({
    name: 'taltid_live_drafts_thinned_total',
    help: 'Provisional texts left out because the machine had no time for them, or the sound came in a burst.',
    registers,
  });

  const meter: LiveMeter = {
    event(event) {
      if (event.event === 'live-refused') refusals.inc({ code: event.err.code });
      else sessions.inc({ event: SESSION_EVENTS[event.event] });
    },
    lag: (seconds) => lag.observe(seconds),
    committed: (waitedSeconds) => commit.observe(waitedSeconds),
    thinned: (drafts) => thinned.inc(drafts),
  };
  live.meterWith(meter);
}

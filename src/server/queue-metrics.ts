import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BookingQueue, QueueStatus } from '../queue/booking-queue.ts';
import { QUEUE_NAMES } from '../queue/job.ts';

const LATENCY_BUCKETS_SECONDS = [0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2, 5, 15, 60, 300, 3600];
/** One look at the queue serves all gauges of a scrape. */
const FRESH_MS = 1_000;

/** Counts what the job queue does, into the registry. Labels are names of queues, states, jobs and codes. */
export function addQueueMetrics(registry: Registry, queue: BookingQueue): void {
  const registers = [registry];
  let seen: { readonly atMs: number; readonly status: Promise<QueueStatus | undefined> } | undefined;
  const look = () => {
    const nowMs = performance.now();
    // A scrape must not fail because the queue's store is away: then its gauges stand still.
    if (seen === undefined || nowMs - seen.atMs > FRESH_MS) {
      seen = { atMs: nowMs, status: queue.status().catch(() => undefined) };
    }
    return seen.status;
  };
  const gauges: readonly (readonly [name: string, help: string, read: (status: QueueStatus) => number])[] = [
    ['taltid_outbox_messages', 'Messages that wait to become jobs.', ({ outbox }) => outbox.messages],
    ['taltid_outbox_age_seconds', 'Age of the oldest of them.', ({ outbox }) => outbox.oldestAgeSeconds],
    ['taltid_dead_letters', 'Jobs given up that nobody has dealt with.', ({ deadLetters }) => deadLetters],
    ['taltid_booking_workers', 'Worker processes of the booking queue that are up.', ({ workers }) => workers],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const status = await look();
        if (status) this.set(read(status));
      },
    });
  }
  new Gauge({
    name: 'taltid_jobs',
    help: 'Jobs by queue and state.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      const status = await look();
      if (status === undefined) return;
      for (const name of QUEUE_NAMES) {
        for (const [state, count] of Object.entries(status.jobs[name])) this.set({ queue: name, state }, count);
      }
    },
  });
  const latency = new Histogram({
    name: 'taltid_task_latency_seconds',
    help: 'Time from the signature to the task in the booking queue.',
    buckets: LATENCY_BUCKETS_SECONDS,
    registers,
  });
  const failures = new Counter({
    name: 'taltid_job_failures_total',
    help: 'Attempts at jobs that failed, by job and error code; the last ones are given up.',
    labelNames: ['job', 'code', 'given_up'],
    registers,
  });
  const deaths = new Counter({
    name: 'taltid_booking_worker_deaths_total',
    help: 'Worker processes that ended without being asked to.',
    registers,
  });
  queue.meterWith({
    taskMade: (seconds) => latency.observe(seconds),
    event(event) {
      if (event.event === 'queue-worker-died') deaths.inc();
      if (event.event === 'queue-job-failed') {
        failures.inc({ job: event.job, code: event.code, given_up: String(event.isGivenUp) });
      }
    },
  });
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '../contracts/errors.ts';
import type { Transcriber, TranscriberStatus } from '../contracts/transcriber.ts';
import type { ServerCertificate } from './server-certificate.ts';
import type { UploadBudget } from './upload-budget.ts';

const DURATION_BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
const AUDIO_BUCKETS_SECONDS = [1, 3, 6, 10, 20, 30, 60, 300, 900, 3600, 7200];

interface Recognition {
  readonly audioSeconds: number;
  readonly processingSeconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  request(method: string, route: string, status: number, seconds: number): void;
  recognised(recognition: Recognition): void;
  failed(code: ErrorCode): void;
}

/** What the server counts, in a registry of its own. Labels hold routes and codes, never anything a request said. */
export function createMetrics(
  transcriber: Transcriber,
  uploads: UploadBudget,
  certificate?: ServerCertificate,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'taltid_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const audioSeconds = new Histogram({
    name: 'taltid_audio_seconds',
    help: 'Length of the audio that was recognised.',
    buckets: AUDIO_BUCKETS_SECONDS,
    registers,
  });
  const processingSeconds = new Histogram({
    name: 'taltid_processing_seconds',
    help: 'Time from handing a file to the recogniser to its whole text, waiting in the queue included.',
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'taltid_errors_total',
    help: 'Requests that failed, by error code.',
    labelNames: ['code'],
    registers,
  });
  const gauges: readonly (readonly [string, string, (status: TranscriberStatus) => number])[] = [
    ['taltid_ready', '1 when every worker has its model loaded.', (status) => Number(status.ready)],
    ['taltid_workers', 'Speech workers.', (status) => status.workers],
    ['taltid_workers_busy', 'Speech workers at work.', (status) => status.busyWorkers],
    ['taltid_workers_replaced', 'Speech workers that died and were replaced.', (status) => status.replacedWorkers],
    ['taltid_queue_jobs', 'Jobs that wait for a worker.', (status) => status.queuedJobs],
    ['taltid_queue_limit_jobs', 'Jobs that may be under way or waiting.', (status) => status.queueLimit],
    ['taltid_upload_bytes', 'Bytes of uploads being received or worked on.', () => uploads.reservedBytes],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(transcriber.status()));
      },
    });
  }

  if (certificate) {
    new Gauge({
      name: 'taltid_tls_certificate_end_timestamp_seconds',
      help: 'When the certificate that is served ends, in Unix time.',
      registers,
      collect() {
        this.set(certificate.pair.validUntilMs / 1000);
      },
    });
  }

  return {
    registry,
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    recognised(recognition) {
      audioSeconds.observe(recognition.audioSeconds);
      processingSeconds.observe(recognition.processingSeconds);
    },
    failed: (code) => errors.inc({ code }),
  };
}

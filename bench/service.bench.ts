import { availableParallelism } from 'node:os';
import { wavBytes } from '../scripts/wav-bytes.ts';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import { stretch } from './audio.ts';
import type { Benchmark, BenchmarkInput, BenchmarkReport } from './benchmark.ts';
import { checkText } from './check.ts';
import { markdownTable } from './markdown.ts';
import { type Timing, timing } from './measure.ts';
import { linePlot } from './plot.ts';
import { readyPool, transcribeFile } from './pool.ts';

const LENGTHS_SECONDS = [10, 30, 60, 120, 300];
const CONCURRENT = [1, 2, 4, 8, 16];
const REQUEST_SECONDS = 6;
const REQUESTS = 16;
/** Greedy: the cost of waiting and of many at once is the same question at any beam. */
const BEAM_SIZE = 1;

interface LengthRow {
  readonly seconds: number;
  readonly rtf: number;
  readonly memoryBytes: number;
}

interface LoadRow {
  readonly workers: number;
  readonly concurrent: number;
  readonly audioSecondsPerSecond: number;
  readonly latency: Timing;
}

/** The pool of workers as the server uses it: cost against length and against requests at once, and memory. */
export const service: Benchmark = {
  name: 'service',
  run: async (input) => {
    const pools = new Map<number, Transcriber>();
    const start = async (workers: number) => {
      const pool = await readyPool({
        workers,
        queueLimit: Math.max(...CONCURRENT),
        dataDirectory: input.dataDirectory,
      });
      pools.set(workers, pool);
      await checkPool(pool, input);
      return pool;
    };
    try {
      // Memory first, while there is only one worker in the process.
      const emptyBytes = process.memoryUsage.rss();
      const lengths = await measureLengths(await start(1), input);
      const allCores = availableParallelism();
      if (allCores > 1) await start(allCores);
      return report(emptyBytes, lengths, await measureLoads(pools, input));
    } finally {
      for (const pool of pools.values()) await pool.close();
    }
  },
};

async function checkPool(transcriber: Transcriber, { track }: BenchmarkInput): Promise<void> {
  checkText('the pool', track.reference, await transcribeFile(transcriber, wavBytes(track.samples), BEAM_SIZE));
}

async function measureLengths(transcriber: Transcriber, { track }: BenchmarkInput): Promise<LengthRow[]> {
  const rows: LengthRow[] = [];
  for (const seconds of LENGTHS_SECONDS) {
    const file = wavBytes(stretch(track.samples, seconds));
    const startMs = performance.now();
    await transcribeFile(transcriber, file, BEAM_SIZE);
    const rtf = (performance.now() - startMs) / 1000 / seconds;
    rows.push({ seconds, rtf, memoryBytes: process.memoryUsage.rss() });
  }
  return rows;
}

async function measureLoads(pools: ReadonlyMap<number, Transcriber>, input: BenchmarkInput): Promise<LoadRow[]> {
  const rows: LoadRow[] = [];
  for (const concurrent of CONCURRENT) {
    for (const [workers, pool] of pools) rows.push(await measureLoad(pool, workers, concurrent, input));
  }
  return rows;
}

/** So many clients, each with its next request as soon as its last is answered. */
async function measureLoad(
  transcriber: Transcriber,
  workers: number,
  concurrent: number,
  { track }: BenchmarkInput,
): Promise<LoadRow> {
  const file = wavBytes(stretch(track.samples, REQUEST_SECONDS));
  const expected = await transcribeFile(transcriber, file.slice(), BEAM_SIZE);
  const latenciesMs: number[] = [];
  let left = Math.max(REQUESTS, concurrent);
  const total = left;
  const client = async () => {
    while (left-- > 0) {
      const startMs = performance.now();
      const text = await transcribeFile(transcriber, file.slice(), BEAM_SIZE);
      latenciesMs.push(performance.now() - startMs);
      if (text !== expected) throw new Error(`${concurrent} at once: the same sound gave another text`);
    }
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: concurrent }, client));
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  return {
    workers,
    concurrent,
    audioSecondsPerSecond: (total * REQUEST_SECONDS) / elapsedSeconds,
    latency: timing(latenciesMs),
  };
}

function report(emptyBytes: number, lengths: readonly LengthRow[], loads: readonly LoadRow[]): BenchmarkReport {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  const lengthTable = markdownTable(
    ['audio, s', 'RTF', 'memory of the process with one worker, MiB'],
    lengths.map((row) => [String(row.seconds), row.rtf.toFixed(3), mebibytes(row.memoryBytes)]),
  );
  const alone = (row: LoadRow) =>
    loads.find(({ workers, concurrent }) => workers === 1 && concurrent === row.concurrent);
  const loadTable = markdownTable(
    ['at once', 'workers', 'audio, s each s', 'times one worker', 'median latency, ms', '95th percentile, ms'],
    loads.map((row) => [
      String(row.concurrent),
      String(row.workers),
      row.audioSecondsPerSecond.toFixed(1),
      (row.audioSecondsPerSecond / (alone(row)?.audioSecondsPerSecond ?? Number.NaN)).toFixed(2),
      row.latency.medianMs.toFixed(0),
      row.latency.p95Ms.toFixed(0),
    ]),
  );
  const byWorkers = [...new Set(loads.map(({ workers }) => workers))].map((workers) => ({
    label: workers === 1 ? '1 worker' : `${workers} workers`,
    rows: loads.filter((row) => row.workers === workers),
  }));
  return {
    title: 'The pool of workers',
    markdown: `Greedy. Recordings of growing length, one worker; the process without a worker holds ${mebibytes(emptyBytes)} MiB:\n\n${lengthTable}\n\nRequests of ${REQUEST_SECONDS} s at once:\n\n${loadTable}`,
    plots: {
      'length.svg': linePlot({
        title: 'Cost against length, one worker',
        xLabel: 'audio, s',
        yLabel: 'real-time factor',
        series: [{ label: 'greedy', points: lengths.map((row) => [row.seconds, row.rtf]) }],
      }),
      'throughput.svg': linePlot({
        title: 'Throughput against requests at once',
        xLabel: 'requests at once',
        yLabel: 'audio recognised, s each s',
        series: byWorkers.map(({ label, rows }) => ({
          label,
          points: rows.map((row) => [row.concurrent, row.audioSecondsPerSecond]),
        })),
      }),
      'latency.svg': linePlot({
        title: 'Latency against requests at once, 95th percentile',
        xLabel: 'requests at once',
        yLabel: 'latency, ms',
        series: byWorkers.map(({ label, rows }) => ({
          label,
          points: rows.map((row) => [row.concurrent, row.latency.p95Ms]),
        })),
      }),
    },
  };
}

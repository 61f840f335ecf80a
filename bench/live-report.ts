import type { BenchmarkReport } from './benchmark.ts';
import type { UtteranceTimes } from './live/latency.ts';
import { inMs, type Quantiles, quantiles } from './live/quantiles.ts';
import { WORKERS } from './live/stage.ts';
import type { Use } from './live/use-meter.ts';
import { markdownTable } from './markdown.ts';
import { linePlot } from './plot.ts';

/** What is promised for one session holds for utterances up to this length. */
const SHORT_SECONDS = 8;

/** So many sessions at once. Delays in seconds. */
export interface LoadRow {
  readonly sessions: number;
  /**
   * From the end of a word to provisional text that reaches so far, to something in its place, to it as it stays, and
   * to its committed text.
   */
  readonly reached: Quantiles;
  readonly shown: Quantiles;
  readonly right: Quantiles;
  readonly committed: Quantiles;
  readonly lag: Quantiles;
  readonly utterances: readonly UtteranceTimes[];
  readonly use: Use;
}

/** A session whose connection was lost so many times, for so long. */
export interface InterruptedRow {
  readonly offlineMs: number;
  readonly lost: number;
  /** From the attempt to connect to `ready`, and from there to all sound stored that was spoken meanwhile. */
  readonly ready: Quantiles;
  readonly caughtUp: Quantiles;
  /** How much later than undisturbed utterances were committed that an interruption touched, and the others. */
  readonly extraLag: Quantiles;
  readonly otherExtraLag: Quantiles;
}

export interface LiveResults {
  readonly rows: readonly LoadRow[];
  readonly interrupted: readonly InterruptedRow[];
  readonly seconds: number;
  readonly speechShare: number;
}

/** The section of RESULTS.md. */
export function report({ rows, interrupted, seconds, speechShare }: LiveResults): BenchmarkReport {
  return {
    title: 'Live dictation',
    markdown: [
      `Sessions of ${(seconds / 60).toFixed(1)} min, sent in real time over WebSocket by a process of its own to the server with ${WORKERS} workers, in frames of 0.1 s at 48 kHz; somebody speaks ${(100 * speechShare).toFixed(0)} % of the time. Reference words are the recogniser's own, offline. All sessions' committed words were those of the same sound undisturbed. Times in ms: median / 95th / 99th percentile.`,
      wordTable(rows),
      utteranceTable(rows),
      'Lag: from when a server with nothing else to do knew that the utterance had ended to its committed text.',
      memoryTable(rows),
      'A session whose connection is lost again and again:',
      interruptedTable(interrupted),
    ].join('\n\n'),
    plots: { 'live-lag.svg': lagPlot(rows), 'live-words.svg': wordPlot(rows) },
  };
}

function wordTable(rows: readonly LoadRow[]): string {
  return markdownTable(
    [
      'sessions',
      'words',
      'word said to text that reaches it',
      'to a word in its place',
      'to it as it stays',
      'to committed',
    ],
    rows.map(({ sessions, reached, shown, right, committed }) => [
      String(sessions),
      String(shown.count),
      inMs(reached),
      inMs(shown),
      inMs(right),
      inMs(committed),
    ]),
  );
}

function utteranceTable(rows: readonly LoadRow[]): string {
  return markdownTable(
    [
      'sessions',
      'utterances',
      'last word to declared end (the pause)',
      'declared end to committed',
      `up to ${SHORT_SECONDS} s long`,
      '`finalize` to committed',
      'lag',
    ],
    rows.map(({ sessions, utterances, lag }) => {
      const by = (end: UtteranceTimes['end']) => utterances.filter((utterance) => utterance.end === end);
      const short = by('pause').filter(({ lengthSeconds }) => lengthSeconds <= SHORT_SECONDS);
      const pauses = by('pause').flatMap(({ pauseSeconds }) => pauseSeconds ?? []);
      return [
        String(sessions),
        String(utterances.length),
        inMs(quantiles(pauses)),
        inMs(toCommitted(by('pause'))),
        inMs(toCommitted(short)),
        inMs(toCommitted(by('finalize'))),
        inMs(lag),
      ];
    }),
  );
}

function toCommitted(utterances: readonly UtteranceTimes[]): Quantiles {
  return quantiles(utterances.map(({ declaredSeconds, committedSeconds }) => committedSeconds - declaredSeconds));
}

function memoryTable(rows: readonly LoadRow[]): string {
  return markdownTable(
    ['sessions', 'memory of the server, MiB', 'cores used by the server', 'by its serving thread', 'by the clients'],
    rows.map(({ sessions, use }) => [
      String(sessions),
      (use.memoryBytes / 2 ** 20).toFixed(0),
      use.serverCores.toFixed(2),
      use.servingThreadCores.toFixed(2),
      use.clientCores.toFixed(2),
    ]),
  );
}

function interruptedTable(rows: readonly InterruptedRow[]): string {
  return markdownTable(
    [
      'offline, ms',
      'times',
      'connecting to ready',
      'ready to all sound stored',
      'utterances touched: later by',
      'others: later by',
    ],
    rows.map((row) => [
      String(row.offlineMs),
      String(row.lost),
      inMs(row.ready),
      inMs(row.caughtUp),
      inMs(row.extraLag),
      inMs(row.otherExtraLag),
    ]),
  );
}

function lagPlot(rows: readonly LoadRow[]): string {
  const line = (label: string, pick: (lag: Quantiles) => number) => ({
    label,
    points: rows.map(({ sessions, lag }) => [sessions, pick(lag)] as const),
  });
  return linePlot({
    title: 'Lag against live sessions',
    xLabel: 'sessions',
    yLabel: 'lag, s',
    series: [
      line('median', ({ p50 }) => p50),
      line('95th percentile', ({ p95 }) => p95),
      line('99th percentile', ({ p99 }) => p99),
    ],
  });
}

function wordPlot(rows: readonly LoadRow[]): string {
  const line = (label: string, pick: (row: LoadRow) => Quantiles) => ({
    label,
    points: rows.map((row) => [row.sessions, pick(row).p95] as const),
  });
  return linePlot({
    title: 'From a word said to its text, 95th percentile',
    xLabel: 'sessions',
    yLabel: 'delay, s',
    series: [
      line('text that reaches it', ({ reached }) => reached),
      line('a word in its place', ({ shown }) => shown),
      line('as it stays', ({ right }) => right),
      line('committed', ({ committed }) => committed),
    ],
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { randomNumbers } from '../src/evaluation/random-numbers.ts';
import type { Benchmark, BenchmarkInput, BenchmarkReport } from './benchmark.ts';
import { checkSame, committedWords } from './live/comparison.ts';
import { DictatingSession } from './live/dictating-session.ts';
import { beginningOf, type Dictation } from './live/dictation.ts';
import { LiveServer } from './live/live-server.ts';
import { inMs, quantiles } from './live/quantiles.ts';
import { dictate, dictationsOf, readInputPhrases, WORKERS } from './live/stage.ts';
import { markdownTable } from './markdown.ts';

const DISCONNECTS = 100;
const KILLS = 20;
const SESSIONS = 2;
/** From one trouble to the next, and how long a client that was cut off stays away. */
const CUT_WITHIN_MS = 2_500;
const KILL_WITHIN_MS = 5_000;
const OFFLINE_WITHIN_MS = 1_000;
const POLL_MS = 10;
/** More than all troubles together take; what is left is not dictated. */
const DICTATION_SECONDS = 900;

interface ChaosRow {
  readonly what: string;
  readonly times: number;
  readonly seconds: number;
  /** All as and where they are when the same is said undisturbed. */
  readonly words: number;
  /** From the attempt to connect to `ready`, in seconds. */
  readonly readySeconds: readonly number[];
}

/** Connections cut and servers killed while somebody dictates, and what has become of the words. */
export const liveChaos: Benchmark = {
  name: 'live-chaos',
  isOnRequest: true,
  run: async (input) => {
    const dictations = dictationsOf(await readInputPhrases(input), SESSIONS, DICTATION_SECONDS);
    const stage = new Stage(input);
    try {
      await stage.startServer();
      const rows = [
        await trouble(stage, dictations, 'connections cut off', DISCONNECTS, cutOne),
        await trouble(stage, dictations, 'servers killed', KILLS, killServer),
      ];
      return report(rows, stage.startSeconds);
    } finally {
      await stage.server[Symbol.asyncDispose]();
    }
  },
};

/** The server of the moment. */
class Stage {
  readonly #input: BenchmarkInput;
  /** From starting the process to models loaded. */
  readonly startSeconds: number[] = [];
  server!: LiveServer;

  constructor(input: BenchmarkInput) {
    this.#input = input;
  }

  async startServer(): Promise<void> {
    const startMs = performance.now();
    this.server = await LiveServer.start({ dataDirectory: this.#input.dataDirectory, workers: WORKERS });
    this.startSeconds.push((performance.now() - startMs) / 1000);
  }
}

type Cause = (stage: Stage, sessions: readonly DictatingSession[], random: () => number) => Promise<void>;

/** Dictates while one trouble comes after another, and then says the same once more in peace. */
async function trouble(
  stage: Stage,
  dictations: readonly Dictation[],
  what: string,
  times: number,
  cause: Cause,
): Promise<ChaosRow> {
  const random = randomNumbers(times);
  const startMs = performance.now();
  const options = { address: () => stage.server.address, pace: 'spoken', reconnects: true } as const;
  const sessions = dictations.map((dictation) => new DictatingSession(dictation, options).start());
  const failed = Promise.all(sessions.map(({ done }) => done)).then(() => {
    throw new Error(`expected a dictation longer than ${times} troubles; got one of ${DICTATION_SECONDS} s`);
  });
  failed.catch(() => {});
  for (let time = 0; time < times; time++) await Promise.race([cause(stage, sessions, random), failed]);
  const spokenFrames = sessions.map((session) => session.finish());
  const records = await Promise.all(sessions.map(({ done }) => done));
  const seconds = (performance.now() - startMs) / 1000;

  let words = 0;
  for (const [index, record] of records.entries()) {
    const spoken = beginningOf(dictations[index]!, spokenFrames[index]!);
    const undisturbed = await dictate(stage.server, spoken, 'fast');
    checkSame(what, undisturbed, record);
    words += committedWords(record).length;
  }
  const readySeconds = records.flatMap(({ resumptions }) =>
    resumptions.map((each) => each.readySeconds - each.connectSeconds),
  );
  if (words === 0) throw new Error(`${what}: expected words to be committed; got none`);
  return { what, times, seconds, words, readySeconds };
}

/** One client after the other is cut off, be it ready again or not. */
async function cutOne(_stage: Stage, sessions: readonly DictatingSession[], random: () => number): Promise<void> {
  await delay(CUT_WITHIN_MS * random());
  sessions[Math.floor(sessions.length * random())]!.cut(OFFLINE_WITHIN_MS * random());
}

/** Once all clients are there, at any moment after that. */
async function killServer(stage: Stage, sessions: readonly DictatingSession[], random: () => number): Promise<void> {
  while (!sessions.every(({ isReady }) => isReady)) await delay(POLL_MS);
  await delay(KILL_WITHIN_MS * random());
  await stage.server.kill();
  await stage.startServer();
}

function report(rows: readonly ChaosRow[], startSeconds: readonly number[]): BenchmarkReport {
  const table = markdownTable(
    ['', 'times', 'in, s', 'words committed', 'connecting to ready, ms'],
    rows.map((row) => [
      row.what,
      String(row.times),
      row.seconds.toFixed(0),
      String(row.words),
      inMs(quantiles(row.readySeconds)),
    ]),
  );
  const starts = quantiles(startSeconds);
  return {
    title: 'Live dictation, cut off and killed',
    markdown: `${SESSIONS} sessions at once, in real time: every word is committed once, written as it is when the same is said undisturbed, and at the same time. Times of connecting are median / 95th / 99th percentile. A server killed (SIGKILL) was replaced at once, and had its models loaded after ${starts.p50.toFixed(1)} s (median; longest ${Math.max(...startSeconds).toFixed(1)} s).\n\n${table}`,
    plots: {},
  };
}

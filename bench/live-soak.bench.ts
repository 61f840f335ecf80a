import { setTimeout as delay } from 'node:timers/promises';
import { randomNumbers } from '../src/evaluation/random-numbers.ts';
import type { Benchmark, BenchmarkReport } from './benchmark.ts';
import { checkSame } from './live/comparison.ts';
import { DictatingSession } from './live/dictating-session.ts';
import { composeDictation, type Dictation } from './live/dictation.ts';
import type { LiveServer } from './live/live-server.ts';
import type { SessionRecord } from './live/session-record.ts';
import { means, type Point, slopeInterval } from './live/slope.ts';
import { checkAgainstOffline, dictate, readInputPhrases, startServer } from './live/stage.ts';
import { UseMeter } from './live/use-meter.ts';
import { linePlot } from './plot.ts';

const MINUTES = 30;
const SESSIONS = 8;
const DICTATION_SECONDS = [15, 25, 40, 60];
/** So many of the sessions are left without a goodbye, somewhere in the middle. */
const ABANDONED_SHARE = 0.2;
/** The beginning, while models warm up and caches fill, tells nothing of growth. */
const WARM_UP_SHARE = 1 / 6;
const MIB = 2 ** 20;

interface Known {
  readonly dictation: Dictation;
  readonly seconds: number;
  readonly undisturbed: SessionRecord;
}

/** Sessions that open and close, one after another in several lines, for as long as is wished: does memory grow? */
export const liveSoak: Benchmark = {
  name: 'live-soak',
  isOnRequest: true,
  run: async (input) => {
    const minutes = input.minutes ?? MINUTES;
    const sessions = input.sessions?.[0] ?? SESSIONS;
    const phrases = await readInputPhrases(input);
    await using server = await startServer(input);
    const known: Known[] = [];
    for (const [seed, seconds] of DICTATION_SECONDS.entries()) {
      const dictation = composeDictation(phrases, { seconds, seed });
      const undisturbed = await dictate(server, dictation, 'fast');
      checkAgainstOffline(dictation, undisturbed);
      known.push({ dictation, seconds, undisturbed });
    }
    const meter = new UseMeter(server);
    const deadlineMs = performance.now() + 60_000 * minutes;
    const lines = Array.from({ length: sessions }, (_, line) => dictateUntil(server, known, deadlineMs, line + 1));
    const opened = (await Promise.all(lines)).reduce((sum, count) => sum + count, 0);
    const { serverCores } = meter.stop();
    const memory = meter.memory.map(({ atSeconds, bytes }) => [atSeconds / 60, bytes / MIB] as const);
    return report({ minutes, sessions, opened, serverCores, memory });
  },
};

/** One session after another until the deadline. @returns how many */
async function dictateUntil(
  server: LiveServer,
  known: readonly Known[],
  deadlineMs: number,
  seed: number,
): Promise<number> {
  const random = randomNumbers(seed);
  let opened = 0;
  while (performance.now() < deadlineMs) {
    const { dictation, seconds, undisturbed } = known[Math.floor(random() * known.length)]!;
    const options = { address: () => server.address, pace: 'spoken', reconnects: false } as const;
    const session = new DictatingSession(dictation, options).start();
    opened++;
    if (random() < ABANDONED_SHARE) {
      await delay(1000 * seconds * random());
      session.abandon();
    } else checkSame('a session of the soak', undisturbed, await session.done);
  }
  return opened;
}

interface Soak {
  readonly minutes: number;
  readonly sessions: number;
  readonly opened: number;
  readonly serverCores: number;
  /** [minute, MiB], each second. */
  readonly memory: readonly Point[];
}

function report({ minutes, sessions, opened, serverCores, memory }: Soak): BenchmarkReport {
  const lastMinute = memory.at(-1)![0];
  const byMinute = means(memory, 1);
  const warm = byMinute.filter(([minute]) => minute >= WARM_UP_SHARE * lastMinute);
  const { value, low, high } = slopeInterval(warm);
  const [first, last] = [warm[0]?.[1] ?? Number.NaN, warm.at(-1)?.[1] ?? Number.NaN];
  const most = Math.max(...memory.map(([, mebibytes]) => mebibytes));
  const hourly = (slope: number) => (60 * slope).toFixed(1);
  return {
    title: 'Live dictation, soak',
    markdown: `${sessions} sessions at once for ${minutes} min, ${opened} opened, each of ${DICTATION_SECONDS.join(', ')} s; one of ${1 / ABANDONED_SHARE} was left without a goodbye, the others' committed words were those of the same sound undisturbed. The server used ${serverCores.toFixed(2)} cores. Memory of its process, with its workers (threads): ${first.toFixed(0)} MiB in the first minute after the warm-up (a sixth of the time), ${last.toFixed(0)} MiB in the last, ${most.toFixed(0)} MiB at most; it grew by **${hourly(value)} MiB an hour** (95 %: ${hourly(low)} to ${hourly(high)}; least squares over means of a minute, bootstrap).`,
    plots: {
      'live-soak.svg': linePlot({
        title: 'Memory of the server over a soak',
        xLabel: 'time, min',
        yLabel: 'resident memory, MiB',
        series: [{ label: 'mean of a minute', points: byMinute }],
      }),
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { randomNumbers } from '../src/evaluation/random-numbers.ts';
import type { Benchmark } from './benchmark.ts';
import { checkSame } from './live/comparison.ts';
import { DictatingSession } from './live/dictating-session.ts';
import type { Dictation } from './live/dictation.ts';
import { lagsSeconds, utteranceTimes, type WordDelays, wordDelays } from './live/latency.ts';
import type { LiveServer } from './live/live-server.ts';
import { quantiles } from './live/quantiles.ts';
import type { SessionRecord } from './live/session-record.ts';
import { checkAgainstOffline, dictate, dictationsOf, readInputPhrases, startServer } from './live/stage.ts';
import { UseMeter } from './live/use-meter.ts';
import { type InterruptedRow, type LoadRow, report } from './live-report.ts';

const SESSIONS = [1, 2, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64];
const MINUTES = 1.5;
/** Different things said at the same time. */
const DICTATIONS = 4;
/** Sessions begin at different moments within this time, and count from when the last has begun. */
const STAGGER_SECONDS = 8;
/** Beyond it nobody would call it live. */
const LAG_LIMIT_SECONDS = 2;
/** Connections that are lost: this long from one to the next, and how long until the client tries again. */
const LOST_EVERY_SECONDS = [4, 8] as const;
const OFFLINE_MS = [0, 500, 3_000] as const;

/** A dictation with what a server makes of it that has nothing else to do. */
interface Known {
  readonly dictation: Dictation;
  readonly undisturbed: SessionRecord;
}

/** Live dictation in real time over WebSocket, against the real server: more and more sessions at once. */
export const live: Benchmark = {
  name: 'live',
  run: async (input) => {
    const seconds = 60 * (input.minutes ?? MINUTES);
    const dictations = dictationsOf(await readInputPhrases(input), DICTATIONS, seconds);
    await using server = await startServer(input);
    const { known, row } = await measureAlone(server, dictations);
    const rows = [row];
    for (const sessions of (input.sessions ?? SESSIONS).filter((count) => count > 1)) {
      const loaded = await measureLoad(server, known, sessions);
      rows.push(loaded);
      if (loaded.lag.p95 > LAG_LIMIT_SECONDS) break;
    }
    const { speechShare } = dictations[0]!;
    const interrupted: InterruptedRow[] = [];
    for (const offlineMs of OFFLINE_MS) interrupted.push(await measureInterrupted(server, known[0]!, offlineMs));
    return report({ rows, interrupted, seconds, speechShare });
  },
};

/** One session after another; what they are told is what all others are compared with. */
async function measureAlone(server: LiveServer, dictations: readonly Dictation[]) {
  const meter = new UseMeter(server);
  const known: Known[] = [];
  for (const dictation of dictations) {
    const undisturbed = await dictate(server, dictation, 'spoken');
    checkAgainstOffline(dictation, undisturbed);
    known.push({ dictation, undisturbed });
  }
  const use = meter.stop();
  const heard = known.map((each) => ({ ...each, record: each.undisturbed }));
  return { known, row: loadRow(1, heard, use, () => true) };
}

async function measureLoad(server: LiveServer, known: readonly Known[], sessions: number): Promise<LoadRow> {
  const random = randomNumbers(sessions);
  const delays = Array.from({ length: sessions }, () => STAGGER_SECONDS * random());
  const meter = new UseMeter(server);
  const heard = await Promise.all(
    delays.map(async (delaySeconds, index) => {
      await delay(1000 * delaySeconds);
      const each = known[index % known.length]!;
      const record = await dictate(server, each.dictation, 'spoken');
      checkSame(`session ${index + 1} of ${sessions}`, each.undisturbed, record);
      return { ...each, record, delaySeconds };
    }),
  );
  const use = meter.stop();
  const shortestSeconds = Math.min(...heard.map(({ dictation }) => dictation.words.at(-1)!.endSeconds));
  // All sessions are there and speak.
  const isFull = (atSeconds: number, { delaySeconds = 0 }: Heard) =>
    atSeconds + delaySeconds >= STAGGER_SECONDS && atSeconds + delaySeconds <= shortestSeconds;
  return loadRow(sessions, heard, use, isFull);
}

interface Heard extends Known {
  readonly record: SessionRecord;
  readonly delaySeconds?: number;
}

function loadRow(
  sessions: number,
  heard: readonly Heard[],
  use: ReturnType<UseMeter['stop']>,
  isFull: (atSeconds: number, heard: Heard) => boolean,
): LoadRow {
  const words = heard.flatMap((each) =>
    wordDelays(each.dictation, each.record).filter(({ saidSeconds }) => isFull(saidSeconds, each)),
  );
  const utterances = heard.flatMap((each) => {
    const lags = lagsSeconds(each.record, utteranceTimes(each.dictation, each.undisturbed));
    return utteranceTimes(each.dictation, each.record)
      .map((time, index) => ({ ...time, lagSeconds: lags[index]! }))
      .filter(({ declaredSeconds }) => isFull(declaredSeconds, each));
  });
  const pick = (of: keyof WordDelays) => quantiles(words.map((word) => word[of]));
  return {
    sessions,
    reached: pick('reachedSeconds'),
    shown: pick('shownSeconds'),
    right: pick('rightSeconds'),
    committed: pick('committedSeconds'),
    lag: quantiles(utterances.map(({ lagSeconds }) => lagSeconds)),
    utterances,
    use,
  };
}

/** One session whose connection is lost again and again. */
async function measureInterrupted(
  server: LiveServer,
  { dictation, undisturbed }: Known,
  offlineMs: number,
): Promise<InterruptedRow> {
  const random = randomNumbers(offlineMs);
  const [leastSeconds, mostSeconds] = LOST_EVERY_SECONDS;
  const options = { address: () => server.address, pace: 'spoken', reconnects: true } as const;
  const session = new DictatingSession(dictation, options).start();
  let timer: NodeJS.Timeout | undefined;
  const cutLater = () => {
    timer = setTimeout(
      () => {
        session.cut(offlineMs);
        cutLater();
      },
      offlineMs + 1000 * (leastSeconds + (mostSeconds - leastSeconds) * random()),
    );
  };
  cutLater();
  const record = await session.done.finally(() => clearTimeout(timer));
  checkSame(`a session offline for ${offlineMs} ms at a time`, undisturbed, record);
  return interruptedRow(offlineMs, undisturbed, record);
}

function interruptedRow(offlineMs: number, undisturbed: SessionRecord, record: SessionRecord): InterruptedRow {
  const { resumptions } = record;
  const extra = record.committed.map(({ atSeconds, message: { startSeconds } }, index) => ({
    seconds: atSeconds - undisturbed.committed[index]!.atSeconds,
    isTouched: resumptions.some((each) => each.lostSeconds < atSeconds && each.caughtUpSeconds > startSeconds),
  }));
  return {
    offlineMs,
    lost: resumptions.length,
    ready: quantiles(resumptions.map(({ connectSeconds, readySeconds }) => readySeconds - connectSeconds)),
    caughtUp: quantiles(resumptions.map(({ readySeconds, caughtUpSeconds }) => caughtUpSeconds - readySeconds)),
    extraLag: quantiles(extra.filter(({ isTouched }) => isTouched).map(({ seconds }) => seconds)),
    otherExtraLag: quantiles(extra.filter(({ isTouched }) => !isTouched).map(({ seconds }) => seconds)),
  };
}

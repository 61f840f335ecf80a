/**
 * What is made up where nobody speaks: minutes of every noise of a consulting room, heard as live dictation and as a
 * file, with the lexicon and the medical vocabulary on. Ends with 1 when a word was made up.
 *
 *   npm run eval:noise -- [--minutes 10] [--seed 1] [--only TEXT] [--vocabulary FILE] [--text]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { floatToS16le, joined, SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { readVocabulary, starterVocabulary } from '../src/cli/vocabulary-file.ts';
import { loadConfig, recogniserSettings } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';
import { LIVE_LIMITS, type LiveServerMessage } from '../src/contracts/live.ts';
import { TranscribeOptions } from '../src/contracts/transcript.ts';
import { PacedClient } from '../src/live/paced-client.ts';
import { LiveSessions } from '../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../src/live/settings.ts';
import { startSpeechPool } from '../src/speech/pool.ts';
import { NOISE_NAMES, noise } from './noises.ts';
import { textTable } from './text-table.ts';
import { wavBytes } from './wav-bytes.ts';

/** Of the loudest tenth of a second; the minutes are shared out among them. */
const LEVELS_DBFS = [-60, -50, -40, -30, -20];
const MAX_BEHIND_SECONDS = 30;
const LANGUAGE = 'sv';

interface Flags {
  readonly minutes: number;
  readonly seed: number;
  readonly only?: string;
  readonly vocabulary?: string;
  readonly text?: boolean;
}

/** Of one noise. */
interface Outcome {
  readonly name: string;
  /** What a live session took for speech. */
  readonly openedSeconds: number;
  /** Committed by it. */
  readonly live: readonly string[];
  /** Of a draft of each utterance that it took for speech. */
  readonly drafted: readonly string[];
  readonly file: readonly string[];
}

const command = new Command('eval-noise')
  .option('--minutes <count>', 'of each noise', parseCount, 10)
  .option('--seed <number>', 'other noises of the same kinds', parseCount, 1)
  .option('--only <text>', 'noises with this in their name')
  .option('--vocabulary <file>', 'terms to expect beside the medical ones: one a line')
  .option('--text', 'show what was made up')
  .parse();
const flags = command.opts<Flags>();

const names = NOISE_NAMES.filter((name) => name.includes(flags.only ?? ''));
const own = flags.vocabulary === undefined ? [] : await readVocabulary(flags.vocabulary);
const terms = [...own, ...(await starterVocabulary())];
const folder = await mkdtemp(join(tmpdir(), 'taltid-noise-'));
const pool = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers: 1, queueLimit: 1 });
const sessions = await LiveSessions.open({
  speech: pool.live,
  folder,
  settings: { ...DEFAULT_LIVE_SETTINGS, soundBurstSeconds: Number.POSITIVE_INFINITY, threads: 1 },
  log: () => {},
  vocabulary: () => terms,
});
const outcomes: Outcome[] = [];
try {
  for (const name of names) {
    console.error(`hearing ${name}`);
    outcomes.push(await evaluate(name));
  }
} finally {
  await sessions.close();
  await pool.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(table(outcomes));
if (flags.text) for (const outcome of outcomes) tellWords(outcome);
process.exitCode = outcomes.some(({ live, file }) => live.length + file.length > 0) ? 1 : 0;

async function evaluate(name: string): Promise<Outcome> {
  const seconds = (flags.minutes * 60) / LEVELS_DBFS.length;
  const samples = joined(...LEVELS_DBFS.map((level, index) => noise(name, seconds, level, flags.seed + index)));
  const utterances = await heardLive(samples);
  const drafted: string[] = [];
  for (const { startSeconds, endSeconds } of utterances) {
    const stretch = samples.slice(startSeconds * SPEECH_RATE_HZ, endSeconds * SPEECH_RATE_HZ);
    const { text } = await pool.live.draft({ samples: stretch, language: LANGUAGE, draft: [] }, { owner: flags });
    drafted.push(...wordsOf(text));
  }
  return {
    name,
    openedSeconds: utterances.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0),
    live: utterances.flatMap(({ words }) => words.map(({ text }) => text)),
    drafted,
    file: wordsOf(await heardAsFile(samples)),
  };
}

/** The utterances that a live session tells, those without words among them. */
async function heardLive(samples: Float32Array) {
  const told: LiveServerMessage[] = [];
  const closed = Promise.withResolvers<string>();
  const client = new PacedClient({
    sessions,
    accountId: null,
    maxBehindSeconds: MAX_BEHIND_SECONDS,
    maxMessageBytes: 0,
    socket: { close: closed.resolve, bufferedBytes: 0, pause: () => {}, resume: () => {} },
    onMessage: (message) => told.push(message),
  });
  client.receive(0, async () => {
    await client.begin({
      sampleRateHz: SPEECH_RATE_HZ,
      language: LANGUAGE,
      vocabulary: [],
      prompt: '',
      pauseSeconds: LIVE_LIMITS.pauseSeconds.default,
    });
    await client.sound(floatToS16le(samples));
    await client.stop();
  });
  const closedAs = await closed.promise;
  client.closed();
  if (closedAs !== 'done') throw new Error(`expected the session to be done; got ${closedAs}`);
  return told.filter((message) => message.type === 'committed');
}

async function heardAsFile(samples: Float32Array): Promise<string> {
  const options = TranscribeOptions.parse({ language: LANGUAGE, vocabulary: terms });
  try {
    return (await pool.transcribe({ file: wavBytes(samples), options })).text;
  } catch (thrown) {
    // A file without any sound is refused, and nothing is made up.
    if (AppError.from(thrown).code === 'AUDIO_SILENT') return '';
    throw thrown;
  }
}

function table(rows: readonly Outcome[]): string {
  const head = [
    'nobody speaks',
    'minutes',
    'taken for speech, s/min',
    'words live',
    'words of drafts',
    'words of files',
  ];
  const cells = rows.map(({ name, openedSeconds, live, drafted, file }) => [
    name,
    String(flags.minutes),
    (openedSeconds / flags.minutes).toFixed(1),
    ...[live, drafted, file].map(({ length }) => String(length)),
  ]);
  return textTable([head, ...cells]);
}

function tellWords({ name, live, drafted, file }: Outcome): void {
  for (const [where, words] of Object.entries({ live, drafted, file })) {
    if (words.length > 0) console.log(`${name}, ${where}: ${words.join(' ')}`);
  }
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 1000) throw new InvalidArgumentError('expected 1 to 1000');
  return count;
}

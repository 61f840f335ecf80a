/**
 * Measures the recogniser and the reading of follow-ups, and writes what it finds into bench/RESULTS.md and bench/plots.
 *
 *   npm run bench -- [NAMES...] [--folder FOLDER] [--rounds N] [--minutes N] [--sessions N,...] [--dry]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { FIXTURE_FOLDER } from '../scripts/clip-folder.ts';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import type { Benchmark } from './benchmark.ts';
import { calendarPage } from './calendar-page.bench.ts';
import { joinSpoken, readHumanSpeech } from './clip-sets.ts';
import { followup } from './followup.bench.ts';
import { live } from './live.bench.ts';
import { liveChaos } from './live-chaos.bench.ts';
import { liveSoak } from './live-soak.bench.ts';
import { proposals } from './proposals.bench.ts';
import { queue } from './queue.bench.ts';
import { saveSection } from './results.ts';
import { service } from './service.bench.ts';
import { stages } from './stages.bench.ts';
import { utterances } from './utterances.bench.ts';
import { voiceDetection } from './voice-detection.bench.ts';

const BENCHMARKS: readonly Benchmark[] = [
  stages,
  utterances,
  voiceDetection,
  service,
  followup,
  live,
  liveSoak,
  liveChaos,
  queue,
  proposals,
  calendarPage,
];
const PLOTS = join(import.meta.dirname, 'plots');

interface Flags {
  readonly folder: string;
  readonly rounds: number;
  readonly minutes?: number;
  readonly sessions?: readonly number[];
  readonly dry?: boolean;
}

const command = new Command('bench')
  .addArgument(
    new Argument('[names...]', 'which to run; when none is given all but soak and chaos').choices(
      BENCHMARKS.map(({ name }) => name),
    ),
  )
  .option('--folder <folder>', 'clips with a transcripts.json to measure with', FIXTURE_FOLDER)
  .option('--rounds <count>', 'rounds of each figure', parseRounds, 5)
  .option('--minutes <count>', 'how long each live session, or the soak, lasts', parseMinutes)
  .option('--sessions <counts>', 'how many live sessions at once: 1,4,12', parseSessions)
  .option('--dry', 'print the results, leave RESULTS.md and the plots as they are')
  .parse();
const flags = command.opts<Flags>();

const { folder, rounds, minutes, sessions } = flags;
const clips = await readHumanSpeech([folder]);
const input = {
  clips,
  track: joinSpoken(clips),
  dataDirectory: join(PROJECT_DIRECTORY, '.cache', 'bench'),
  rounds,
  ...(minutes !== undefined && { minutes }),
  ...(sessions !== undefined && { sessions }),
};
const wanted = ({ name, isOnRequest = false }: Benchmark) =>
  command.args.length === 0 ? !isOnRequest : command.args.includes(name);
for (const benchmark of BENCHMARKS.filter(wanted)) {
  console.error(`measuring ${benchmark.name}`);
  const { title, markdown, plots } = await benchmark.run(input);
  console.log(`## ${title}\n\n${markdown}\n`);
  if (flags.dry) continue;
  mkdirSync(PLOTS, { recursive: true });
  for (const [file, svg] of Object.entries(plots)) writeFileSync(join(PLOTS, file), svg);
  const images = Object.keys(plots).map((file) => `![${title}: ${file.replace('.svg', '')}](plots/${file})`);
  const section = { name: benchmark.name, title, markdown: [markdown, ...images].join('\n\n') };
  saveSection(section, `npm run bench -- ${benchmark.name}`);
}

function parseRounds(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 100) throw new InvalidArgumentError('expected 1 to 100');
  return count;
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (!(minutes >= 0.2 && minutes <= 24 * 60)) throw new InvalidArgumentError('expected 0.2 to 1440');
  return minutes;
}

function parseSessions(text: string): readonly number[] {
  if (!/^\d{1,3}(,\d{1,3})*$/.test(text)) throw new InvalidArgumentError('expected numbers with commas between them');
  return text.split(',').map(Number);
}

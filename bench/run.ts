/**
 * Measures the recogniser and the reading of follow-ups, and writes what it finds into bench/RESULTS.md and bench/plots.
 *
 *   npm run bench -- [NAMES...] [--folder FOLDER] [--rounds N] [--dry]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { FIXTURE_FOLDER } from '../scripts/clip-folder.ts';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import type { Benchmark } from './benchmark.ts';
import { joinSpoken, readHumanSpeech } from './clip-sets.ts';
import { followup } from './followup.bench.ts';
import { saveSection } from './results.ts';
import { service } from './service.bench.ts';
import { stages } from './stages.bench.ts';
import { utterances } from './utterances.bench.ts';

const BENCHMARKS: readonly Benchmark[] = [stages, utterances, service, followup];
const PLOTS = join(import.meta.dirname, 'plots');

interface Flags {
  readonly folder: string;
  readonly rounds: number;
  readonly dry?: boolean;
}

const command = new Command('bench')
  .addArgument(
    new Argument('[names...]', 'which to run; all when none is given').choices(BENCHMARKS.map(({ name }) => name)),
  )
  .option('--folder <folder>', 'clips with a transcripts.json to measure with', FIXTURE_FOLDER)
  .option('--rounds <count>', 'rounds of each figure', parseRounds, 5)
  .option('--dry', 'print the results, leave RESULTS.md and the plots as they are')
  .parse();
const flags = command.opts<Flags>();

const track = joinSpoken(await readHumanSpeech([flags.folder]));
for (const benchmark of BENCHMARKS.filter(({ name }) => command.args.length === 0 || command.args.includes(name))) {
  console.error(`measuring ${benchmark.name}`);
  const dataDirectory = join(PROJECT_DIRECTORY, '.cache', 'bench');
  const { title, markdown, plots } = await benchmark.run({ track, dataDirectory, rounds: flags.rounds });
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

/**
 * Measures other recognisers beside our own, on the same clips in the same run, and writes the comparison into
 * bench/RESULTS.md.
 *
 *   npm run bench:peers -- [FOLDER...] [--systems WORDS] [--sets NAMES] [--budget-s SECONDS] [--dry]
 *
 * TALTID_BENCH_PYTHON is the Python that has faster-whisper (python3 when not set), TALTID_BENCH_EXPORT_PYTHON the one
 * that exports to ONNX (the same when not set). What a system needs and has not leaves it out, with the reason.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { FIXTURE_FOLDER } from '../../scripts/clip-folder.ts';
import { readClipSets } from '../clip-sets.ts';
import { saveSection } from '../results.ts';
import { compare } from './measure.ts';
import { comparisonReport } from './report.ts';
import { systems } from './systems.ts';

const INSTALL_TIMEOUT_MS = 600_000;

interface Flags {
  readonly systems?: string;
  readonly sets?: string;
  readonly budgetS: string;
  readonly dry?: boolean;
}

const command = new Command('bench:peers')
  .argument('[folders...]', 'folders of clips with a transcripts.json; the clips in test/fixtures when none is given')
  .option('--systems <words>', 'only systems whose name holds one of these words, between commas')
  .option('--sets <names>', 'only these sets, between commas: short, utterance, long')
  .option('--budget-s <seconds>', 'processing time of one system on one set', '180')
  .option('--dry', 'print the comparison, leave RESULTS.md as it is')
  .parse();
const flags = command.opts<Flags>();
const folders = command.args.length > 0 ? command.args : [FIXTURE_FOLDER];

installPeers();
const python = process.env.TALTID_BENCH_PYTHON || 'python3';
const exportPython = process.env.TALTID_BENCH_EXPORT_PYTHON || python;
const wanted = (list: string | undefined, name: string) =>
  list === undefined || list.split(',').some((word) => name.toLowerCase().includes(word.trim().toLowerCase()));

const sets = (await readClipSets(folders)).filter((set) => wanted(flags.sets, set.name));
const chosen = systems({ python, exportPython }).filter(({ name }) => wanted(flags.systems, name));
const comparison = await compare(chosen, sets, {
  budgetSeconds: Number(flags.budgetS),
  onProgress: (message) => console.error(message),
});
const markdown = comparisonReport(comparison, sets);
console.log(markdown);
if (!flags.dry) {
  saveSection({ name: 'peers', title: 'Beside other recognisers, same weights', markdown }, 'npm run bench:peers');
}

/** `npm ci` in this folder, unless what is installed is newer than the lock file. */
function installPeers(): void {
  const modified = (file: string) => statSync(join(import.meta.dirname, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified('node_modules/.package-lock.json') > modified('package-lock.json')) return;
  console.error('installing bench/peers');
  const installed = spawnSync('npm', ['ci'], {
    cwd: import.meta.dirname,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_TIMEOUT_MS,
  });
  if (installed.status !== 0) console.error('npm ci failed: the systems that need it are left out');
}

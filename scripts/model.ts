/**
 * Speech models: what is here, install, check, remove.
 *
 *   npm run model -- list | add NAME_OR_FOLDER [--from URL] | verify [NAME] | remove NAME
 *
 * Exit codes: 0 all fine, 1 something failed, 2 the command is not understood, 130 interrupted.
 */
import { statSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { loadConfig } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';
import { DEFAULT_HUB_URL } from '../src/speech/models/hub.ts';
import { installFromFolder, installFromHub, removeModel } from '../src/speech/models/installer.ts';
import {
  BUNDLED_DIRECTORY,
  type ModelLocations,
  presentModels,
  readManifest,
  resolveModel,
} from '../src/speech/models/registry.ts';
import { verifyModel } from '../src/speech/models/verify.ts';
import { InstallProgress, megabytes } from './install-progress.ts';
import { textTable } from './text-table.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

interface AddFlags {
  readonly from?: string;
  readonly name?: string;
  readonly acceptChanged: boolean;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function createProgram(): Command {
  const program = new Command('model').description('speech models: list, add, verify, remove').exitOverride();
  program.command('list').description('models that are here, and models known to install well').action(list);
  program
    .command('add')
    .description('install a model by its name on the hub, or from a folder')
    .argument('<name-or-folder>', 'such as KBLab/kb-whisper-small, or ./my-model')
    .option('--from <url>', `hub or mirror to download from (default: TALTID_MODEL_HUB, or ${DEFAULT_HUB_URL})`)
    .option('--name <name>', 'name for a model that comes from a folder')
    .option('--accept-changed', 'download again, and accept files that differ from those of the first time', false)
    .action(add);
  program
    .command('verify')
    .description('compare the files of a model, or of all, with their checksums')
    .argument('[name]')
    .action(verify);
  program.command('remove').description('remove an installed model').argument('<name>').action(remove);
  return program;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  const { code, message } = AppError.from(error);
  console.error(`model: ${code}: ${message}`);
  if (code === 'CANCELLED') return EXIT_INTERRUPTED;
  return code === 'CONFIG_INVALID' || code === 'REQUEST_INVALID' ? EXIT_USAGE : EXIT_FAILED;
}

function locations(): ModelLocations {
  return { bundledDirectory: BUNDLED_DIRECTORY, dataDirectory: loadConfig().dataDirectory };
}

function list(): void {
  const present = presentModels(locations());
  const rows = present.map(({ name, summary }) => {
    const origin = summary.bundled ? 'bundled' : 'installed';
    return [name, origin, megabytes(summary.sizeBytes), summary.licence, tongues(summary.languages)];
  });
  const names = new Set(present.map(({ name }) => name));
  for (const { name, parametersMillions, licence, languages } of readManifest(locations()).installable) {
    if (names.has(name)) continue;
    rows.push([name, 'can be added', `${parametersMillions} M parameters`, licence, tongues(languages)]);
  }
  console.log(textTable(rows));
}

function tongues(languages: readonly string[] | undefined): string {
  return languages === undefined || languages.length > 5 ? 'multilingual' : languages.join(' ');
}

async function add(nameOrFolder: string, flags: AddFlags): Promise<void> {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort()).once('SIGTERM', () => interruption.abort());
  const progress = new InstallProgress(process.stderr);
  const options = {
    calibrate,
    signal: interruption.signal,
    onEvent: progress.show.bind(progress),
  };
  try {
    const isFolder = statSync(nameOrFolder, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const model = isFolder
      ? await installFromFolder(locations(), {
          ...options,
          folder: nameOrFolder,
          ...(flags.name !== undefined && { name: flags.name }),
        })
      : await installFromHub(locations(), {
          ...options,
          name: nameOrFolder,
          hubUrl: flags.from ?? loadConfig().modelHubUrl ?? DEFAULT_HUB_URL,
          acceptChanged: flags.acceptChanged,
        });
    progress.stop();
    console.log(`${model.name} is installed, from ${model.source}`);
  } finally {
    progress.stop();
  }
}

async function calibrate(folder: string): Promise<void> {
  // loaded here, since the recogniser's runtime takes a moment that the other commands need not wait for
  const { calibrateFolder } = await import('../src/speech/models/calibrate-folder.ts');
  await calibrateFolder(folder);
}

async function verify(name: string | undefined): Promise<void> {
  const present = name === undefined ? presentModels(locations()) : [resolveModel(locations(), name)];
  for (const model of present) {
    try {
      await verifyModel(model);
      console.log(`${model.name}: as registered`);
    } catch (error) {
      process.exitCode = exitCodeOf(error);
    }
  }
}

async function remove(name: string): Promise<void> {
  await removeModel(locations(), name);
  console.log(`${name} is removed`);
}

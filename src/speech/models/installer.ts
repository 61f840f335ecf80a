import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError, type ErrorCode } from '../../contracts/errors.ts';
import { type InstalledModel, type ModelFiles, ModelName } from '../../contracts/model.ts';
import { CALIBRATION_FILE } from './calibration-file.ts';
import { convertModel } from './convert-model.ts';
import { DOWNLOAD_LIMITS, type DownloadLimits } from './download.ts';
import { type DownloadEvent, downloadModel } from './hub-source.ts';
import { withInstallLock } from './install-lock.ts';
import { hashFolder } from './model-files.ts';
import { readWhisperConfig } from './read-whisper-config.ts';
import { installedDirectory, type ModelLocations, readInstalled, readManifest, writeInstalled } from './registry.ts';

/** What came is wrong, and would be wrong again; all else that ends a download leaves something to go on with. */
const REFUSALS: readonly ErrorCode[] = ['MODEL_INVALID', 'MODEL_TRUNCATED', 'MODEL_UNSUPPORTED', 'MODEL_CHECKSUM'];

export type InstallEvent = DownloadEvent | { readonly kind: 'step'; readonly step: 'converting' | 'calibrating' };

export interface InstallOptions {
  /** Measures the outlier split of the model in a folder and leaves its file there. */
  readonly calibrate: (folder: string) => Promise<void>;
  readonly onEvent?: (event: InstallEvent) => void;
  readonly signal?: AbortSignal;
  readonly limits?: DownloadLimits;
}

export interface HubInstall extends InstallOptions {
  readonly name: string;
  /** Base address of a hub, or a mirror of one, in Hugging Face's layout. */
  readonly hubUrl: string;
  /** Accept files that differ from what came under this name before. */
  readonly acceptChanged?: boolean;
}

export interface FolderInstall extends InstallOptions {
  readonly folder: string;
  /** The folder's own name when absent. */
  readonly name?: string;
}

/**
 * Installs a model from a hub. What an interrupted install left is gone on with; the model is seen by others only
 * when it is complete. One that is installed already is left as it is. The files are remembered by their SHA-256:
 * should the model be installed again, they must be the same.
 *
 * Converting blocks this thread for seconds to minutes: not for the server's own process.
 *
 * @throws AppError MODEL_PROTECTED, REQUEST_INVALID (the name), and what `downloadModel` and `convertModel` throw.
 */
export async function installFromHub(locations: ModelLocations, install: HubInstall): Promise<InstalledModel> {
  const name = checkName(locations, install.name);
  return withInstallLock(installedDirectory(locations), async () => {
    const { models, pins } = readInstalled(locations);
    const installed = models.find((model) => model.name === name);
    if (installed !== undefined && !install.acceptChanged) return installed;
    const workspace = join(installedDirectory(locations), '.partial', folderName(name));
    const download = join(workspace, 'download');
    try {
      const files = await downloadModel({
        hubUrl: install.hubUrl,
        name,
        folder: download,
        pins: install.acceptChanged ? {} : (pins[name] ?? {}),
        limits: install.limits ?? DOWNLOAD_LIMITS,
        signal: install.signal ?? new AbortController().signal,
        onEvent: (event) => install.onEvent?.(event),
      });
      const source = `${install.hubUrl.replace(/\/+$/, '')}/${name}`;
      return await takeIn(locations, { name, from: download, workspace, source, pins: files, options: install });
    } catch (error) {
      if (error instanceof AppError && REFUSALS.includes(error.code))
        await rm(workspace, { recursive: true, force: true });
      throw error;
    }
  });
}

/**
 * Installs a model from a folder in Hugging Face or CTranslate2 layout, or in our own form; the folder is only read.
 * A model of the same name is replaced. Blocks this thread as `installFromHub` does.
 *
 * @throws AppError MODEL_PROTECTED, REQUEST_INVALID (the name), and what `convertModel` throws.
 */
export async function installFromFolder(locations: ModelLocations, install: FolderInstall): Promise<InstalledModel> {
  const source = resolve(install.folder);
  const name = checkName(locations, install.name ?? basename(source));
  return withInstallLock(installedDirectory(locations), async () => {
    const workspace = join(installedDirectory(locations), '.partial', `${folderName(name)}@folder`);
    try {
      return await takeIn(locations, { name, from: source, workspace, source, pins: undefined, options: install });
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  });
}

/**
 * Removes an installed model; its files' checksums are kept for the day it is installed again.
 * @throws AppError MODEL_PROTECTED for a bundled model, MODEL_NOT_FOUND when there is no such model.
 */
export async function removeModel(locations: ModelLocations, name: string): Promise<void> {
  refuseBundled(locations, name);
  await withInstallLock(installedDirectory(locations), async () => {
    const installed = readInstalled(locations);
    const model = installed.models.find((candidate) => candidate.name === name);
    if (model === undefined) {
      const names = installed.models.map((candidate) => candidate.name).join(', ');
      throw new AppError('MODEL_NOT_FOUND', 'No such model is installed', { expected: names || 'none', got: name });
    }
    await writeInstalled(locations, { ...installed, models: installed.models.filter((other) => other !== model) });
    await rm(join(installedDirectory(locations), model.folder), { recursive: true, force: true });
  });
}

interface Arrival {
  readonly name: string;
  /** Folder that holds the model as it came. */
  readonly from: string;
  readonly workspace: string;
  readonly source: string;
  readonly pins: ModelFiles | undefined;
  readonly options: InstallOptions;
}

/** Converts, calibrates, moves into place, and registers: only the last of these makes the model visible. */
async function takeIn(locations: ModelLocations, arrival: Arrival): Promise<InstalledModel> {
  const { name, from, workspace, source, options } = arrival;
  const converted = join(workspace, 'converted');
  await rm(converted, { recursive: true, force: true });
  await mkdir(converted, { recursive: true });
  options.onEvent?.({ kind: 'step', step: 'converting' });
  convertModel(from, converted, { form: 'eight-bit' });
  await calibrated(from, converted, options);

  const files = await hashFolder(converted);
  const known = readManifest(locations).installable.find((model) => model.name === name);
  const model: InstalledModel = {
    name,
    licence: known?.licence ?? 'unknown',
    languages: known?.languages ?? [...readWhisperConfig(converted).tokens.languages.keys()],
    // a folder of its own for each content: a model in use is never overwritten
    folder: `${folderName(name)}@${digest(files)}`,
    source,
    installedUnixSeconds: Math.floor(Date.now() / 1000),
    files,
  };
  await register(locations, model, converted, arrival.pins);
  await rm(workspace, { recursive: true, force: true });
  return model;
}

async function calibrated(from: string, converted: string, { calibrate, onEvent }: InstallOptions): Promise<void> {
  const brought = join(from, CALIBRATION_FILE);
  if (existsSync(brought)) {
    await copyFile(brought, join(converted, CALIBRATION_FILE));
    return;
  }
  onEvent?.({ kind: 'step', step: 'calibrating' });
  await calibrate(converted);
}

async function register(
  locations: ModelLocations,
  model: InstalledModel,
  converted: string,
  pins: ModelFiles | undefined,
): Promise<void> {
  const installed = readInstalled(locations);
  const previous = installed.models.find((other) => other.name === model.name);
  if (previous?.folder !== model.folder) {
    const target = join(installedDirectory(locations), model.folder);
    await rm(target, { recursive: true, force: true });
    await rename(converted, target);
  }
  await writeInstalled(locations, {
    models: [...installed.models.filter((other) => other !== previous), model],
    pins: pins === undefined ? installed.pins : { ...installed.pins, [model.name]: pins },
  });
  if (previous !== undefined && previous.folder !== model.folder) {
    await rm(join(installedDirectory(locations), previous.folder), { recursive: true, force: true });
  }
}

function checkName(locations: ModelLocations, name: string): string {
  const parsed = ModelName.safeParse(name);
  if (!parsed.success) {
    throw new AppError('REQUEST_INVALID', 'This is no name of a model', {
      expected: parsed.error.issues[0]!.message,
      got: JSON.stringify(name.slice(0, 200)),
    });
  }
  refuseBundled(locations, parsed.data);
  return parsed.data;
}

function refuseBundled(locations: ModelLocations, name: string): void {
  if (readManifest(locations).bundled.some((model) => model.name === name)) {
    throw new AppError('MODEL_PROTECTED', `${name} comes with the product and is neither replaced nor removed`);
  }
}

function digest(files: ModelFiles): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
}

/** Distinct for distinct names: a name holds no `--`. */
function folderName(name: string): string {
  return name.replace('/', '--');
}

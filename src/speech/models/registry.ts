import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contracts/errors.ts';
import {
  type BundledModel,
  type InstalledModel,
  InstalledModels,
  type ModelFiles,
  ModelManifest,
} from '../../contracts/model.ts';
import type { ModelSummary } from '../../contracts/transcriber.ts';
import { readJsonFile } from './json-file.ts';
import { totalBytes, writeJsonAtomically } from './model-files.ts';

/** The project's own folder of bundled models, beside the code. */
export const BUNDLED_DIRECTORY = join(import.meta.dirname, '../../../models');

const MANIFEST_FILE = 'manifest.json';
const INSTALLED_FILE = 'installed.json';

export interface ModelLocations {
  /** Folder of manifest.json and the bundled models. */
  readonly bundledDirectory: string;
  /** The product's data directory; installed models live in its folder `models`. */
  readonly dataDirectory: string;
}

/** A model that is ready for use, with what its files must be. */
export interface PresentModel {
  readonly name: string;
  readonly folder: string;
  readonly summary: ModelSummary;
  readonly files: ModelFiles;
}

export function installedDirectory({ dataDirectory }: ModelLocations): string {
  return join(dataDirectory, 'models');
}

/** @throws AppError MODEL_NOT_FOUND, MODEL_INVALID. */
export function readManifest({ bundledDirectory }: Pick<ModelLocations, 'bundledDirectory'>): ModelManifest {
  return readJsonFile(join(bundledDirectory, MANIFEST_FILE), ModelManifest);
}

export async function writeManifest(
  { bundledDirectory }: Pick<ModelLocations, 'bundledDirectory'>,
  manifest: ModelManifest,
): Promise<void> {
  await writeJsonAtomically(join(bundledDirectory, MANIFEST_FILE), manifest);
}

/** The register of installed models; empty before the first install. @throws AppError MODEL_INVALID. */
export function readInstalled(locations: ModelLocations): InstalledModels {
  const path = join(installedDirectory(locations), INSTALLED_FILE);
  return existsSync(path) ? readJsonFile(path, InstalledModels) : { models: [], pins: {} };
}

export async function writeInstalled(locations: ModelLocations, installed: InstalledModels): Promise<void> {
  await mkdir(installedDirectory(locations), { recursive: true });
  await writeJsonAtomically(join(installedDirectory(locations), INSTALLED_FILE), installed);
}

/** Every model that can be used now: the bundled ones, then the installed ones in the order of their names. */
export function presentModels(locations: ModelLocations): readonly PresentModel[] {
  const bundled = readManifest(locations).bundled.map((model) => presentBundled(locations, model));
  const installed = readInstalled(locations).models.map((model) => presentInstalled(locations, model));
  return [...bundled, ...installed.sort((one, other) => (one.name < other.name ? -1 : 1))];
}

export function listModels(locations: ModelLocations): readonly ModelSummary[] {
  return presentModels(locations).map(({ summary }) => summary);
}

/**
 * The model of a name, or the manifest's default one.
 * @throws AppError MODEL_NOT_FOUND for a name that is not here, with the names that are.
 */
export function resolveModel(locations: ModelLocations, name?: string): PresentModel {
  const wanted = name ?? readManifest(locations).default;
  const present = presentModels(locations);
  const found = present.find((model) => model.name === wanted);
  if (found === undefined) {
    const known = readManifest(locations).installable.some((model) => model.name === wanted);
    throw new AppError('MODEL_NOT_FOUND', known ? 'The model is not installed yet' : 'There is no such model', {
      expected: present.map((model) => model.name).join(', '),
      got: wanted,
    });
  }
  if (!existsSync(found.folder)) {
    throw new AppError('MODEL_NOT_FOUND', `The files of the model ${wanted} are gone`, { expected: found.folder });
  }
  return found;
}

function presentBundled({ bundledDirectory }: ModelLocations, model: BundledModel): PresentModel {
  const { mtimeMs } = statSync(join(bundledDirectory, MANIFEST_FILE));
  return present(model, join(bundledDirectory, model.name), Math.floor(mtimeMs / 1000), true);
}

function presentInstalled(locations: ModelLocations, model: InstalledModel): PresentModel {
  return present(model, join(installedDirectory(locations), model.folder), model.installedUnixSeconds, false);
}

function present(
  { name, languages, licence, files }: BundledModel | InstalledModel,
  folder: string,
  createdUnixSeconds: number,
  bundled: boolean,
): PresentModel {
  const summary = { name, languages, licence, sizeBytes: totalBytes(files), bundled, createdUnixSeconds };
  return { name, folder, files, summary };
}

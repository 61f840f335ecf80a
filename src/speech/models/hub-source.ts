import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import type { ModelFiles } from '../../contracts/model.ts';
import { checkFreeSpace, type DownloadLimits, downloadFile, type ResumePoint } from './download.ts';
import { hubFileUrl } from './hub.ts';
import { readHuggingFaceConfig } from './huggingface-config.ts';
import { readJsonFile } from './json-file.ts';
import { fileBytes, hashFile, writeJsonAtomically } from './model-files.ts';
import { INDEX_FILE, readShards, SINGLE_FILE } from './safetensors-source.ts';

const TEXT_LIMIT_BYTES = 64 * 1024 * 1024;
const WEIGHTS_LIMIT_BYTES = 64 * 1024 ** 3;
/** The 8-bit form of 16-bit weights takes half their size, beside them, and a little more. */
const WEIGHTS_SPACE_FACTOR = 1.6;
const RESUME_FILE = '.resume.json';

const ResumePoints = z.record(
  z.string(),
  z.object({ validator: z.string().optional(), sha256: z.string().optional() }),
);

export type DownloadEvent =
  | {
      readonly kind: 'progress';
      readonly file: string;
      readonly doneBytes: number;
      readonly totalBytes: number | undefined;
    }
  | { readonly kind: 'retry'; readonly file: string; readonly reason: string; readonly delayMs: number }
  | { readonly kind: 'checked'; readonly file: string; readonly sha256: string; readonly sizeBytes: number };

export interface HubDownload {
  readonly hubUrl: string;
  readonly name: string;
  /** Folder of the download; what an earlier try left there is gone on with. */
  readonly folder: string;
  /** What the files were when they first came; empty for a model that is new here. */
  readonly pins: ModelFiles;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DownloadEvent) => void;
}

/**
 * Downloads a model's files in Hugging Face layout, the small ones first, so that a foreign model is refused before
 * its weights are fetched.
 *
 * @returns what came, by file name.
 * @throws AppError MODEL_NOT_FOUND, MODEL_DOWNLOAD, MODEL_CHECKSUM, MODEL_INVALID, MODEL_UNSUPPORTED, CANCELLED.
 */
export async function downloadModel(download: HubDownload): Promise<ModelFiles> {
  await mkdir(download.folder, { recursive: true });
  const resumePoints = await readResumePoints(download.folder);
  const files: ModelFiles = {};

  const fetchFile = async (file: string, limitBytes: number, spaceFactor: number): Promise<void> => {
    const path = join(download.folder, file);
    const { sha256: promised } = await downloadFile({
      url: hubFileUrl(download.hubUrl, download.name, file),
      path,
      resume: resumePoints[file] ?? {},
      limitBytes,
      spaceFactor,
      limits: download.limits,
      signal: download.signal,
      onVersion: async (resume) => {
        resumePoints[file] = resume;
        await writeJsonAtomically(join(download.folder, RESUME_FILE), resumePoints);
      },
      onProgress: (doneBytes, totalBytes) => download.onEvent({ kind: 'progress', file, doneBytes, totalBytes }),
      onRetry: (reason, delayMs) => download.onEvent({ kind: 'retry', file, reason, delayMs }),
    });
    const got = await hashFile(path);
    checkSum(file, 'the hub promised', promised, got.sha256);
    checkSum(file, 'it was when it first came', download.pins[file]?.sha256, got.sha256);
    files[file] = got;
    download.onEvent({ kind: 'checked', file, ...got });
  };
  const fetchText = (file: string) => fetchFile(file, TEXT_LIMIT_BYTES, 1);
  const fetchWeights = (file: string) => fetchFile(file, WEIGHTS_LIMIT_BYTES, WEIGHTS_SPACE_FACTOR);

  /** False when the server has no such file; then none is here either, whatever an earlier try brought. */
  const fetchIfPresent = async (fetch: typeof fetchText, file: string): Promise<boolean> => {
    try {
      await fetch(file);
      return true;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'MODEL_NOT_FOUND')) throw error;
      await rm(join(download.folder, file), { force: true });
      return false;
    }
  };

  await fetchText('config.json');
  await fetchText('tokenizer.json');
  await fetchIfPresent(fetchText, 'generation_config.json');
  readHuggingFaceConfig(download.folder);
  if (await fetchIfPresent(fetchWeights, SINGLE_FILE)) return files;
  if (!(await fetchIfPresent(fetchText, INDEX_FILE))) {
    throw new AppError('MODEL_UNSUPPORTED', `${download.name} has no weights in the safetensors format`, {
      expected: `${SINGLE_FILE} or ${INDEX_FILE}`,
    });
  }
  const { fileOf, totalBytes } = readShards(download.folder);
  const shards = [...new Set(fileOf.values())].sort();
  const haveBytes = await Promise.all(shards.map((shard) => fileBytes(join(download.folder, shard))));
  const missingBytes = haveBytes.reduce((missing, have) => missing - have, totalBytes * WEIGHTS_SPACE_FACTOR);
  await checkFreeSpace(download.folder, missingBytes);
  for (const shard of shards) await fetchWeights(shard);
  return files;
}

function checkSum(file: string, origin: string, expected: string | undefined, got: string): void {
  if (expected === undefined || expected === got) return;
  throw new AppError('MODEL_CHECKSUM', `${file} is not what ${origin}`, { expected: `SHA-256 ${expected}`, got });
}

async function readResumePoints(folder: string): Promise<Record<string, ResumePoint>> {
  const path = join(folder, RESUME_FILE);
  if (!existsSync(path)) return {};
  try {
    return readJsonFile(path, ResumePoints);
  } catch {
    // without it nothing can be gone on with
    await rm(path);
    return {};
  }
}

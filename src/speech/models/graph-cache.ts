import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CALIBRATION_FILE, Calibration } from './calibration-file.ts';
import { writeAlignmentGraph } from './graphs/alignment-graph.ts';
import { type DecoderGraphOptions, writeDecoderGraph } from './graphs/decoder-graph.ts';
import { writeEncoderGraph } from './graphs/encoder-graph.ts';
import { openWeights } from './open-weights.ts';
import { readWhisperConfig } from './read-whisper-config.ts';

/** Goes up whenever the same weights and options would give other graphs. */
const BUILDER_VERSION = 6;
const KEY = /^[0-9a-f]{16}$/;
const BUILDING = '.building-';
const LEFT_OVER_AFTER_MS = 3_600_000;
/** Likeliest tokens that the decoder tells a row: enough for ten beams and a scorer to choose from. */
const CANDIDATES = 20;

/** `shipped` is 8-bit where that costs no accuracy; `float32` is the baseline that it is measured against. */
export type GraphPrecision = 'shipped' | 'float32';

const DECODER_OPTIONS: Record<GraphPrecision, DecoderGraphOptions> = {
  shipped: { precision: 'int8', candidates: CANDIDATES },
  float32: { precision: 'float32', candidates: CANDIDATES },
};

export interface GraphPaths {
  readonly encoderPath: string;
  readonly decoderPath: string;
  readonly alignmentPath: string;
}

/** The graphs of a model, if they are in the cache already. */
export async function findGraphs(
  modelFolder: string,
  cacheFolder: string,
  precision: GraphPrecision = 'shipped',
): Promise<GraphPaths | undefined> {
  const folder = join(cacheFolder, `${namePrefix(modelFolder, precision)}${await graphKey(modelFolder, precision)}`);
  return existsSync(folder) ? graphPaths(folder) : undefined;
}

/**
 * The graphs of a model, built on first use and kept in `cacheFolder`. A build happens in a folder of its own that is
 * renamed into place, so that a reader never sees half a graph and two builders do no harm. Graphs of the same model
 * made from other weights or by another builder are removed.
 */
export async function ensureGraphs(
  modelFolder: string,
  cacheFolder: string,
  precision: GraphPrecision = 'shipped',
): Promise<GraphPaths> {
  const prefix = namePrefix(modelFolder, precision);
  const name = `${prefix}${await graphKey(modelFolder, precision)}`;
  const folder = join(cacheFolder, name);
  if (!existsSync(folder)) {
    mkdirSync(cacheFolder, { recursive: true });
    const building = join(cacheFolder, `${BUILDING}${randomUUID()}`);
    mkdirSync(building);
    try {
      buildGraphs(modelFolder, building, precision);
      moveIntoPlace(building, folder);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
    removeStale(cacheFolder, prefix, name);
  }
  return graphPaths(folder);
}

/** Graphs of the same model under another key, and what a build that was cut short left behind. */
function removeStale(cacheFolder: string, prefix: string, current: string): void {
  for (const other of readdirSync(cacheFolder)) {
    const path = join(cacheFolder, other);
    const isOlder = other.startsWith(prefix) && KEY.test(other.slice(prefix.length)) && other !== current;
    const isLeftOver = other.startsWith(BUILDING) && Date.now() - statSync(path).mtimeMs > LEFT_OVER_AFTER_MS;
    if (isOlder || isLeftOver) rmSync(path, { recursive: true, force: true });
  }
}

function namePrefix(modelFolder: string, precision: GraphPrecision): string {
  return `${basename(modelFolder)}-${precision}-`;
}

function graphPaths(folder: string): GraphPaths {
  return {
    encoderPath: join(folder, 'encoder.onnx'),
    decoderPath: join(folder, 'decoder.onnx'),
    alignmentPath: join(folder, 'alignment.onnx'),
  };
}

function buildGraphs(modelFolder: string, folder: string, precision: GraphPrecision): void {
  const config = readWhisperConfig(modelFolder);
  const weights = openWeights(modelFolder);
  const paths = graphPaths(folder);
  try {
    const calibration = readCalibration(modelFolder);
    writeEncoderGraph(paths.encoderPath, weights, config, {
      precision: precision === 'shipped' ? 'int8' : 'float32',
      ...(calibration ? { calibration } : {}),
    });
    writeDecoderGraph(paths.decoderPath, weights, config, DECODER_OPTIONS[precision]);
    writeAlignmentGraph(paths.alignmentPath, config);
  } finally {
    weights.close();
  }
}

function readCalibration(modelFolder: string): Calibration | undefined {
  const path = join(modelFolder, CALIBRATION_FILE);
  return existsSync(path) ? Calibration.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** Another process may have put the same graphs there meanwhile: then those stay. */
function moveIntoPlace(building: string, folder: string): void {
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Hash of everything that the graphs are made from. */
async function graphKey(modelFolder: string, precision: GraphPrecision): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ version: BUILDER_VERSION, precision, decoder: DECODER_OPTIONS[precision] }));
  const isIngredient = (file: string) =>
    file === CALIBRATION_FILE || /^(generation_)?config\.json$|\.safetensors$|\.bin$/.test(file);
  for (const file of readdirSync(modelFolder).filter(isIngredient).sort()) {
    hash.update(`${file}\n`);
    await pipeline(createReadStream(join(modelFolder, file)), hash, { end: false });
  }
  return hash.digest('hex').slice(0, 16);
}

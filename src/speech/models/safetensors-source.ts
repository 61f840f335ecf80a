import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import { readJsonFile } from './json-file.ts';
import { SafetensorsFile } from './safetensors.ts';
import { decodeFloats, sameShape } from './tensor.ts';
import type { TensorSource } from './weight-store.ts';

export const SINGLE_FILE = 'model.safetensors';
export const INDEX_FILE = 'model.safetensors.index.json';
/** Suffix of the tensor that holds the row scales of a tensor of type I8. */
export const SCALE_SUFFIX = '.scale';

/** Shards lie beside their index: a name with a path in it would reach out of the model's folder. */
const ShardName = z.string().regex(/^[\w-][\w.-]*\.safetensors$/, 'a plain file name that ends in .safetensors');
const ShardIndex = z.object({
  metadata: z.object({ total_size: z.number().nonnegative().optional() }).optional(),
  weight_map: z.record(z.string(), ShardName).refine((map) => Object.keys(map).length > 0, 'an index of no tensors'),
});

/** What an index says: in which file each tensor is, and how many bytes they are together. */
export interface Shards {
  readonly fileOf: ReadonlyMap<string, string>;
  /** 0 when the index does not say. */
  readonly totalBytes: number;
}

/** @throws AppError MODEL_INVALID when the folder's index is none, or names a file outside the model's folder. */
export function readShards(folder: string): Shards {
  const { metadata, weight_map } = readJsonFile(join(folder, INDEX_FILE), ShardIndex);
  return { fileOf: new Map(Object.entries(weight_map)), totalBytes: metadata?.total_size ?? 0 };
}

/**
 * The tensors of a Hugging Face folder: `model.safetensors`, or shards with an index. A tensor of type I8 is one of
 * our own and brings its row scales in a tensor `NAME.scale`.
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED.
 */
export function safetensorsSource(folder: string): TensorSource {
  const placement = new Map<string, SafetensorsFile>();
  const files: SafetensorsFile[] = [];
  const close = () => {
    for (const file of files) file.close();
  };
  try {
    if (existsSync(join(folder, SINGLE_FILE)) || !existsSync(join(folder, INDEX_FILE))) {
      const file = new SafetensorsFile(join(folder, SINGLE_FILE));
      files.push(file);
      for (const name of file.names()) placement.set(name, file);
    } else {
      openShards(folder, files, placement);
    }
    checkScales(placement);
  } catch (error) {
    close();
    throw error;
  }
  const names = [...placement.keys()].filter((name) => !isScale(name, placement));
  return {
    names: () => names,
    info: (name) => placement.get(name)?.info(name),
    read: (name) => placement.get(name)!.read(name),
    scales: (name) => readScales(name, placement),
    close,
  };
}

function openShards(folder: string, files: SafetensorsFile[], placement: Map<string, SafetensorsFile>): void {
  const byName = new Map<string, SafetensorsFile>();
  for (const [tensor, shard] of readShards(folder).fileOf) {
    let opened = byName.get(shard);
    if (opened === undefined) {
      opened = new SafetensorsFile(join(folder, shard));
      byName.set(shard, opened);
      files.push(opened);
    }
    if (opened.info(tensor) === undefined) {
      throw new AppError('MODEL_INVALID', `${shard} does not hold what ${INDEX_FILE} says`, {
        expected: `a tensor ${tensor}`,
      });
    }
    placement.set(tensor, opened);
  }
}

function isScale(name: string, placement: ReadonlyMap<string, SafetensorsFile>): boolean {
  if (!name.endsWith(SCALE_SUFFIX)) return false;
  const quantised = name.slice(0, -SCALE_SUFFIX.length);
  return placement.get(quantised)?.info(quantised)?.type === 'I8';
}

function checkScales(placement: ReadonlyMap<string, SafetensorsFile>): void {
  for (const [name, file] of placement) {
    const { type, shape } = file.info(name)!;
    if (type !== 'I8') continue;
    const scaleName = name + SCALE_SUFFIX;
    const scale = placement.get(scaleName)?.info(scaleName);
    if (scale?.type !== 'F32' || !sameShape(scale.shape, shape.slice(0, 1))) {
      throw new AppError('MODEL_INVALID', `The 8-bit tensor ${name} has no scale for each row`, {
        expected: `${scaleName} as F32 [${shape[0]}]`,
        got: scale === undefined ? 'no such tensor' : `${scale.type} [${scale.shape.join(', ')}]`,
      });
    }
  }
}

function readScales(name: string, placement: ReadonlyMap<string, SafetensorsFile>): Float32Array {
  const scaleName = name + SCALE_SUFFIX;
  return decodeFloats(placement.get(scaleName)!.read(scaleName), 'F32');
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedTensors, isQuantised } from './expected-tensors.ts';
import { type TensorToWrite, writeSafetensors } from './safetensors.ts';
import { INDEX_FILE, SCALE_SUFFIX, SINGLE_FILE } from './safetensors-source.ts';
import { bytesOf, encodeFloats, type FloatType } from './tensor.ts';
import type { StoredWeights } from './weight-store.ts';
import type { WhisperDimensions } from './whisper-config.ts';

/**
 * Writes a Whisper in our own form, `model.safetensors` in `folder`: matrices and convolutions as 8-bit rows with
 * `NAME.scale`, everything else in the type that it came in.
 */
export function writeEightBit(folder: string, weights: StoredWeights, dimensions: WhisperDimensions): void {
  const tensors: TensorToWrite[] = [];
  for (const [name, shape] of expectedTensors(dimensions)) {
    if (isQuantised(name, shape)) {
      const scales = { name: name + SCALE_SUFFIX, type: 'F32', shape: shape.slice(0, 1) } as const;
      tensors.push({ name, type: 'I8', shape, bytes: () => bytesOf(weights.quantisedRows(name).values) });
      tensors.push({ ...scales, bytes: () => bytesOf(weights.quantisedRows(name).scales) });
    } else {
      tensors.push({ name, type: weights.info(name).type, shape, bytes: () => weights.bytes(name) });
    }
  }
  writeSafetensors(join(folder, SINGLE_FILE), tensors);
}

/**
 * Writes a Whisper's weights in the Hugging Face layout, all of one type: one file, or `shards` of them with an
 * index. What is stored in that type already keeps its bits.
 */
export function writeHuggingFace(
  folder: string,
  weights: StoredWeights,
  { dimensions, type, shards = 1 }: { dimensions: WhisperDimensions; type: FloatType; shards?: number },
): void {
  const tensors = [...expectedTensors(dimensions)].map(([name, shape]): TensorToWrite => {
    const bytes = () =>
      weights.info(name).type === type ? weights.bytes(name) : encodeFloats(weights.floats(name), type);
    return { name, type, shape, bytes };
  });
  if (shards === 1) {
    writeSafetensors(join(folder, SINGLE_FILE), tensors);
    return;
  }
  const shardSize = Math.ceil(tensors.length / shards);
  const total = String(shards).padStart(5, '0');
  const placement: Record<string, string> = {};
  for (let shard = 0; shard < shards; shard++) {
    const file = `model-${String(shard + 1).padStart(5, '0')}-of-${total}.safetensors`;
    const held = tensors.slice(shard * shardSize, (shard + 1) * shardSize);
    writeSafetensors(join(folder, file), held);
    for (const { name } of held) placement[name] = file;
  }
  writeFileSync(join(folder, INDEX_FILE), `${JSON.stringify({ metadata: {}, weight_map: placement }, null, 2)}\n`);
}

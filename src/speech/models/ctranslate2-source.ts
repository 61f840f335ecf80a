import { join } from 'node:path';
import { AppError } from '../../contracts/errors.ts';
import { CTranslate2File, isTensorType } from './ctranslate2.ts';
import { decodeFloats, type TensorInfo } from './tensor.ts';
import type { TensorSource } from './weight-store.ts';

export const CTRANSLATE2_FILE = 'model.bin';

/** A range of rows of a CTranslate2 variable that is one tensor of the Hugging Face layout. */
interface RowRange {
  readonly variable: string;
  readonly firstRow: number;
  readonly shape: readonly number[];
}

/**
 * The tensors of a CTranslate2 folder by their Hugging Face names; fused attention matrices are taken apart.
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED.
 */
export function ctranslate2Source(folder: string): TensorSource {
  const file = new CTranslate2File(join(folder, CTRANSLATE2_FILE));
  try {
    const ranges = mapNames(file);
    return {
      names: () => [...ranges.keys()],
      info: (name) => {
        const range = ranges.get(name);
        return range && tensorInfo(file, range);
      },
      read: (name) => {
        const { variable, firstRow, shape } = ranges.get(name)!;
        return file.readRows(variable, firstRow, shape[0]!);
      },
      scales: (name) => readScales(file, ranges.get(name)!),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function tensorInfo(file: CTranslate2File, { variable, shape }: RowRange): TensorInfo {
  const { type } = file.variables.get(variable)!;
  if (!isTensorType(type)) {
    throw new AppError('MODEL_UNSUPPORTED', `The variable ${variable} has an element type that is not supported`, {
      expected: 'float32, float16, bfloat16 or int8',
      got: type,
    });
  }
  if (type === 'I8' && !file.variables.has(`${variable}_scale`)) {
    throw new AppError('MODEL_INVALID', `The 8-bit variable ${variable} has no scales`, {
      expected: `${variable}_scale`,
    });
  }
  return { type, shape };
}

/** CTranslate2 keeps the factor that made the integers; the factor that undoes it is its inverse. */
function readScales(file: CTranslate2File, { variable, firstRow, shape }: RowRange): Float32Array {
  const bytes = file.readRows(`${variable}_scale`, firstRow, shape[0]!);
  return decodeFloats(bytes, 'F32').map((factor) => 1 / factor);
}

/** CTranslate2's modules, and the Hugging Face modules that each stacks along its first dimension. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  conv1: ['conv1'],
  conv2: ['conv2'],
  layer_norm: ['layer_norm'],
  embeddings: ['embed_tokens'],
  position_encodings: ['embed_positions'],
  'self_attention/layer_norm': ['self_attn_layer_norm'],
  'self_attention/linear_0': ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  'self_attention/linear_1': ['self_attn.out_proj'],
  'attention/layer_norm': ['encoder_attn_layer_norm'],
  'attention/linear_0': ['encoder_attn.q_proj'],
  'attention/linear_1': ['encoder_attn.k_proj', 'encoder_attn.v_proj'],
  'attention/linear_2': ['encoder_attn.out_proj'],
  'ffn/layer_norm': ['final_layer_norm'],
  'ffn/linear_0': ['fc1'],
  'ffn/linear_1': ['fc2'],
};
const KINDS: Readonly<Record<string, string>> = {
  weight: 'weight',
  bias: 'bias',
  gamma: 'weight',
  beta: 'bias',
  encodings: 'weight',
};
const VARIABLE_NAME = /^(?<half>encoder|decoder)\/(?:layer_(?<layer>\d+)\/)?(?<module>[\w/]+)\/(?<kind>[a-z]+)$/;

function mapNames(file: CTranslate2File): Map<string, RowRange> {
  const ranges = new Map<string, RowRange>();
  for (const [variable, { shape }] of file.variables) {
    const names = huggingFaceNames(variable);
    const rows = (shape[0] ?? 0) / names.length;
    for (const [index, name] of names.entries()) {
      // the key projection has no bias in Whisper: its part of the stack is zeros
      if (name.endsWith('.k_proj.bias')) continue;
      ranges.set(name, { variable, firstRow: index * rows, shape: [rows, ...shape.slice(1)] });
    }
  }
  return ranges;
}

/** The Hugging Face tensors stacked in a variable; none for what is no weight, or a second name of one. */
function huggingFaceNames(variable: string): readonly string[] {
  const { half, layer, module = '', kind = '' } = VARIABLE_NAME.exec(variable)?.groups ?? {};
  if (!Object.hasOwn(MODULES, module) || !Object.hasOwn(KINDS, kind)) return [];
  const path = layer === undefined ? `model.${half}` : `model.${half}.layers.${layer}`;
  return MODULES[module]!.map((part) => `${path}.${part}.${KINDS[kind]}`);
}

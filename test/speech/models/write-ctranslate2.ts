import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, encodeFloats, quantiseRows } from '../../../src/speech/models/tensor.ts';
import { randomWeights, TINY, tinyTokens } from './tiny-whisper.ts';

const TYPE_NUMBERS = { F32: 0, I8: 1, I16: 2, F16: 4 } as const;

interface Variable {
  readonly name: string;
  readonly type: keyof typeof TYPE_NUMBERS;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

function integer(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`);
  return Buffer.concat([integer(bytes.length, 2), bytes]);
}

/** The container as CTranslate2 writes it. */
export function modelBin(variables: readonly Variable[], { version = 6, specification = 'WhisperSpec' } = {}): Buffer {
  const written = variables.map(({ name, type, shape, bytes }) =>
    Buffer.concat([
      text(name),
      integer(shape.length, 1),
      ...shape.map((size) => integer(size, 4)),
      integer(TYPE_NUMBERS[type], 1),
      integer(bytes.length, 4),
      bytes,
    ]),
  );
  const head = [integer(version, 4), text(specification), integer(3, 4), integer(variables.length, 4)];
  const alias = [integer(1, 4), text('decoder/projection/weight'), text('decoder/embeddings/weight')];
  return Buffer.concat([...head, ...written, ...alias]);
}

/** The tiny random Whisper, stacked and named as CTranslate2 does it. */
export function tinyVariables(type: 'F32' | 'F16' | 'I8'): Variable[] {
  const weights = randomWeights(TINY);
  const variables: Variable[] = [];

  const add = (name: string, parts: readonly string[]) => {
    const tensors = parts.map((part) => {
      // the key projection has no bias: CTranslate2 stacks zeros
      return weights.get(part) ?? { shape: [TINY.width], floats: new Float32Array(TINY.width) };
    });
    const floats = Float32Array.from(tensors.flatMap((tensor) => [...tensor.floats]));
    const rows = tensors.reduce((total, tensor) => total + tensor.shape[0]!, 0);
    const shape = [rows, ...tensors[0]!.shape.slice(1)];
    if (type === 'I8' && shape.length >= 2 && !name.endsWith('encodings')) {
      const quantised = quantiseRows(name, floats, rows);
      const factors = quantised.scales.map((scale) => 1 / scale);
      variables.push({ name, type: 'I8', shape, bytes: bytesOf(quantised.values) });
      variables.push({ name: `${name}_scale`, type: 'F32', shape: [rows], bytes: bytesOf(factors) });
    } else {
      const stored = type === 'I8' ? 'F32' : type;
      variables.push({ name, type: stored, shape, bytes: encodeFloats(floats, stored) });
    }
  };
  const addLinear = (name: string, parts: readonly string[]) => {
    for (const kind of ['weight', 'bias']) {
      add(
        `${name}/${kind}`,
        parts.map((part) => `${part}.${kind}`),
      );
    }
  };
  const addNorm = (name: string, part: string) => {
    add(`${name}/gamma`, [`${part}.weight`]);
    add(`${name}/beta`, [`${part}.bias`]);
  };

  for (const half of ['encoder', 'decoder'] as const) {
    const path = `model.${half}`;
    variables.push({ name: `${half}/num_heads`, type: 'I16', shape: [], bytes: integer(TINY[`${half}Heads`], 2) });
    add(`${half}/position_encodings/encodings`, [`${path}.embed_positions.weight`]);
    addNorm(`${half}/layer_norm`, `${path}.layer_norm`);
    for (let index = 0; index < TINY[`${half}Layers`]; index++) {
      const layer = `${half}/layer_${index}`;
      const from = `${path}.layers.${index}`;
      addNorm(`${layer}/self_attention/layer_norm`, `${from}.self_attn_layer_norm`);
      const fused = ['q_proj', 'k_proj', 'v_proj'].map((part) => `${from}.self_attn.${part}`);
      addLinear(`${layer}/self_attention/linear_0`, fused);
      addLinear(`${layer}/self_attention/linear_1`, [`${from}.self_attn.out_proj`]);
      addNorm(`${layer}/ffn/layer_norm`, `${from}.final_layer_norm`);
      addLinear(`${layer}/ffn/linear_0`, [`${from}.fc1`]);
      addLinear(`${layer}/ffn/linear_1`, [`${from}.fc2`]);
      if (half === 'encoder') continue;
      addNorm(`${layer}/attention/layer_norm`, `${from}.encoder_attn_layer_norm`);
      addLinear(`${layer}/attention/linear_0`, [`${from}.encoder_attn.q_proj`]);
      addLinear(
        `${layer}/attention/linear_1`,
        ['k_proj', 'v_proj'].map((part) => `${from}.encoder_attn.${part}`),
      );
      addLinear(`${layer}/attention/linear_2`, [`${from}.encoder_attn.out_proj`]);
    }
  }
  addLinear('encoder/conv1', ['model.encoder.conv1']);
  addLinear('encoder/conv2', ['model.encoder.conv2']);
  add('decoder/embeddings/weight', ['model.decoder.embed_tokens.weight']);
  return variables;
}

/** A CTranslate2 folder: weights, `config.json` and `vocabulary.json`. */
export function writeCTranslate2Folder(folder: string, type: 'F32' | 'F16' | 'I8'): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.bin'), modelBin(tinyVariables(type)));
  const config = {
    alignment_heads: [[2, 1]],
    suppress_ids: [1, 2, 7],
    suppress_ids_begin: [220, 50_257],
    lang_ids: [],
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const vocabulary = Array.from({ length: TINY.vocabularySize }, (_, id) => `token ${id}`);
  for (const [content, id] of tinyTokens()) vocabulary[id] = content;
  writeFileSync(join(folder, 'vocabulary.json'), JSON.stringify(vocabulary));
}

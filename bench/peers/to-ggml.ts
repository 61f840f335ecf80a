import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openWeights } from '../../src/speech/models/open-weights.ts';
import { readWhisperConfig } from '../../src/speech/models/read-whisper-config.ts';
import type { WeightStore } from '../../src/speech/models/weights.ts';
import { importTransformers } from './packages.ts';

const MAGIC = 0x67676d6c;
/** ggml's numbers of the types that tensors are stored in. */
const TYPE = { float32: 0, float16: 1, q8_0: 8 } as const;
/** What whisper.cpp calls a file whose matrices are q8_0: type 7, and 1000 times the version of the blocks. */
const FILE_TYPE = 2007;
/** Values of a q8_0 block, which share one scale. */
const BLOCK_VALUES = 32;

/** Tensors that whisper.cpp wants in 32 bits although they are matrices. */
const FULL_PRECISION = new Set([
  'encoder.conv1.bias',
  'encoder.conv2.bias',
  'encoder.positional_embedding',
  'decoder.positional_embedding',
]);

/** Hugging Face's names to OpenAI's, which whisper.cpp uses; each rule is applied in turn. */
const RENAMINGS: readonly (readonly [RegExp, string])[] = [
  [/^model\./, ''],
  [/\.layers\./, '.blocks.'],
  [/\.self_attn_layer_norm\./, '.attn_ln.'],
  [/\.encoder_attn_layer_norm\./, '.cross_attn_ln.'],
  [/\.self_attn\./, '.attn.'],
  [/\.encoder_attn\./, '.cross_attn.'],
  [/\.q_proj\./, '.query.'],
  [/\.k_proj\./, '.key.'],
  [/\.v_proj\./, '.value.'],
  [/\.out_proj\./, '.out.'],
  [/\.final_layer_norm\./, '.mlp_ln.'],
  [/\.fc1\./, '.mlp.0.'],
  [/\.fc2\./, '.mlp.2.'],
  [/^encoder\.layer_norm\./, 'encoder.ln_post.'],
  [/^decoder\.layer_norm\./, 'decoder.ln.'],
  [/\.embed_positions\.weight$/, '.positional_embedding'],
  [/\.embed_tokens\./, '.token_embedding.'],
];

/**
 * Writes a Whisper model as whisper.cpp's ggml file: matrices in 8 bits (q8_0), convolutions in 16, the rest in 32. The mel
 * filters go into the file. Layout: whisper.cpp, models/convert-pt-to-ggml.py and whisper_model_load.
 */
export async function writeGgml(modelFolder: string, targetFile: string): Promise<void> {
  const { dimensions } = readWhisperConfig(modelFolder);
  const filters = await melFilters(dimensions.melBins);
  const weights = openWeights(modelFolder);
  const file = openSync(targetFile, 'w');
  try {
    const integers = (...values: number[]) => writeSync(file, Buffer.from(Int32Array.from(values).buffer));
    integers(
      MAGIC,
      dimensions.vocabularySize,
      dimensions.audioPositions,
      dimensions.width,
      dimensions.encoderHeads,
      dimensions.encoderLayers,
      dimensions.textPositions,
      dimensions.width,
      dimensions.decoderHeads,
      dimensions.decoderLayers,
      dimensions.melBins,
      FILE_TYPE,
    );
    integers(filters.length, filters[0]!.length);
    writeSync(file, Buffer.from(Float32Array.from(filters.flat()).buffer));

    const tokens = readTokens(join(modelFolder, 'tokenizer.json'));
    integers(tokens.length);
    for (const token of tokens) {
      integers(token.length);
      writeSync(file, token);
    }
    for (const name of weights.names()) writeTensor(file, weights, name);
  } finally {
    closeSync(file);
    weights.close();
  }
}

async function melFilters(melBins: number): Promise<readonly (readonly number[])[]> {
  const { WhisperFeatureExtractor } = await importTransformers();
  const sizes = { feature_size: melBins, sampling_rate: 16_000, hop_length: 160, n_fft: 400, nb_max_frames: 3_000 };
  return new WhisperFeatureExtractor(sizes).config.mel_filters;
}

function writeTensor(file: number, weights: WeightStore, name: string): void {
  const target = RENAMINGS.reduce((renamed, [pattern, replacement]) => renamed.replace(pattern, replacement), name);
  const isConvolutionBias = /conv\d\.bias$/.test(target);
  const shape = isConvolutionBias ? [weights.shape(name)[0]!, 1] : weights.shape(name);
  const type = storedType(target, shape);
  const encodedName = Buffer.from(target);
  const header = [shape.length, encodedName.length, TYPE[type], ...[...shape].reverse()];
  writeSync(file, Buffer.from(Int32Array.from(header).buffer));
  writeSync(file, encodedName);
  writeSync(file, encode(weights.floats(name), type));
}

function storedType(name: string, shape: readonly number[]): keyof typeof TYPE {
  if (shape.length < 2 || FULL_PRECISION.has(name)) return 'float32';
  const isConvolution = shape.length === 3;
  return isConvolution ? 'float16' : 'q8_0';
}

function encode(values: Float32Array, type: keyof typeof TYPE): Uint8Array {
  switch (type) {
    case 'float32':
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    case 'float16':
      return new Uint8Array(Float16Array.from(values).buffer);
    case 'q8_0':
      return encodeBlocks(values);
    default:
      throw new TypeError(type satisfies never);
  }
}

/** Blocks of a 16-bit scale and 32 8-bit values each. Source: ggml, quantize_row_q8_0. */
function encodeBlocks(values: Float32Array): Uint8Array {
  const blockBytes = 2 + BLOCK_VALUES;
  const encoded = new DataView(new ArrayBuffer((values.length / BLOCK_VALUES) * blockBytes));
  for (let block = 0; block * BLOCK_VALUES < values.length; block++) {
    const inBlock = values.subarray(block * BLOCK_VALUES, (block + 1) * BLOCK_VALUES);
    const scale = inBlock.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    encoded.setFloat16(block * blockBytes, scale, true);
    inBlock.forEach((value, index) => {
      encoded.setInt8(block * blockBytes + 2 + index, scale === 0 ? 0 : Math.round(value / scale));
    });
  }
  return new Uint8Array(encoded.buffer);
}

/** The bytes of each text token in the order of their ids, without the special tokens. */
function readTokens(tokenizerFile: string): Uint8Array[] {
  const Tokenizer = z.object({ model: z.object({ vocab: z.record(z.string(), z.number()) }) });
  const { vocab } = Tokenizer.parse(JSON.parse(readFileSync(tokenizerFile, 'utf8'))).model;
  const byteOf = byteAlphabet();
  return Object.entries(vocab)
    .sort(([, a], [, b]) => a - b)
    .map(([token]) => Uint8Array.from(token, (character) => byteOf.get(character)!));
}

/**
 * GPT-2's writing of bytes as letters: those that print stand for themselves, the others for letters from U+0100 on.
 */
function byteAlphabet(): ReadonlyMap<string, number> {
  const prints = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const hidden = bytes.filter((byte) => !prints(byte));
  const letter = (byte: number) => String.fromCodePoint(prints(byte) ? byte : 256 + hidden.indexOf(byte));
  return new Map(bytes.map((byte) => [letter(byte), byte]));
}

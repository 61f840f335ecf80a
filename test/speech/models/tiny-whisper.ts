import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedTensors } from '../../../src/speech/models/expected-tensors.ts';
import { huggingFaceConfigFiles } from '../../../src/speech/models/huggingface-config.ts';
import { writeSafetensors } from '../../../src/speech/models/safetensors.ts';
import { elementCount, encodeFloats, type FloatType } from '../../../src/speech/models/tensor.ts';
import type { WhisperConfig, WhisperDimensions } from '../../../src/speech/models/whisper-config.ts';

/** The form of large-v3 (128 mel bins, 51,866 tokens) with a network small enough for a test. */
export const TINY: WhisperDimensions = {
  width: 8,
  encoderLayers: 2,
  decoderLayers: 4,
  encoderHeads: 2,
  decoderHeads: 2,
  feedForwardWidth: 16,
  melBins: 128,
  vocabularySize: 51_866,
  audioPositions: 1500,
  textPositions: 448,
};

/** Tokens in the order of large-v3, whose hundredth language moves all that come behind it. */
export function tinyTokens(): Map<string, number> {
  const tokens = new Map([['Ġ', 220]]);
  let id = 50_257;
  const add = (content: string) => tokens.set(`<|${content}|>`, id++);
  add('endoftext');
  add('startoftranscript');
  for (let language = 0; language < 97; language++) {
    add(String.fromCharCode(97 + Math.floor(language / 26), 97 + (language % 26)));
  }
  for (const language of ['sv', 'haw', 'yue']) add(language);
  for (const control of ['translate', 'transcribe', 'startoflm', 'startofprev', 'nospeech', 'notimestamps'])
    add(control);
  return tokens;
}

export function tinyConfig(): WhisperConfig {
  const id = (content: string) => tinyTokens().get(`<|${content}|>`)!;
  return {
    dimensions: TINY,
    tokens: {
      endOfText: id('endoftext'),
      startOfTranscript: id('startoftranscript'),
      transcribe: id('transcribe'),
      startOfPrevious: id('startofprev'),
      noSpeech: id('nospeech'),
      noTimestamps: id('notimestamps'),
      languages: new Map(),
      suppressed: [1, 2, 7],
      suppressedFirst: [220, 50_257],
    },
    alignmentHeads: [[2, 1]],
  };
}

/** Repeatable values between -1 and 1 (mulberry32). */
export function randomFloats(count: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

export interface RandomTensor {
  readonly shape: readonly number[];
  readonly floats: Float32Array<ArrayBuffer>;
}

/** Random weights of a Whisper, by their Hugging Face names. */
export function randomWeights(dimensions: WhisperDimensions): Map<string, RandomTensor> {
  const entries = [...expectedTensors(dimensions)].map(([name, shape], index) => {
    return [name, { shape, floats: randomFloats(elementCount(shape), index) }] as const;
  });
  return new Map(entries);
}

export function writeTokenizer(folder: string): void {
  const added_tokens = [...tinyTokens()].map(([content, id]) => ({ id, content, special: true }));
  const model = { type: 'BPE', vocab: { Ġ: 220 }, merges: [] };
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify({ added_tokens, model }));
}

/** A checkpoint of random weights in Hugging Face layout, as one file of one float type. */
export function writeTinyWhisper(folder: string, type: FloatType = 'F32'): void {
  mkdirSync(folder, { recursive: true });
  const tensors = [...randomWeights(TINY)].map(([name, { shape, floats }]) => {
    return { name, type, shape, bytes: () => encodeFloats(floats, type) };
  });
  writeSafetensors(join(folder, 'model.safetensors'), tensors);
  for (const [file, content] of Object.entries(huggingFaceConfigFiles(tinyConfig()))) {
    writeFileSync(join(folder, file), JSON.stringify(content));
  }
  writeTokenizer(folder);
}

import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import { CTranslate2File } from './ctranslate2.ts';
import { CTRANSLATE2_FILE } from './ctranslate2-source.ts';
import { alignmentHeads } from './huggingface-config.ts';
import { readJsonFile } from './json-file.ts';
import type { WhisperConfig, WhisperDimensions } from './whisper-config.ts';
import { readTokenIds, steeringTokens } from './whisper-tokens.ts';

const TokenIds = z.array(z.number().int()).nullish();
const Config = z.object({
  alignment_heads: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])).nullish(),
  suppress_ids: TokenIds,
  suppress_ids_begin: TokenIds,
});

/**
 * The config of a folder in CTranslate2 layout: its `config.json` tells the tokens, the shapes of its variables tell
 * the dimensions.
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED.
 */
export function readCTranslate2Config(folder: string): WhisperConfig {
  const config = readJsonFile(join(folder, 'config.json'), Config);
  const file = new CTranslate2File(join(folder, CTRANSLATE2_FILE));
  try {
    const dimensions = dimensionsOf(file);
    return {
      dimensions,
      tokens: steeringTokens(readTokenIds(folder), dimensions.vocabularySize, {
        suppressed: config.suppress_ids ?? undefined,
        suppressedFirst: config.suppress_ids_begin ?? undefined,
      }),
      alignmentHeads: alignmentHeads(config.alignment_heads ?? undefined, dimensions),
    };
  } finally {
    file.close();
  }
}

function dimensionsOf(file: CTranslate2File): WhisperDimensions {
  const [width, melBins] = shapeOf(file, 'encoder/conv1/weight', 3);
  const [vocabularySize] = shapeOf(file, 'decoder/embeddings/weight', 2);
  const [audioPositions] = shapeOf(file, 'encoder/position_encodings/encodings', 2);
  const [textPositions] = shapeOf(file, 'decoder/position_encodings/encodings', 2);
  const [feedForwardWidth] = shapeOf(file, 'encoder/layer_0/ffn/linear_0/weight', 2);
  return {
    width: width!,
    encoderLayers: countLayers(file, 'encoder'),
    decoderLayers: countLayers(file, 'decoder'),
    encoderHeads: file.readScalar('encoder/num_heads'),
    decoderHeads: file.readScalar('decoder/num_heads'),
    feedForwardWidth: feedForwardWidth!,
    melBins: melBins!,
    vocabularySize: vocabularySize!,
    audioPositions: audioPositions!,
    textPositions: textPositions!,
  };
}

function shapeOf(file: CTranslate2File, variable: string, rank: number): readonly number[] {
  const shape = file.variables.get(variable)?.shape;
  if (shape?.length !== rank) {
    throw new AppError('MODEL_INVALID', 'The CTranslate2 model is no complete Whisper', {
      expected: `a variable ${variable} with ${rank} dimensions`,
      got: shape === undefined ? 'no such variable' : `[${shape.join(', ')}]`,
    });
  }
  return shape;
}

function countLayers(file: CTranslate2File, half: 'encoder' | 'decoder'): number {
  let layers = 0;
  while (file.variables.has(`${half}/layer_${layers}/ffn/linear_0/weight`)) layers++;
  return layers;
}

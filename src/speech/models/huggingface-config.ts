import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import { readJsonFile } from './json-file.ts';
import type { WhisperConfig, WhisperDimensions } from './whisper-config.ts';
import { readTokenIds, steeringTokens } from './whisper-tokens.ts';

const Size = z.number().int().positive().max(1_000_000);
const TokenIds = z.array(z.number().int()).nullish();

/** The parts of Hugging Face's `config.json` that shape the network. */
const ModelConfig = z.object({
  model_type: z.literal('whisper'),
  d_model: Size,
  encoder_layers: Size,
  decoder_layers: Size,
  encoder_attention_heads: Size,
  decoder_attention_heads: Size,
  encoder_ffn_dim: Size,
  decoder_ffn_dim: Size,
  num_mel_bins: Size,
  vocab_size: Size,
  max_source_positions: Size,
  max_target_positions: Size,
  activation_function: z.literal('gelu'),
  scale_embedding: z.literal(false).default(false),
  suppress_tokens: TokenIds,
  begin_suppress_tokens: TokenIds,
});

/** The parts of `generation_config.json` that steer decoding. */
const GenerationConfig = z.object({
  is_multilingual: z.boolean().optional(),
  alignment_heads: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])).nullish(),
  suppress_tokens: TokenIds,
  begin_suppress_tokens: TokenIds,
});

/**
 * The config of a folder in Hugging Face layout.
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED.
 */
export function readHuggingFaceConfig(folder: string): WhisperConfig {
  const model = readJsonFile(join(folder, 'config.json'), ModelConfig);
  const generationPath = join(folder, 'generation_config.json');
  const generation = existsSync(generationPath) ? readJsonFile(generationPath, GenerationConfig) : {};
  const dimensions = dimensionsOf(model);
  if (generation.is_multilingual === false) {
    throw new AppError('MODEL_UNSUPPORTED', 'The model knows English only', { expected: 'a multilingual Whisper' });
  }
  return {
    dimensions,
    tokens: steeringTokens(readTokenIds(folder), dimensions.vocabularySize, {
      suppressed: generation.suppress_tokens ?? model.suppress_tokens ?? undefined,
      suppressedFirst: generation.begin_suppress_tokens ?? model.begin_suppress_tokens ?? undefined,
    }),
    alignmentHeads: alignmentHeads(generation.alignment_heads ?? undefined, dimensions),
  };
}

function dimensionsOf(model: z.infer<typeof ModelConfig>): WhisperDimensions {
  if (model.encoder_ffn_dim !== model.decoder_ffn_dim) {
    throw new AppError('MODEL_UNSUPPORTED', 'The feed-forward layers of encoder and decoder differ in width', {
      expected: `${model.encoder_ffn_dim} in both`,
      got: `${model.decoder_ffn_dim} in the decoder`,
    });
  }
  for (const heads of [model.encoder_attention_heads, model.decoder_attention_heads]) {
    if (model.d_model % heads !== 0) {
      throw new AppError('MODEL_INVALID', 'The heads do not divide the width of the model', {
        expected: `a divisor of ${model.d_model}`,
        got: `${heads} heads`,
      });
    }
  }
  return {
    width: model.d_model,
    encoderLayers: model.encoder_layers,
    decoderLayers: model.decoder_layers,
    encoderHeads: model.encoder_attention_heads,
    decoderHeads: model.decoder_attention_heads,
    feedForwardWidth: model.encoder_ffn_dim,
    melBins: model.num_mel_bins,
    vocabularySize: model.vocab_size,
    audioPositions: model.max_source_positions,
    textPositions: model.max_target_positions,
  };
}

/**
 * The heads given by a checkpoint, or, where it gives none, all heads of the last half of the decoder's layers, as
 * OpenAI's own code does.
 *
 * @throws AppError MODEL_INVALID when a pair lies outside the model.
 */
export function alignmentHeads(
  given: WhisperConfig['alignmentHeads'] | undefined,
  { decoderLayers, decoderHeads }: WhisperDimensions,
): WhisperConfig['alignmentHeads'] {
  if (given === undefined || given.length === 0) {
    const firstLayer = Math.floor(decoderLayers / 2);
    return Array.from({ length: (decoderLayers - firstLayer) * decoderHeads }, (_, index) => {
      return [firstLayer + Math.floor(index / decoderHeads), index % decoderHeads] as const;
    });
  }
  for (const [layer, head] of given) {
    if (layer >= decoderLayers || head >= decoderHeads) {
      throw new AppError('MODEL_INVALID', 'An alignment head lies outside the model', {
        expected: `a layer below ${decoderLayers} and a head below ${decoderHeads}`,
        got: `layer ${layer}, head ${head}`,
      });
    }
  }
  return given;
}

/** A config as the two files of the Hugging Face layout, by file name; `readHuggingFaceConfig` is the way back. */
export function huggingFaceConfigFiles({ dimensions, tokens, alignmentHeads }: WhisperConfig): Record<string, object> {
  const ids = {
    bos_token_id: tokens.endOfText,
    eos_token_id: tokens.endOfText,
    pad_token_id: tokens.endOfText,
    decoder_start_token_id: tokens.startOfTranscript,
  };
  const suppression = { suppress_tokens: tokens.suppressed, begin_suppress_tokens: tokens.suppressedFirst };
  return {
    'config.json': {
      architectures: ['WhisperForConditionalGeneration'],
      model_type: 'whisper',
      is_encoder_decoder: true,
      activation_function: 'gelu',
      scale_embedding: false,
      d_model: dimensions.width,
      encoder_layers: dimensions.encoderLayers,
      decoder_layers: dimensions.decoderLayers,
      num_hidden_layers: dimensions.encoderLayers,
      encoder_attention_heads: dimensions.encoderHeads,
      decoder_attention_heads: dimensions.decoderHeads,
      encoder_ffn_dim: dimensions.feedForwardWidth,
      decoder_ffn_dim: dimensions.feedForwardWidth,
      num_mel_bins: dimensions.melBins,
      vocab_size: dimensions.vocabularySize,
      max_source_positions: dimensions.audioPositions,
      max_target_positions: dimensions.textPositions,
      ...ids,
      ...suppression,
    },
    'generation_config.json': {
      ...ids,
      ...suppression,
      alignment_heads: alignmentHeads,
      is_multilingual: true,
      lang_to_id: Object.fromEntries([...tokens.languages].map(([code, id]) => [`<|${code}|>`, id])),
      task_to_id: { transcribe: tokens.transcribe },
      max_length: dimensions.textPositions,
      no_timestamps_token_id: tokens.noTimestamps,
      prev_sot_token_id: tokens.startOfPrevious,
      return_timestamps: false,
    },
  };
}

import { AppError } from '../../contracts/errors.ts';
import { sameShape } from './tensor.ts';
import type { WeightStore } from './weights.ts';
import type { WhisperDimensions } from './whisper-config.ts';

type Shapes = Map<string, readonly number[]>;

/**
 * Every tensor of a Whisper of these dimensions, by its Hugging Face name, with its shape. The output head is the
 * token embedding, so it has no tensor of its own.
 */
export function expectedTensors(dimensions: WhisperDimensions): ReadonlyMap<string, readonly number[]> {
  const { width, melBins, audioPositions, textPositions, vocabularySize } = dimensions;
  const shapes: Shapes = new Map();
  addModule(shapes, 'model.encoder.conv1', [width, melBins, 3]);
  addModule(shapes, 'model.encoder.conv2', [width, width, 3]);
  shapes.set('model.encoder.embed_positions.weight', [audioPositions, width]);
  for (let layer = 0; layer < dimensions.encoderLayers; layer++) {
    const path = `model.encoder.layers.${layer}`;
    addAttention(shapes, `${path}.self_attn`, width);
    addFeedForward(shapes, path, dimensions);
  }
  addModule(shapes, 'model.encoder.layer_norm', [width]);

  shapes.set('model.decoder.embed_tokens.weight', [vocabularySize, width]);
  shapes.set('model.decoder.embed_positions.weight', [textPositions, width]);
  for (let layer = 0; layer < dimensions.decoderLayers; layer++) {
    const path = `model.decoder.layers.${layer}`;
    addAttention(shapes, `${path}.self_attn`, width);
    addAttention(shapes, `${path}.encoder_attn`, width);
    addFeedForward(shapes, path, dimensions);
  }
  addModule(shapes, 'model.decoder.layer_norm', [width]);
  return shapes;
}

/** A weight and its bias, which has one element a row. */
function addModule(shapes: Shapes, path: string, weight: readonly number[]): void {
  shapes.set(`${path}.weight`, weight);
  shapes.set(`${path}.bias`, weight.slice(0, 1));
}

function addAttention(shapes: Shapes, path: string, width: number): void {
  for (const part of ['q_proj', 'v_proj', 'out_proj']) addModule(shapes, `${path}.${part}`, [width, width]);
  shapes.set(`${path}.k_proj.weight`, [width, width]);
  addModule(shapes, `${path}_layer_norm`, [width]);
}

function addFeedForward(shapes: Shapes, path: string, { width, feedForwardWidth }: WhisperDimensions): void {
  addModule(shapes, `${path}.fc1`, [feedForwardWidth, width]);
  addModule(shapes, `${path}.fc2`, [width, feedForwardWidth]);
  addModule(shapes, `${path}.final_layer_norm`, [width]);
}

/** Whether our own form keeps a tensor in 8 bits: matrices and convolutions, but not the tables of positions. */
export function isQuantised(name: string, shape: readonly number[]): boolean {
  return shape.length >= 2 && !name.endsWith('.embed_positions.weight');
}

/** @throws AppError MODEL_INVALID when a tensor is missing or has another shape than the config says. */
export function checkTensors(weights: WeightStore, dimensions: WhisperDimensions): void {
  for (const [name, expected] of expectedTensors(dimensions)) {
    const got = weights.shape(name);
    if (!sameShape(got, expected)) {
      throw new AppError('MODEL_INVALID', `The tensor ${name} does not fit the model's config`, {
        expected: `the shape [${expected.join(', ')}]`,
        got: `[${got.join(', ')}]`,
      });
    }
  }
}

import type { Calibration } from '../calibration-file.ts';
import type { WeightStore } from '../weights.ts';
import type { WhisperConfig } from '../whisper-config.ts';
import { type FloatMatrix, floatRows, Layers, type Precision, transposed } from './layers.ts';
import { OnnxGraph, type ValueName } from './onnx-graph.ts';

/** The GELU never falls below this. */
const GELU_MINIMUM = -0.17;
const UINT8_MAXIMUM = 255;
const KERNEL_WIDTH = 3;
/** One carries the multiplicity; eight keep the rows aligned for vector instructions. */
const EXTRA_CHANNELS = 8;

export interface EncoderGraphOptions {
  readonly precision: Precision;
  /** How the second feed-forward matrix is split when the precision is int8; without it, that matrix stays in floats. */
  readonly calibration?: Calibration;
  /** Adds each layer's largest GELU output by channel, `gelu_max_L` [feedForwardWidth]: what calibration reads. */
  readonly exposeMaxima?: boolean;
  /** Adds `states` [1, positions, width], the encoder's own output: what the parity test reads. */
  readonly exposeStates?: boolean;
}

/**
 * Writes Whisper's encoder, with the cross-attention keys and values of every decoder layer as its outputs.
 *
 * Inputs: `mel` [1, frames + 2, melBins], framed by one zero row on either side; `source` [positions], which row of the
 * convolutions' output stands at each position; `position` [positions], that position's place in 30 s; `multiplicity`
 * [1, 1, 1, positions], the logarithm of how many positions it stands for. So silence may be merged: one row stands for
 * many at nearly no cost.
 *
 * With int8, the convolutions and the first layer's attention stay in floats: what comes in wrong goes wrong all the way.
 * Measured on narration cut in eight ways, greedy: 33.3 % WER so, 34.2 % with the convolutions in 8 bits, 34.5 % with that
 * attention in 8 bits, 33.3 % with the whole encoder in floats. Together they take a tenth of the encoder's time.
 * Outputs: `cross_key_L` and `cross_value_L` [1, heads, positions, headWidth].
 * Source: Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision".
 */
export function writeEncoderGraph(
  path: string,
  weights: WeightStore,
  config: WhisperConfig,
  options: EncoderGraphOptions,
): void {
  const { dimensions } = config;
  const { width, encoderHeads, decoderHeads, melBins, audioPositions } = dimensions;
  const { precision } = options;
  const graph = new OnnxGraph('encoder', path);
  const layers = new Layers(graph, weights);
  graph.input('mel', 'float', [1, 'framesAndBorder', melBins]);
  graph.input('source', 'int64', ['positions']);
  graph.input('position', 'int64', ['positions']);
  graph.input('multiplicity', 'float', [1, 1, 1, 'positions']);

  const convolved = convolutions(layers, width);
  const table = graph.constant('model.encoder.embed_positions.weight', 'float', [audioPositions, width], () =>
    weights.floats('model.encoder.embed_positions.weight'),
  );
  const rows = graph.node('Gather', [convolved, 'source'], { axis: 1 });
  let x = graph.node('Add', [rows, graph.node('Gather', [table, 'position'])]);

  const attention = mergingAttention(graph, encoderHeads, width / encoderHeads);
  for (let layer = 0; layer < dimensions.encoderLayers; layer++) {
    const module = `model.encoder.layers.${layer}`;
    const normed = layers.layerNorm(x, `${module}.self_attn_layer_norm`);
    const attentionPrecision = layer === 0 ? 'float32' : precision;
    const [query, key, value] = ['q_proj', 'k_proj', 'v_proj'].map((name) =>
      layers.linear(normed, `${module}.self_attn.${name}`, attentionPrecision),
    );
    const attended = attention(query!, key!, value!);
    x = graph.node('Add', [x, layers.linear(attended, `${module}.self_attn.out_proj`, attentionPrecision)]);
    const activated = layers.gelu(
      layers.linear(layers.layerNorm(x, `${module}.final_layer_norm`), `${module}.fc1`, precision),
    );
    if (options.exposeMaxima) {
      graph.nodes('ReduceMax', [activated], [`gelu_max_${layer}`], { axes: [0, 1], keepdims: 0 });
      graph.output(`gelu_max_${layer}`, 'float', [dimensions.feedForwardWidth]);
    }
    x = graph.node('Add', [x, secondFeedForward(layers, activated, `${module}.fc2`, layer, options)]);
  }
  const states = layers.layerNorm(x, 'model.encoder.layer_norm');
  if (options.exposeStates) {
    graph.name(states, 'states');
    graph.output('states', 'float', [1, 'positions', width]);
  }
  for (let layer = 0; layer < dimensions.decoderLayers; layer++) {
    for (const [projection, output] of [
      ['k_proj', `cross_key_${layer}`],
      ['v_proj', `cross_value_${layer}`],
    ] as const) {
      const module = `model.decoder.layers.${layer}.encoder_attn.${projection}`;
      const projected = layers.linear(states, module, precision);
      const byHead = graph.node('Reshape', [projected, graph.integers([0, 0, decoderHeads, width / decoderHeads])]);
      graph.nodes('Transpose', [byHead], [output], { perm: [0, 2, 1, 3] });
      graph.output(output, 'float', [1, decoderHeads, 'positions', width / decoderHeads]);
    }
  }
  graph.save();
}

/** Both convolutions (kernel 3, strides 1 and 2) as multiplications of neighbouring frames laid side by side. */
function convolutions(layers: Layers, width: number): ValueName {
  const { graph } = layers;
  const end = Number.MAX_SAFE_INTEGER;
  const neighbours = concatenate(graph, [
    graph.slice('mel', 1, 0, -2),
    graph.slice('mel', 1, 1, -1),
    graph.slice('mel', 1, 2, end),
  ]);
  const first = convolution(layers, neighbours, 'model.encoder.conv1');
  // Two frames a row: the even one, the odd one, and before them the odd one of the row above.
  const pairs = graph.node('Reshape', [first, graph.integers([0, -1, 2 * width])]);
  const oddAbove = graph.slice(graph.slice(pairs, 2, width, 2 * width), 1, 0, -1);
  const nothing = graph.constant('silence_row', 'float', [1, 1, width], () => new Float32Array(width));
  const above = graph.node('Concat', [nothing, oddAbove], { axis: 1 });
  return convolution(layers, concatenate(graph, [above, pairs]), 'model.encoder.conv2');
}

function convolution(layers: Layers, rows: ValueName, module: string): ValueName {
  const kernel = kernelMajor(floatRows(layers.weights, `${module}.weight`));
  const bias = layers.weights.floats(`${module}.bias`);
  return layers.gelu(layers.matrix(rows, module, kernel, bias, 'float32'));
}

/** [out, in x kernel] with the kernel fastest, to the kernel slowest, as the neighbours are laid. */
function kernelMajor({ rows, columns, values }: FloatMatrix): FloatMatrix {
  const channels = columns / KERNEL_WIDTH;
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let tap = 0; tap < KERNEL_WIDTH; tap++) {
        turned[row * columns + tap * channels + channel] = values[row * columns + channel * KERNEL_WIDTH + tap];
      }
    }
  }
  return { rows, columns, values: turned };
}

/**
 * The second feed-forward matrix, whose inputs have a few channels an order of magnitude above the rest. Those go
 * through a small multiplication in floats; the rest, clipped, through 8 bits with a scale known beforehand.
 */
function secondFeedForward(
  layers: Layers,
  activated: ValueName,
  module: string,
  layer: number,
  options: EncoderGraphOptions,
): ValueName {
  if (options.precision === 'float32' || !options.calibration) return layers.linear(activated, module, 'float32');
  const { graph, weights } = layers;
  const { outliers, clip } = options.calibration.layers[layer];
  const { rows, columns, values, scales } = weights.quantisedRows(`${module}.weight`);
  const outlierWeights = new Float32Array(outliers.length * rows);
  const rest = transposed(values, rows, columns);
  for (const [index, column] of outliers.entries()) {
    for (let row = 0; row < rows; row++) {
      outlierWeights[index * rows + row] = values[row * columns + column] * scales[row];
      rest[column * rows + row] = 0;
    }
  }
  const step = (clip - GELU_MINIMUM) / UINT8_MAXIMUM;
  const zero = Uint8Array.of(Math.round(-GELU_MINIMUM / step));
  const zeroName = graph.constant(`${module}.zero`, 'uint8', [], () => zero);
  const quantised = graph.node('QuantizeLinear', [activated, graph.float(step), zeroName]);
  const product = graph.microsoft('MatMulIntegerToFloat', [
    quantised,
    graph.constant(`${module}.q`, 'int8', [columns, rows], () => rest),
    graph.float(step),
    graph.constant(`${module}.scale`, 'float', [rows], () => scales),
    zeroName,
    '',
    layers.vector(`${module}.bias`),
  ]);
  const outlierColumns = graph.node('Gather', [activated, graph.integers(outliers)], { axis: 2 });
  const outlierName = graph.constant(`${module}.outliers`, 'float', [outliers.length, rows], () => outlierWeights);
  return graph.node('Add', [product, graph.node('MatMul', [outlierColumns, outlierName])]);
}

/**
 * Self-attention in which a position weighs as much as those that it stands for. The logarithm that does it is not
 * added to the scores, which would make the runtime write them all out (8 x positions^2 numbers), but carried by one
 * more channel of the keys, against a constant one of the queries: then the runtime works tile by tile.
 */
function mergingAttention(
  graph: OnnxGraph,
  heads: number,
  headWidth: number,
): (query: ValueName, key: ValueName, value: ValueName) => ValueName {
  const scale = headWidth ** -0.5;
  const first = Float32Array.from({ length: heads * EXTRA_CHANNELS }, (_, index) =>
    Number(index % EXTRA_CHANNELS === 0),
  );
  const pattern = graph.constant('extra_channels', 'float', [1, 1, heads, EXTRA_CHANNELS], () => first);
  const logarithms = graph.node('Reshape', ['multiplicity', graph.integers([1, -1, 1, 1])]);
  const ones = graph.node('Add', [graph.node('Mul', [logarithms, graph.float(0)]), graph.float(1 / scale)]);
  const queryExtra = graph.node('Mul', [ones, pattern]);
  const keyExtra = graph.node('Mul', [logarithms, pattern]);
  const widen = (x: ValueName, extra: ValueName): ValueName => {
    const byHead = graph.node('Reshape', [x, graph.integers([1, -1, heads, headWidth])]);
    const wider = graph.node('Concat', [byHead, extra], { axis: 3 });
    return graph.node('Reshape', [wider, graph.integers([1, -1, heads * (headWidth + EXTRA_CHANNELS)])]);
  };
  return (query, key, value) =>
    graph.microsoft('MultiHeadAttention', [widen(query, queryExtra), widen(key, keyExtra), value], {
      num_heads: heads,
      scale: { float: scale },
    });
}

function concatenate(graph: OnnxGraph, parts: readonly ValueName[]): ValueName {
  return graph.node('Concat', parts, { axis: 2 });
}

import type { WeightStore } from '../weights.ts';
import type { WhisperConfig } from '../whisper-config.ts';
import { Layers, type Precision, rowsOf } from './layers.ts';
import { OnnxGraph, type ValueName } from './onnx-graph.ts';

export interface DecoderGraphOptions {
  readonly precision: Precision;
  /** How many of the likeliest tokens each row tells. */
  readonly candidates: number;
}

const EMBEDDING = 'model.decoder.embed_tokens.weight';
/** TensorProto.FLOAT, for Cast. */
const FLOAT = 1;

/**
 * Writes Whisper's decoder over a tree of tokens. Every new token is a query row of one batch: `mask` says which rows
 * of the cache (its ancestors) it sees. So all beams read the audio's keys and values once, a beam that forks copies
 * nothing, and a draft of many tokens is checked in one pass.
 *
 * Inputs: `tokens` [1, new], `positions` [new], `mask` [1, 1, new, past + new] (0 seen, very negative hidden), `rows`
 * [told] which new tokens' successors are wanted, `bias` [told, vocabulary] added to their logits, `multiplicity`
 * [1, 1, 1, audio], the encoder's outputs, and the cache `past_key_L`, `past_value_L` [1, past, width].
 * Outputs: `log_probability`, `candidate` [told, candidates] likeliest first; `no_speech` [told]; what the cache gains,
 * `key_L`, `value_L` [1, new, width] (the whole cache would be copied at every step); and for layers with alignment
 * heads the cross-attention queries `query_L` [1, new, width].
 */
export function writeDecoderGraph(
  path: string,
  weights: WeightStore,
  config: WhisperConfig,
  options: DecoderGraphOptions,
): void {
  const { width, decoderHeads, decoderLayers, vocabularySize, textPositions } = config.dimensions;
  const { precision } = options;
  const graph = new OnnxGraph('decoder', path);
  const layers = new Layers(graph, weights);
  graph.input('tokens', 'int64', [1, 'new']);
  graph.input('positions', 'int64', ['new']);
  graph.input('mask', 'float', [1, 1, 'new', 'pastAndNew']);
  graph.input('rows', 'int64', ['told']);
  graph.input('bias', 'float', ['told', vocabularySize]);
  graph.input('multiplicity', 'float', [1, 1, 1, 'audio']);

  const positionTable = graph.constant('model.decoder.embed_positions.weight', 'float', [textPositions, width], () =>
    weights.floats('model.decoder.embed_positions.weight'),
  );
  let x = graph.node('Add', [embedding(layers, precision), graph.node('Gather', [positionTable, 'positions'])]);
  const one = graph.integers([1]);
  const audioBias = graph.node('Expand', [
    'multiplicity',
    graph.node('Concat', [one, one, graph.node('Shape', ['positions']), one], { axis: 0 }),
  ]);
  const alignedLayers = alignmentLayers(config);
  for (let layer = 0; layer < decoderLayers; layer++) {
    const module = `model.decoder.layers.${layer}`;
    const crossShape = [1, decoderHeads, 'audio', width / decoderHeads];
    const cross = ['key', 'value'].map((kind) => graph.input(`cross_${kind}_${layer}`, 'float', crossShape));

    const normed = layers.layerNorm(x, `${module}.self_attn_layer_norm`);
    const projections = ['q_proj', 'k_proj', 'v_proj'].map((name) => `${module}.self_attn.${name}`);
    const stacked = layers.linear(normed, projections, precision);
    const [selfQuery, ...added] = graph.nodes(
      'Split',
      [stacked, graph.integers([width, width, width])],
      [`self_query_${layer}`, `key_${layer}`, `value_${layer}`],
      { axis: 2 },
    );
    const [keys, values] = added.map((name) => {
      graph.output(name, 'float', [1, 'new', width]);
      return graph.node('Concat', [graph.input(`past_${name}`, 'float', [1, 'past', width]), name], { axis: 1 });
    });
    const attended = graph.microsoft('MultiHeadAttention', [selfQuery!, keys!, values!, '', '', 'mask'], {
      num_heads: decoderHeads,
    });
    x = graph.node('Add', [x, layers.linear(attended, `${module}.self_attn.out_proj`, precision)]);

    const crossNormed = layers.layerNorm(x, `${module}.encoder_attn_layer_norm`);
    const query = layers.linear(crossNormed, `${module}.encoder_attn.q_proj`, precision);
    if (alignedLayers.includes(layer)) {
      graph.name(query, `query_${layer}`);
      graph.output(`query_${layer}`, 'float', [1, 'new', width]);
    }
    const heard = graph.microsoft('MultiHeadAttention', [query, ...cross, '', '', audioBias], {
      num_heads: decoderHeads,
    });
    x = graph.node('Add', [x, layers.linear(heard, `${module}.encoder_attn.out_proj`, precision)]);

    const inner = layers.linear(layers.layerNorm(x, `${module}.final_layer_norm`), `${module}.fc1`, precision);
    x = graph.node('Add', [x, layers.linear(layers.gelu(inner), `${module}.fc2`, precision)]);
  }
  const told = graph.node('Gather', [layers.layerNorm(x, 'model.decoder.layer_norm'), 'rows'], { axis: 1 });
  const logits = head(layers, graph.node('Reshape', [told, graph.integers([-1, width])]), precision);
  const logProbability = graph.node('LogSoftmax', [graph.node('Add', [logits, 'bias'])], { axis: -1 });
  graph.nodes('TopK', [logProbability, graph.integers([options.candidates])], ['log_probability', 'candidate'], {
    axis: -1,
  });
  graph.nodes('Gather', [logProbability, graph.integer(config.tokens.noSpeech)], ['no_speech'], { axis: 1 });
  graph.output('log_probability', 'float', ['told', options.candidates]);
  graph.output('candidate', 'int64', ['told', options.candidates]);
  graph.output('no_speech', 'float', ['told']);
  graph.save();
}

/** Decoder layers that hold alignment heads, in ascending order. */
export function alignmentLayers(config: WhisperConfig): readonly number[] {
  return [...new Set(config.alignmentHeads.map(([layer]) => layer))].sort((a, b) => a - b);
}

/** Rows of the token embedding. */
function embedding(layers: Layers, precision: Precision): ValueName {
  const { graph, weights } = layers;
  if (precision === 'float32') return graph.node('Gather', [layers.vector(EMBEDDING), 'tokens']);
  const { rows, columns, values, scales } = weights.quantisedRows(EMBEDDING);
  const table = graph.constant('embedding.q', 'int8', [rows, columns], () => values);
  const scale = graph.constant('embedding.scale', 'float', [rows, 1], () => scales);
  const steps = graph.node('Cast', [graph.node('Gather', [table, 'tokens'])], { to: FLOAT });
  return graph.node('Mul', [steps, graph.node('Gather', [scale, 'tokens'])]);
}

/** `x` [told, width] to logits [told, vocabulary]: the token embedding, turned around. */
function head(layers: Layers, x: ValueName, precision: Precision): ValueName {
  // In floats the table itself serves, so that a hundred megabytes are not stored twice.
  if (precision === 'float32') return layers.graph.node('Gemm', [x, layers.vector(EMBEDDING)], { transB: 1 });
  return layers.matrix(x, 'head', rowsOf(layers.weights, EMBEDDING, precision), null, precision);
}

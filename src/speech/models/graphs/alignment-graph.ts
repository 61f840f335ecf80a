import type { WhisperConfig } from '../whisper-config.ts';
import { alignmentLayers } from './decoder-graph.ts';
import { OnnxGraph } from './onnx-graph.ts';

/**
 * Writes the small graph that says where in the sound each token listened: the attention of the alignment heads.
 *
 * Inputs: the decoder's `query_L` [1, tokens, width] and the encoder's `cross_key_L` of each aligned layer, and
 * `multiplicity`. Output: `attention` [alignment heads, tokens, positions], each row a distribution.
 */
export function writeAlignmentGraph(path: string, config: WhisperConfig): void {
  const { decoderHeads, width } = config.dimensions;
  const headWidth = width / decoderHeads;
  const graph = new OnnxGraph('alignment', path);
  graph.input('multiplicity', 'float', [1, 1, 1, 'positions']);
  const attentions = alignmentLayers(config).map((layer) => {
    const query = graph.input(`query_${layer}`, 'float', [1, 'tokens', width]);
    const key = graph.input(`cross_key_${layer}`, 'float', [1, decoderHeads, 'positions', headWidth]);
    const heads = graph.integers(config.alignmentHeads.filter(([at]) => at === layer).map(([, head]) => head));
    const byHead = graph.node('Reshape', [query, graph.integers([1, -1, decoderHeads, headWidth])]);
    const queries = graph.node('Gather', [graph.node('Transpose', [byHead], { perm: [0, 2, 1, 3] }), heads], {
      axis: 1,
    });
    const keys = graph.node('Transpose', [graph.node('Gather', [key, heads], { axis: 1 })], { perm: [0, 1, 3, 2] });
    const scores = graph.node('Mul', [graph.node('MatMul', [queries, keys]), graph.float(headWidth ** -0.5)]);
    return graph.node('Softmax', [graph.node('Add', [scores, 'multiplicity'])], { axis: -1 });
  });
  const joined = graph.node('Concat', attentions, { axis: 1 });
  graph.nodes('Squeeze', [joined, graph.integers([0])], ['attention']);
  graph.output('attention', 'float', [config.alignmentHeads.length, 'tokens', 'positions']);
  graph.save();
}

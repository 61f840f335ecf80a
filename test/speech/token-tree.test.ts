import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EncodedAudio, SpeechEncoder } from '../../src/speech/encoder.ts';
import { KeyValueCache } from '../../src/speech/key-value-cache.ts';
import { OnnxSession } from '../../src/speech/onnx.ts';
import { type NewToken, type NodeId, ROOT, type Successors, TokenTree } from '../../src/speech/token-tree.ts';
import { baseGraphs, clipSamples, config, FIRST_CLIP, largestDifference, tokenizer } from './base-model.ts';

const { tokens: ids, dimensions } = config;
const START = [ids.startOfTranscript, ids.languages.get('sv')!, ids.transcribe, ids.noTimestamps];
const TEXT = [...START, ...tokenizer.encode(' Har du fortfarande samma nummer?')];
/** Sums of thousands of floats in another order. */
const TOLERANCE = 2e-3;

let decoder: OnnxSession;
let audio: EncodedAudio;
beforeAll(async () => {
  const { encoderPath, decoderPath } = await baseGraphs('float32');
  const encoder = new SpeechEncoder(await OnnxSession.load(encoderPath), config.dimensions);
  audio = await encoder.encode(await clipSamples(FIRST_CLIP.file));
  await encoder.close();
  decoder = await OnnxSession.load(decoderPath);
});
afterAll(() => decoder.close());

function newTree(cache = new KeyValueCache(dimensions)): TokenTree {
  return new TokenTree(decoder, config, audio, cache);
}

/** Adds tokens, one the parent of the next, in one step, and tells the successors of each. */
async function feed(tree: TokenTree, tokens: readonly number[], root: NodeId = ROOT, first = 0) {
  const chain = tokens.map((token, index) => ({ token, parent: index === 0 ? root : first + index - 1 }));
  return extend(tree, chain);
}

function extend(tree: TokenTree, added: readonly NewToken[]) {
  const told = added.map((_, index) => index);
  return tree.extend(added, told, new Float32Array(told.length * dimensions.vocabularySize));
}

/** The same tokens as likely, whatever the order of two that are equally so. */
function expectSame(one: Successors, other: Successors): void {
  expect(largestDifference(one.logProbabilities, other.logProbabilities)).toBeLessThan(TOLERANCE);
  expect(Math.abs(one.noSpeech - other.noSpeech)).toBeLessThan(TOLERANCE);
  const likely = new Map(other.tokens.map((token, rank) => [token, other.logProbabilities[rank]!]));
  for (const [rank, token] of one.tokens.slice(0, 10).entries()) {
    expect(Math.abs(likely.get(token)! - one.logProbabilities[rank]!)).toBeLessThan(TOLERANCE);
  }
}

describe('a path of the tree has the same successors', () => {
  test('fed in one step as token by token', async () => {
    const { successors: atOnce } = await feed(newTree(), TEXT);
    const tree = newTree();
    let parent = ROOT;
    for (const [index, token] of TEXT.entries()) {
      const { nodes, successors } = await extend(tree, [{ token, parent }]);
      expectSame(successors[0]!, atOnce[index]!);
      [parent] = nodes as [NodeId];
    }
  });

  test('after beams have forked, ended and been packed away as in a tree of its own', async () => {
    const tree = newTree();
    const { nodes, successors } = await feed(tree, START);
    let beams = [{ node: nodes.at(-1)!, path: [...START] }];
    let heard = [successors.at(-1)!];
    for (let step = 0; step < 14; step++) {
      // Beams fork in twos and threes; those that fork last push the first ones out.
      const grown = beams.flatMap(({ node, path }, beam) =>
        heard[beam]!.tokens.slice(0, 2 + (step % 2)).map((token) => ({ token, parent: node, path: [...path, token] })),
      );
      const open = grown.slice(-5);
      const added = await extend(tree, open);
      beams = open.map(({ path }, index) => ({ path, node: added.nodes[index]! }));
      heard = [...added.successors];
      tree.retain(added.nodes);
    }
    for (const [beam, { path }] of beams.entries()) {
      const { successors: alone } = await feed(newTree(), path);
      expectSame(heard[beam]!, alone.at(-1)!);
    }
  });

  test('whatever another tree left in the cache', async () => {
    const cache = new KeyValueCache(dimensions);
    const { successors: first } = await feed(newTree(cache), TEXT);
    await feed(newTree(cache), TEXT.toReversed());
    const { successors: again } = await feed(newTree(cache), TEXT);
    expectSame(again.at(-1)!, first.at(-1)!);
  });

  test('when its siblings are fed in the same step', async () => {
    const tree = newTree();
    const root = (await feed(tree, START)).nodes.at(-1)!;
    const siblings = tokenizer.encode(' Har').concat(tokenizer.encode(' Det'), tokenizer.encode(' Kan'));
    const { successors } = await extend(
      tree,
      siblings.map((token) => ({ token, parent: root })),
    );
    for (const [index, token] of siblings.entries()) {
      const { successors: alone } = await feed(newTree(), [...START, token]);
      expectSame(successors[index]!, alone.at(-1)!);
    }
  });
});

describe('what the tree tells', () => {
  test('are log-probabilities, likeliest first', async () => {
    const { successors } = await feed(newTree(), TEXT);
    for (const { logProbabilities, tokens } of successors) {
      expect(new Set(tokens).size).toBe(tokens.length);
      expect([...logProbabilities]).toEqual([...logProbabilities].sort((one, other) => other - one));
      const sum = logProbabilities.reduce((total, value) => total + Math.exp(value), 0);
      expect(sum).toBeLessThanOrEqual(1.0001);
    }
  });

  test('no suppressed token among the likeliest', async () => {
    const biases = new Float32Array(dimensions.vocabularySize);
    const unbiased = (await feed(newTree(), START)).successors.at(-1)!;
    for (const token of unbiased.tokens.slice(0, 5)) biases[token] = -1e9;
    const chain = START.map((token, index) => ({ token, parent: index - 1 }));
    const { successors } = await newTree().extend(chain, [START.length - 1], biases);
    expect(successors[0]!.tokens[0]).toBe(unbiased.tokens[5]);
  });

  test('the cross-attention queries of a forked path, as those of the path alone', async () => {
    const tree = newTree();
    const root = (await feed(tree, START)).nodes.at(-1)!;
    const siblings = tokenizer.encode(' Hej du där');
    await extend(
      tree,
      siblings.map((token) => ({ token, parent: root })),
    );
    const text = TEXT.slice(START.length);
    const forked = await feed(tree, text, root, START.length + siblings.length);
    const alone = newTree();
    const { nodes } = await feed(alone, TEXT);
    const expected = alone.queriesOf(nodes.slice(START.length));
    for (const [layer, queries] of tree.queriesOf(forked.nodes)) {
      expect(queries.dims).toEqual([1, text.length, dimensions.width]);
      expect(largestDifference(queries.data, expected.get(layer)!.data)).toBeLessThan(TOLERANCE);
    }
    expect(expected.size).toBeGreaterThan(0);
  });
});

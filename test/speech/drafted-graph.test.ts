import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beamSearch, NO_SCORER } from '../../src/speech/beam-search.ts';
import { CHECKED_AT_ONCE, DraftedGraph, draftScorer } from '../../src/speech/drafted-graph.ts';
import { ROOT } from '../../src/speech/token-tree.ts';
import { END, PlantedGraph, VOCABULARY } from './planted-graph.ts';

const MAXIMUM_TOKENS = 100;
const BIASES = new Float32Array(CHECKED_AT_ONCE * VOCABULARY);

/** A text that goes on with certainty, token by token. */
function certain(text: readonly number[]): PlantedGraph {
  return new PlantedGraph((path) => ({ [text[path.length] ?? END]: 0.9, 7: 0.1 }));
}

function greedy(graph: PlantedGraph, draft?: readonly number[]) {
  const searched = draft ? new DraftedGraph(graph, ROOT, draft, BIASES) : graph;
  return beamSearch(searched, ROOT, graph.first, {
    beamSize: 1,
    maximumTokens: MAXIMUM_TOKENS,
    endOfText: END,
    biases: BIASES,
    vocabularySize: VOCABULARY,
    scorer: NO_SCORER,
  });
}

const text = (length: number) => Array.from({ length }, (_, index) => 1 + (index % 5));

describe('a greedy search', () => {
  test('finds the same whatever the draft, and never in more steps', async () => {
    const probabilities = fc.array(
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
      {
        minLength: 5,
        maxLength: 5,
      },
    );
    const drafts = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(probabilities, drafts, fc.nat(40), async (table, garbage, right) => {
        const plant = () =>
          new PlantedGraph((path) => ({ ...table[(3 * path.length + (path.at(-1) ?? 0)) % table.length] }));
        const plain = plant();
        const expected = await greedy(plain);
        const drafted = plant();
        const { tokens, tokenLogProbabilities, nodes, ended } = await greedy(drafted, [
          ...expected.tokens.slice(0, right),
          ...garbage,
        ]);
        expect({ tokens, tokenLogProbabilities, ended }).toEqual({
          tokens: expected.tokens,
          tokenLogProbabilities: expected.tokenLogProbabilities,
          ended: expected.ended,
        });
        expect(nodes.map((node) => drafted.paths[node]!.at(-1))).toEqual(tokens);
        expect(drafted.steps).toBeLessThanOrEqual(plain.steps);
      }),
    );
  });

  test.each([
    [1, 1],
    [CHECKED_AT_ONCE, 1],
    [CHECKED_AT_ONCE + 1, 2],
    [MAXIMUM_TOKENS - 1, Math.ceil((MAXIMUM_TOKENS - 1) / CHECKED_AT_ONCE)],
  ])('along a right draft of %i tokens takes %i steps', async (length, steps) => {
    const graph = certain(text(length));
    expect((await greedy(graph, text(length))).tokens).toEqual(text(length));
    expect(graph.steps).toBe(steps);
  });

  test('goes on alone where the draft ends or is wrong', async () => {
    const short = certain(text(20));
    expect((await greedy(short, text(15))).tokens).toEqual(text(20));
    expect(short.steps).toBe(1 + 5);
    const wrong = certain(text(20));
    expect((await greedy(wrong, [...text(15), 6, 6, 6])).tokens).toEqual(text(20));
    expect(wrong.steps).toBe(1 + 5);
  });

  test('pays nothing for a draft that is wrong from the start, or that goes on where the text ends', async () => {
    const wrong = certain(text(20));
    await greedy(wrong, [6, ...text(19)]);
    expect(wrong.steps).toBe(20);
    expect(wrong.paths).toHaveLength(20);
    const silent = certain([]);
    expect((await greedy(silent, text(9))).tokens).toEqual([]);
    expect(silent.steps).toBe(0);
  });
});

describe('the nodes ahead', () => {
  test('are kept while the search is on the draft, and given up when it has left it', async () => {
    const graph = certain(text(8));
    await greedy(graph, [...text(5), 6, 6]);
    // Five tokens are followed; with the sixth the draft is left: node 7, after the seven of the draft.
    expect(graph.retained).toEqual([[7], [8], [9]]);
  });
});

describe('a close call', () => {
  const favouring = (draft: readonly number[], probabilities: Record<number, number>) => {
    const graph = new PlantedGraph((path) => (path.length < 2 ? probabilities : { [END]: 1 }));
    return beamSearch(graph, ROOT, graph.first, {
      beamSize: 1,
      maximumTokens: MAXIMUM_TOKENS,
      endOfText: END,
      biases: BIASES,
      vocabularySize: VOCABULARY,
      scorer: draftScorer(draft),
    });
  };

  test('is decided by the draft, one that is none by the model; the log-probabilities stay what they are', async () => {
    const close = await favouring([2, 2], { 1: 0.5, 2: 0.45 });
    expect(close.tokens).toEqual([2, 2]);
    expect(close.tokenLogProbabilities[0]).toBeCloseTo(Math.log(0.45), 5);
    expect((await favouring([2, 2], { 1: 0.6, 2: 0.4 })).tokens).toEqual([1, 1]);
  });

  test('is decided by the model once the text has left the draft', async () => {
    expect((await favouring([3, 2], { 1: 0.5, 2: 0.45 })).tokens).toEqual([1, 1]);
  });
});

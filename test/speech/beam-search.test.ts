import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_SCORER, type TokenScorer } from '../../src/speech/beam-search.ts';
import { ROOT, type Successors } from '../../src/speech/token-tree.ts';
import { END, PlantedGraph, planted, search, VOCABULARY } from './planted-graph.ts';

/** The likeliest first token leads astray: 0.6 x 0.5 against 0.4 x 0.95. */
const garden = () => planted({ '': { 1: 0.6, 2: 0.4 }, 1: { 3: 0.5, 4: 0.5 }, 2: { 5: 0.95, 6: 0.05 } });

describe('a planted best path', () => {
  test('that begins with the less likely token is missed greedily and found with two beams', async () => {
    expect((await search(garden(), { beamSize: 1 })).tokens).toEqual([1, 3]);
    expect((await search(garden(), { beamSize: 2 })).tokens).toEqual([2, 5]);
  });

  test('is told with the log-probability of each token and of the end, their mean, and its nodes', async () => {
    const graph = garden();
    const { tokens, tokenLogProbabilities, averageLogProbability, nodes, ended } = await search(graph, { beamSize: 2 });
    const expected = [0.4, 0.95, 1].map(Math.log);
    expect(ended).toBe(true);
    expect(tokenLogProbabilities).toEqual(expected.map((value) => expect.closeTo(value, 5)));
    expect(averageLogProbability).toBeCloseTo((expected[0]! + expected[1]!) / 3, 5);
    expect(nodes.map((node) => graph.paths[node])).toEqual([[2], tokens]);
  });

  test('that is empty is found: a text may end before it begins', async () => {
    const graph = planted({ '': { [END]: 0.9, 1: 0.1 } });
    expect(await search(graph, { beamSize: 3 })).toMatchObject({ tokens: [], nodes: [], ended: true });
    expect(graph.steps).toBe(0);
  });
});

describe('a scorer', () => {
  const favours = (token: number, bonus: number): TokenScorer<null> => ({
    ...NO_SCORER,
    score: (_state, candidates) => candidates.map((candidate) => (candidate === token ? bonus : 0)),
  });

  test('changes the winner, not the log-probabilities that are told', async () => {
    const winner = await search(garden(), { beamSize: 2, scorer: favours(4, 2) });
    expect(winner.tokens).toEqual([1, 4]);
    expect(winner.averageLogProbability).toBeCloseTo(Math.log(0.6 * 0.5) / 3, 5);
  });

  test('may judge the end by the path that it followed', async () => {
    const told: string[] = [];
    const scorer: TokenScorer<string> = {
      start: '',
      score: (_state, candidates) => new Float32Array(candidates.length),
      next: (state, token) => `${state}${token}`,
      end: (state) => {
        told.push(state);
        return state === '14' ? 5 : 0;
      },
    };
    expect((await search(garden(), { beamSize: 3, scorer })).tokens).toEqual([1, 4]);
    expect(told).toContain('25');
  });
});

describe('the search stops', () => {
  test('as soon as no open beam is ahead of the best ended one', async () => {
    const graph = new PlantedGraph((path) =>
      path[0] === 1 ? { [END]: 1 } : path.length === 0 ? { 1: 0.9, 2: 0.1 } : { 2: 0.5, 3: 0.5 },
    );
    expect((await search(graph, { beamSize: 2, maximumTokens: 500 })).tokens).toEqual([1]);
    expect(graph.steps).toBe(1);
  });

  test('where the tokens allowed run out, and says that the text did not end', async () => {
    const endless = new PlantedGraph(() => ({ 1: 0.7, 2: 0.3 }));
    const cut = await search(endless, { beamSize: 3, maximumTokens: 7 });
    expect(cut).toMatchObject({ tokens: [1, 1, 1, 1, 1, 1, 1], ended: false });
    expect(cut.averageLogProbability).toBeCloseTo(Math.log(0.7), 5);
    expect(endless.steps).toBe(7);
  });

  test.each([1, 4])('when the signal fires, with %i beams: no further step', async (beamSize) => {
    const controller = new AbortController();
    const graph = new PlantedGraph((path) => {
      if (path.length === 3) controller.abort();
      return { 1: 0.5, 2: 0.5 };
    });
    const { signal } = controller;
    await expect(search(graph, { beamSize, signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(graph.steps).toBe(3);
  });

  test('for no number of endings that nobody believes in', async () => {
    const graph = new PlantedGraph((path) => ({ [END]: path.length === 6 ? 1 : 0.04, 1: 0.9, 2: 0.06 }));
    expect((await search(graph, { beamSize: 3 })).tokens).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('before it begins when the signal fired already', async () => {
    const graph = garden();
    await expect(search(graph, { beamSize: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(graph.steps).toBe(0);
  });
});

describe('a run of tokens', () => {
  /** Goes round in a circle of three for as long as it may. */
  const circle = () => new PlantedGraph((path) => ({ [1 + (path.length % 3)]: 0.9, 4: 0.05, 5: 0.04, [END]: 0.01 }));

  test.each([1, 3])('is written again and again when nothing forbids it, with %i beams', async (beamSize) => {
    const { tokens } = await search(circle(), { beamSize, maximumTokens: 9 });
    expect(tokens).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });

  test.each([
    [1, 3],
    [5, 3],
    [5, 4],
    [2, 1],
  ])('is not written twice by %i beams that may repeat no run of %i', async (beamSize, noRepeatTokens) => {
    const { tokens } = await search(circle(), { beamSize, noRepeatTokens, maximumTokens: 40 });
    const runs = tokens.slice(noRepeatTokens - 1).map((_, at) => tokens.slice(at, at + noRepeatTokens).join());
    expect(new Set(runs).size).toBe(runs.length);
  });
});

/** Random probabilities for every path of up to four tokens, the same for the same seed. */
function randomGraph(seed: number): PlantedGraph {
  return new PlantedGraph((path) => {
    if (path.length === 4) return { [END]: 1 };
    const weights = Array.from({ length: 4 }, (_, token) => 1e-3 + hashed([seed, ...path, token]));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return Object.fromEntries(weights.map((weight, token) => [token, weight / sum]));
  });
}

function hashed(numbers: readonly number[]): number {
  const mixed = numbers.reduce((hash, value) => Math.imul(hash ^ (value + 0x9e37), 0x01000193), 0x811c9dc5);
  return (Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 8) / 2 ** 24;
}

describe('whatever the graph', () => {
  test('one beam takes the likeliest token, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const graph = randomGraph(seed);
        const tokens: number[] = [];
        let { first } = graph;
        while (first.tokens[0] !== END) {
          tokens.push(first.tokens[0]!);
          const parent = graph.paths.length === 0 ? ROOT : graph.paths.length - 1;
          const step = await graph.extend([{ token: tokens.at(-1)!, parent }], [0], new Float32Array(VOCABULARY));
          [first] = step.successors as [Successors];
        }
        expect((await search(randomGraph(seed), { beamSize: 1 })).tokens).toEqual(tokens);
      }),
    );
  });

  test('what is told of a hypothesis is what the graph says of its path', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 6 }), async (seed, beamSize) => {
        const graph = randomGraph(seed);
        const found = await search(graph, { beamSize });
        const told = [...found.tokens, END].map((token, at) => graph.next(found.tokens.slice(0, at))[token]!);
        expect(found.tokenLogProbabilities).toEqual(told.map((value) => expect.closeTo(Math.log(value), 4)));
        const paths = found.tokens.map((_, at) => found.tokens.slice(0, at + 1));
        expect(found.nodes.map((node) => graph.paths[node])).toEqual(paths);
        const sum = found.tokenLogProbabilities.reduce((total, value) => total + value, 0);
        expect(found.averageLogProbability).toBeCloseTo(sum / told.length, 5);
      }),
      { numRuns: 50 },
    );
  });

  test('only the beams that are still open are retained', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 6 }), async (seed, beamSize) => {
        const graph = randomGraph(seed);
        await search(graph, { beamSize });
        expect(graph.retained).toHaveLength(graph.steps);
        for (const [step, open] of graph.retained.entries()) {
          expect(open.length).toBeLessThanOrEqual(beamSize);
          expect(open.map((node) => graph.paths[node]!.length)).toEqual(open.map(() => step + 1));
        }
      }),
      { numRuns: 50 },
    );
  });
});

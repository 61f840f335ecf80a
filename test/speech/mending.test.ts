import { describe, expect, test } from 'vitest';
import type { Hypothesis } from '../../src/speech/beam-search.ts';
import type { AlternativesOf } from '../../src/speech/lexicon/alternatives.ts';
import { type GrownGraph, type MendingOptions, mend } from '../../src/speech/mending.ts';
import { ROOT } from '../../src/speech/token-tree.ts';
import { config, tokenizer } from './base-model.ts';
import { type Continue, PlantedGraph, VOCABULARY } from './planted-graph.ts';

const END = config.tokens.endOfText;

class Graph extends PlantedGraph implements GrownGraph {
  get size(): number {
    return this.paths.length;
  }
}

function tokensOf(text: string): number[] {
  return text.match(/ ?[^ ]+/g)!.flatMap((word) => tokenizer.encode(word));
}

/** Text as a search would have found it, each token at a log-probability of -1. */
function heardAs(text: string, ended = true): Hypothesis {
  const tokens = tokensOf(text);
  const tokenLogProbabilities = new Array<number>(tokens.length + (ended ? 1 : 0)).fill(-1);
  return { tokens, tokenLogProbabilities, nodes: tokens.map((_, at) => 1000 + at), averageLogProbability: -1, ended };
}

/** A graph in which every text given goes on as it does, each token at `probability`. */
function graphOf(texts: Readonly<Record<string, number>>): Graph {
  const paths = Object.entries(texts).map(([text, probability]) => ({ path: [...tokensOf(text), END], probability }));
  const next: Continue = (path) =>
    Object.fromEntries(
      paths
        .filter((other) => path.every((token, at) => token === other.path[at]))
        .map((other) => [other.path[path.length]!, other.probability]),
    );
  return new Graph(next);
}

const options = (
  alternatives: Readonly<Record<string, Readonly<Record<string, number>>>>,
  rows = 32,
): MendingOptions => {
  const alternativesOf: AlternativesOf = (word) =>
    Object.entries(alternatives[word] ?? {}).map(([other, advantage]) => ({ word: other, advantage }));
  return {
    tokenizer,
    language: 'sv',
    endOfText: END,
    root: ROOT,
    biases: new Float32Array(rows * VOCABULARY),
    vocabularySize: VOCABULARY,
    alternativesOf,
  };
};
const textOf = ({ tokens }: Hypothesis) => tokenizer.decode(tokens).trim();

describe('a strange word', () => {
  const SAID = ' Åter om nästa vecka.';
  const HEARD = ' Åter om nesta vecka.';
  const NEAR = { nesta: { nästa: 3 } };

  test('becomes the one that it sounds like where the sound allows it', async () => {
    const mended = await mend(graphOf({ [HEARD]: 0.5, [SAID]: 0.3 }), heardAs(HEARD), options(NEAR));
    expect(textOf(mended)).toBe('Åter om nästa vecka.');
    expect(mended.nodes).toHaveLength(mended.tokens.length);
    expect(mended.tokenLogProbabilities).toHaveLength(mended.tokens.length + 1);
    const average = mended.tokenLogProbabilities.reduce((sum, value) => sum + value, 0) / (mended.tokens.length + 1);
    expect(mended.averageLogProbability).toBeCloseTo(average, 10);
  });

  test('stays where the sound speaks against the other', async () => {
    const heard = heardAs(HEARD);
    expect(await mend(graphOf({ [HEARD]: 0.5, [SAID]: 1e-4 }), heard, options(NEAR))).toBe(heard);
  });

  test('stays where the sound has nothing of the other, and where nothing sounds like it', async () => {
    const heard = heardAs(HEARD);
    expect(await mend(graphOf({ [HEARD]: 0.5 }), heard, options(NEAR))).toBe(heard);
    const untouched = graphOf({});
    expect(await mend(untouched, heard, options({}))).toBe(heard);
    expect(untouched.steps).toBe(0);
  });

  test('becomes the best of several', async () => {
    const graph = graphOf({ [HEARD]: 0.5, [SAID]: 0.3, ' Åter om nista vecka.': 0.3 });
    const mended = await mend(graph, heardAs(HEARD), options({ nesta: { nista: 2, nästa: 3 } }));
    expect(textOf(mended)).toBe('Åter om nästa vecka.');
  });

  test('at the end, before a mark, or in a text that never ended is one, too', async () => {
    for (const ended of [true, false]) {
      const graph = graphOf({ ' Vi ses nesta!': 0.5, ' Vi ses nästa!': 0.4 });
      const mended = await mend(graph, heardAs(' Vi ses nesta!', ended), options(NEAR));
      expect(textOf(mended)).toBe('Vi ses nästa!');
      expect(mended.tokenLogProbabilities).toHaveLength(mended.tokens.length + (ended ? 1 : 0));
    }
  });

  test('that opens the text, is a name or holds figures is left alone', async () => {
    for (const text of [' nesta gång', ' Hos Nesta idag', ' Tag nesta2 nu']) {
      const graph = graphOf({ [text]: 0.5 });
      const heard = heardAs(text);
      expect(await mend(graph, heard, options({ nesta: { nästa: 9 }, nesta2: { nästa: 9 } }))).toBe(heard);
    }
  });
});

describe('several strange words', () => {
  test('are mended in one text, whatever room a step has', async () => {
    const [heard, said] = [' Vi ser nesta vecka och misstankt kaskad', ' Vi ser nästa vecka och misstänkt kaskad'];
    const alternatives = { nesta: { nästa: 4 }, misstankt: { misstänkt: 6 } };
    const half = { ' Vi ser nästa vecka och': 0.4, ' Vi ser nesta vecka och misstänkt kaskad': 0.4 };
    for (const rows of [8, 32]) {
      const graph = graphOf({ [heard]: 0.5, [said]: 0.4, ...half });
      expect(textOf(await mend(graph, heardAs(heard), options(alternatives, rows)))).toBe(said.trim());
    }
  });
});

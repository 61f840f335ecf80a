import { describe, expect, test } from 'vitest';
import type { Hypothesis } from '../../src/speech/beam-search.ts';
import type { Alternatives } from '../../src/speech/lexicon/alternatives.ts';
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

/** By the word, or the two with a space between them, that others may stand for. */
type Others = Readonly<Record<string, Readonly<Record<string, number>>>>;

const options = (graph: Graph, others: Others, rows = 32): MendingOptions => {
  const of = (words: string) => Object.entries(others[words] ?? {}).map(([word, advantage]) => ({ word, advantage }));
  const alternatives: Alternatives = { ofWord: of, ofTwo: (first, second) => of(`${first} ${second}`) };
  return {
    tokenizer,
    language: 'sv',
    endOfText: END,
    root: ROOT,
    biases: new Float32Array(rows * VOCABULARY),
    vocabularySize: VOCABULARY,
    first: graph.first,
    alternatives,
  };
};
const mended = (graph: Graph, heard: Hypothesis, others: Others, rows?: number) =>
  mend(graph, heard, options(graph, others, rows));
const textOf = ({ tokens }: Hypothesis) => tokenizer.decode(tokens).trim();

describe('a strange word', () => {
  const SAID = ' Åter om nästa vecka.';
  const HEARD = ' Åter om nesta vecka.';
  const NEAR = { nesta: { nästa: 3 } };

  test('becomes the one that it sounds like where the sound allows it', async () => {
    const better = await mended(graphOf({ [HEARD]: 0.5, [SAID]: 0.3 }), heardAs(HEARD), NEAR);
    expect(textOf(better)).toBe('Åter om nästa vecka.');
    expect(better.nodes).toHaveLength(better.tokens.length);
    expect(better.tokenLogProbabilities).toHaveLength(better.tokens.length + 1);
    const average = better.tokenLogProbabilities.reduce((sum, value) => sum + value, 0) / (better.tokens.length + 1);
    expect(better.averageLogProbability).toBeCloseTo(average, 10);
  });

  test('stays where the sound speaks against the other', async () => {
    const heard = heardAs(HEARD);
    expect(await mended(graphOf({ [HEARD]: 0.5, [SAID]: 1e-4 }), heard, NEAR)).toBe(heard);
  });

  test('stays where the sound has nothing of the other, and where nothing sounds like it', async () => {
    const heard = heardAs(HEARD);
    expect(await mended(graphOf({ [HEARD]: 0.5 }), heard, NEAR)).toBe(heard);
    const untouched = graphOf({});
    expect(await mended(untouched, heard, {})).toBe(heard);
    expect(untouched.steps).toBe(0);
  });

  test('becomes the best of several', async () => {
    const graph = graphOf({ [HEARD]: 0.5, [SAID]: 0.3, ' Åter om nista vecka.': 0.3 });
    expect(textOf(await mended(graph, heardAs(HEARD), { nesta: { nista: 2, nästa: 3 } }))).toBe('Åter om nästa vecka.');
  });

  test('at the end, before a mark, or in a text that never ended is one, too', async () => {
    for (const ended of [true, false]) {
      const graph = graphOf({ ' Vi ses nesta!': 0.5, ' Vi ses nästa!': 0.4 });
      const better = await mended(graph, heardAs(' Vi ses nesta!', ended), NEAR);
      expect(textOf(better)).toBe('Vi ses nästa!');
      expect(better.tokenLogProbabilities).toHaveLength(better.tokens.length + (ended ? 1 : 0));
    }
  });

  test.each([
    [' Nesta vecka', ' Nästa vecka'],
    [' Vi ses. Nesta vecka', ' Vi ses. Nästa vecka'],
    [' nesta vecka', ' nästa vecka'],
  ])('that opens a text or a sentence is one, too, and keeps its capital: %s', async (heard, said) => {
    const better = await mended(graphOf({ [heard]: 0.5, [said]: 0.4 }), heardAs(heard), NEAR);
    expect(textOf(better)).toBe(said.trim());
    expect(better.nodes).toHaveLength(better.tokens.length);
  });

  test('that is a name or holds figures is left alone', async () => {
    for (const text of [' Hos Nesta idag', ' Tag nesta2 nu']) {
      const heard = heardAs(text);
      expect(await mended(graphOf({ [text]: 0.5 }), heard, { nesta: { nästa: 9 }, nesta2: { nästa: 9 } })).toBe(heard);
    }
  });
});

describe('two words that make one', () => {
  const APART = ' Hon blev bort förd. Av polis';
  const JOINED = ' Hon blev bortförd. Av polis';
  const ONE = { 'bort förd': { bortförd: 2 } };

  test('are joined where the sound allows it, with the marks after them', async () => {
    const better = await mended(graphOf({ [APART]: 0.5, [JOINED]: 0.4 }), heardAs(APART), ONE);
    expect(textOf(better)).toBe(JOINED.trim());
    expect(better.nodes).toHaveLength(better.tokens.length);
    expect(better.tokenLogProbabilities).toHaveLength(better.tokens.length + 1);
  });

  test('stay apart where the sound speaks against it', async () => {
    const heard = heardAs(APART);
    expect(await mended(graphOf({ [APART]: 0.5, [JOINED]: 1e-4 }), heard, ONE)).toBe(heard);
  });

  test.each([' Hon gick bort, förd av polis', ' Hon gick bort. Förd av polis', ' Hon gick bort Förd'])(
    'stay apart when a mark or a capital parts them: %s',
    async (text) => {
      const joined = text.replace(/bort\P{L}+förd/iu, 'bortförd');
      const heard = heardAs(text);
      expect(await mended(graphOf({ [text]: 0.5, [joined]: 0.5 }), heard, ONE)).toBe(heard);
    },
  );

  test('are either joined or mended, whichever is likelier', async () => {
    const [heard, joined, exchanged] = [' Hon blev bort ferd', ' Hon blev bortferd', ' Hon blev bort förd'];
    const graph = graphOf({ [heard]: 0.5, [joined]: 0.4, [exchanged]: 0.4 });
    const others = { 'bort ferd': { bortferd: 4 }, ferd: { förd: 5 } };
    expect(textOf(await mended(graph, heardAs(heard), { ...others, 'bort ferd': { bortferd: 99 } }))).toBe(
      joined.trim(),
    );
    expect(textOf(await mended(graph, heardAs(heard), { ...others, ferd: { förd: 99 } }))).toBe(exchanged.trim());
  });
});

describe('several strange words', () => {
  test('are mended in one text, whatever room a step has', async () => {
    const [heard, said] = [' Vi ser nesta vecka och misstankt kaskad', ' Vi ser nästa vecka och misstänkt kaskad'];
    const others = { nesta: { nästa: 4 }, misstankt: { misstänkt: 6 } };
    const half = { ' Vi ser nästa vecka och': 0.4, ' Vi ser nesta vecka och misstänkt kaskad': 0.4 };
    for (const rows of [8, 32]) {
      const graph = graphOf({ [heard]: 0.5, [said]: 0.4, ...half });
      expect(textOf(await mended(graph, heardAs(heard), others, rows))).toBe(said.trim());
    }
  });
});

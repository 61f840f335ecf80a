import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { automatonEdges } from '../../../src/speech/lexicon/build-automaton.ts';
import { swedishLexicon } from '../../../src/speech/lexicon/swedish-lexicon.ts';
import { WordAutomaton } from '../../../src/speech/lexicon/word-automaton.ts';
import { COMPOUND_COST, isPartRank, NAME_COST, PAIR_GAIN, rankCost } from '../../../src/speech/lexicon/word-costs.ts';
import { pairHash, swedishWordPairs, WordPairs } from '../../../src/speech/lexicon/word-pairs.ts';
import { wordScorer } from '../../../src/speech/lexicon/word-scorer.ts';
import { TermTrie } from '../../../src/speech/vocabulary/term-trie.ts';
import { Pieces, runningScores } from './piecemeal.ts';

const UNKNOWN = 2;
const RANKS = new Map([
  ...['patient', 'blod', 'prov', 'hund', 'gata', 'vecka', 'lampa', 'flicka', 'skola', 'arbete', 'tid'].map(
    (word) => [word, 6] as const,
  ),
  ...['och', 'det', 'på'].map((word) => [word, 7] as const),
  ['nagelfaren', 1],
]);
const LEXICON = new WordAutomaton(automatonEdges(RANKS));
const KNOWN = [...RANKS.keys()];
const PARTS = [...RANKS].flatMap(([word, rank]) => (isPartRank(rank) ? word : []));

const PAIRS = new WordPairs(Uint32Array.of(pairHash('hos', 'hund')));

function score(text: string, cuts?: readonly number[], terms?: TermTrie, lexicon: WordAutomaton | undefined = LEXICON) {
  const pieces = new Pieces();
  const sources = { lexicon, terms, pairs: PAIRS, unknownCost: UNKNOWN };
  return runningScores(wordScorer(sources, pieces), pieces.tokens(text, cuts));
}

const cost = (text: string) => -score(text).total;
const cuts = fc.array(fc.nat(200), { maxLength: 12 });
const someWord = fc.oneof(
  fc.constantFrom(...KNOWN, 'xyzzy', 'brörk', 'B12', '1980-tal', 'Åström', 'blodprov', 'Kalle', 'É'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const someText = fc.array(someWord, { maxLength: 8 }).map((words) => words.join(' '));

describe('two words that often follow each other', () => {
  test.each(['hos hund', 'Hos Hund.', 'det hos, hund och'])('earn once, in capitals or after a comma: "%s"', (text) => {
    expect(cost(text.replace('hund', 'gata').replace('Hund', 'Gata')) - cost(text)).toBeCloseTo(PAIR_GAIN);
  });

  test.each(['hund hos', 'hos det hund', 'hos. Hund', 'hos 12 hund'])('not otherwise: "%s"', (text) => {
    expect(cost(text)).toBeCloseTo(cost(text.replace('hund', 'flicka').replace('Hund', 'Flicka')));
  });

  test('are known of Swedish', () => {
    const known = (first: string, second: string) => swedishWordPairs().has(pairHash(first, second));
    expect(known('till', 'exempel')).toBe(true);
    expect(known('på', 'två')).toBe(true);
    expect(known('mera', 'också')).toBe(false);
  });
});

describe('a word', () => {
  test.each([...RANKS])('"%s" of the lexicon costs what its rank %i does', (word, rank) => {
    expect(cost(`på ${word} och`)).toBeCloseTo(UNKNOWN * rankCost(rank));
  });

  test.each(['xyzzy', 'brörk', 'patienx', 'atient'])('that nobody knows costs once, and no less: "%s"', (word) => {
    expect(cost(word)).toBeCloseTo(UNKNOWN);
    expect(cost(`det ${word} på`)).toBeCloseTo(UNKNOWN);
    expect(cost(`${word} ${word}`)).toBeCloseTo(2 * UNKNOWN);
  });

  test('put together from any two parts costs what compounds do, with or without a binding s', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PARTS), fc.constantFrom(...PARTS), fc.constantFrom('', 's'), (one, two, link) => {
        expect(cost(`${one}${link}${two}`)).toBeCloseTo(UNKNOWN * COMPOUND_COST);
      }),
    );
  });

  test.each(['gatuhund', 'veckoprov', 'flickskola', 'skolflicka', 'arbetsvecka', 'lampgata', 'blodprovstid'])(
    'whose first part changes or falls short of its vowel is a compound: "%s"',
    (word) => {
      expect(cost(word)).toBeCloseTo(UNKNOWN * COMPOUND_COST);
    },
  );

  test.each(['hundoch', 'detprov', 'hundx', 'hundsx', 'hunds', 'hundp'])(
    'is none with less than that: "%s"',
    (word) => {
      expect(cost(word)).toBeCloseTo(UNKNOWN);
    },
  );

  test.each([
    ['på Mälåkra', NAME_COST],
    ['på Östrakk', NAME_COST],
    ['Mälåkra', 1],
    ['på. Mälåkra', 1],
    ['på mälåkra', 1],
    ['på mälÅkra', 1],
  ])('may be a name where a capital says so: "%s"', (text, share) => {
    expect(cost(text)).toBeCloseTo(UNKNOWN * share);
  });

  test.each(['B12', 'xyz12zyx', '24pundare', 'HbA1c', '7'])('with figures is not judged: "%s"', (word) => {
    expect(cost(`det ${word} på`)).toBeCloseTo(0);
  });

  test.each(['ПРИВЕТ', '東京', '...', '–', '€', '÷ ×'])('of other signs is not judged: "%s"', (word) => {
    expect(cost(word)).toBeCloseTo(0);
  });
});

describe('whatever the text', () => {
  test('it scores the same however it is cut into tokens, even inside characters', () => {
    fc.assert(
      fc.property(someText, cuts, (text, where) => {
        expect(score(text, where).total).toBeCloseTo(score(text).total, 4);
      }),
    );
  });

  test('capitals at the beginning and signs around words change nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('xyzzy', ...KNOWN), { minLength: 1, maxLength: 6 }), (words) => {
        const plain = cost(words.join(' '));
        const [first, ...rest] = words as [string, ...string[]];
        expect(cost([first[0]!.toUpperCase() + first.slice(1), ...rest].join(' '))).toBeCloseTo(plain);
        expect(cost(`"${words.join(', ')}."`)).toBeCloseTo(plain);
        expect(cost(words.join('-'))).toBeCloseTo(plain);
      }),
    );
  });

  test('a beginning is never given less than what it comes to with the lexicon alone', () => {
    fc.assert(
      fc.property(someText, (text) => {
        // A figure takes back what its word had cost.
        const { after, total } = score(text.replaceAll(/\p{N}/gu, ''));
        for (const sum of after) expect(sum).toBeGreaterThanOrEqual(total - 1e-4);
      }),
    );
  });

  test('what is left to say of a word that is over is nothing', () => {
    fc.assert(
      fc.property(someText, (text) => {
        const { after, total } = score(`${text} `);
        expect(total).toBeCloseTo(after.at(-1) ?? 0, 5);
      }),
    );
  });
});

describe('terms', () => {
  const terms = new TermTrie(
    new Map([
      ['waran', 1.5],
      ['metoprolol', 3],
      ['xi', 0.5],
    ]),
  );
  const gain = (text: string, lexicon?: WordAutomaton) => score(text, undefined, terms, lexicon).total;

  test.each(['waran', 'Waran', 'på waran och', 'waran, det'])('earn their bonus once: "%s"', (text) => {
    expect(gain(text)).toBeCloseTo(1.5);
  });

  test('earn it with endings and at the head of a compound', () => {
    expect(gain('metoprololet')).toBeCloseTo(3);
    expect(gain('warans')).toBeCloseTo(1.5);
    expect(gain('metoprololtid')).toBeCloseTo(3 - UNKNOWN * COMPOUND_COST);
  });

  test.each(['wara', 'xwaran', 'metopro', 'xin', 'waranq'])('earn nothing in another word: "%s"', (text) => {
    expect(gain(text)).toBeCloseTo(-UNKNOWN);
  });

  test('given up half-way are taken back in full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), cuts, (length, where) => {
        const text = `${'metoprolol'.slice(0, length)}q det`;
        expect(score(text, where, terms).total).toBeCloseTo(-UNKNOWN);
      }),
    );
  });

  test('without a lexicon cost nothing elsewhere', () => {
    const pieces = new Pieces();
    const scorer = wordScorer({ terms, unknownCost: UNKNOWN }, pieces);
    expect(runningScores(scorer, pieces.tokens('xyzzy brörk')).total).toBeCloseTo(0);
    expect(runningScores(scorer, pieces.tokens('xyzzy waran')).total).toBeCloseTo(1.5);
  });
});

describe('in Swedish', () => {
  const total = (text: string) => -score(text, undefined, undefined, swedishLexicon()).total / UNKNOWN;

  test.each([
    'Patienten söker för ont i bröstet sedan två dagar.',
    'Återbesök om sex veckor hos doktor Andersson.',
    'Blodtryck 140/85. Puls 72, regelbunden.',
    'Vi ökar dosen metoprolol till 50 mg.',
    'Hon bor på Östra Storgatan 4 i Linköping.',
  ])('hardly a word of an ordinary note costs anything: %s', (text) => {
    expect(total(text)).toBeLessThan(0.3);
  });

  test.each(['diabetessköterskebesök', 'provtagningsmottagning', 'kanondäck', 'veckodosering', 'blodtrycksmätning'])(
    'a compound that no list need hold costs little: "%s"',
    (word) => {
      expect(total(word)).toBeLessThanOrEqual(0.45);
    },
  );

  test.each(['kapbrustande', 'vakuaeras', 'oventade', 'sikmöjdom', 'vesekulara'])(
    'a word that is none costs in full: "%s"',
    (word) => {
      expect(total(word)).toBeCloseTo(1);
    },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInText, plainWords, type StoredCard } from '../../src/notes/reconcile/cards.ts';
import { applied, decided, EMPTY, type Held, marked, readNow, reconciliation, saved } from './reconciled.ts';

const VISIT = 'Återbesök om sex veckor.';

function only({ cards }: Held): StoredCard {
  expect(cards).toHaveLength(1);
  return cards[0]!;
}

describe('a decided follow-up', () => {
  const confirmed = decided(saved(EMPTY, VISIT), 'confirmed');

  test('stays so when its words move', () => {
    const card = only(saved(confirmed, `Mår bra. ${VISIT} Hör av sig vid behov.`));
    expect(card).toMatchObject({ state: 'confirmed', reopenedBecause: null });
    expect(card.source).toEqual({ start: 9, end: 32, text: 'Återbesök om sex veckor' });
  });

  test('is reopened with both wordings when its words change', () => {
    const card = only(saved(confirmed, 'Återbesök om tre veckor.'));
    expect(card).toMatchObject({
      state: 'found',
      reopenedBecause: 'Texten har ändrats: förut ”Återbesök om sex veckor”, nu ”Återbesök om tre veckor”.',
    });
    expect(card.fields?.time?.target).toBe('2026-03-31');
  });

  test('is reopened and kept when its words go', () => {
    const card = only(saved(confirmed, 'Mår bra.'));
    expect(card.state).toBe('found');
    expect(card.reopenedBecause).toContain('finns inte kvar');
    expect(isInText(card.source)).toBe(false);
    expect(only(saved(saved(confirmed, 'Mår bra.'), '')).reopenedBecause).toContain('finns inte kvar');
  });

  test('is reopened when what stands beside it makes it something else', () => {
    const card = only(saved(confirmed, 'Inget återbesök om sex veckor.'));
    expect(card.state).toBe('found');
    expect(card.reopenedBecause).not.toBeNull();
  });

  test('does not come back decided when its words do', () => {
    const gone = saved(confirmed, 'Mår bra.');
    const nothing = decided(gone, 'nothing');
    expect(only(saved(nothing, 'Mår bra. Andas lätt.')).state).toBe('nothing');
    const card = only(saved(nothing, `Mår bra. ${VISIT}`));
    expect(card).toMatchObject({ state: 'found', reopenedBecause: expect.stringContaining('finns med igen') });
  });

  test('is not mistaken for another one in the same words', () => {
    const twice = saved(EMPTY, `${VISIT} Mår bra. ${VISIT}`);
    const [first, second] = twice.cards;
    const held = decided(
      decided(twice, 'confirmed', ({ id }) => id === first!.id),
      'nothing',
      ({ id }) => id === second!.id,
    );
    const oneLeft = saved(held, `Mår bra. ${VISIT}`);
    expect(oneLeft.cards.find(({ id }) => id === second!.id)).toMatchObject({ state: 'nothing' });
    expect(oneLeft.cards.find(({ id }) => id === first!.id)).toMatchObject({ state: 'found' });
  });

  test('is reopened when nobody can tell which of two in the same words was taken away', () => {
    const twice = saved(EMPTY, `${VISIT} Mår bra. ${VISIT}`);
    const [first] = twice.cards;
    const held = decided(decided(twice, 'nothing'), 'confirmed', ({ id }) => id === first!.id);
    const rewritten = saved(held, `Piggare nu. ${VISIT} Egenvård.`);
    expect(rewritten.cards.map(({ state }) => state)).toEqual(['found', 'found']);
  });

  test('keeps the fields that a person gave it', () => {
    const fields = { ...only(confirmed).fields!, duration_min: 60 };
    const changed = { ...confirmed, cards: [{ ...only(confirmed), state: 'changed' as const, fields }] };
    expect(only(saved(changed, `Mår bra. ${VISIT}`))).toMatchObject({ state: 'changed', fields: { duration_min: 60 } });
  });

  test('is followed by one that belongs to it, in the same chain and by its own number', () => {
    const { cards } = saved(confirmed, `Nytt EKG i dag. ${VISIT} Prover en vecka innan.`);
    const visit = cards.find(({ state }) => state === 'confirmed')!;
    const tests = cards.find(({ fields }) => fields?.type === 'provtagning')!;
    expect(tests.chainId).toBe(visit.chainId);
    expect(tests.fields?.before).toBe(visit.requestKey);
  });
});

describe('an undecided follow-up', () => {
  test('goes with its words', () => {
    expect(saved(saved(EMPTY, VISIT), 'Mår bra.').cards).toEqual([]);
  });

  test('is read anew under its own number as its sentence is written', () => {
    const begun = saved(EMPTY, 'Återbesök');
    const card = only(saved(begun, VISIT));
    expect(card).toMatchObject({ id: only(begun).id, requestKey: only(begun).requestKey, state: 'found' });
    expect(card.fields?.time?.target).toBe('2026-04-21');
  });
});

describe('a card of marked words', () => {
  const note = marked({ text: 'Ring mamma. Kollas upp.', cards: [] }, 'Kollas upp', 'confirmed');

  test('goes where its words go', () => {
    expect(only(saved(note, 'Mår bra. Ring mamma. Kollas upp.'))).toMatchObject({
      state: 'confirmed',
      source: { start: 21, end: 31, text: 'Kollas upp' },
    });
  });

  test('is kept and reopened when they go', () => {
    expect(only(saved(note, 'Ring mamma.'))).toMatchObject({
      state: 'found',
      reopenedBecause: expect.stringContaining('finns inte kvar'),
    });
  });

  test('is not doubled when the same words are read by themselves', () => {
    const words = 'Återbesök om sex veckor';
    expect(saved(marked({ text: VISIT, cards: [] }, words), VISIT).cards).toHaveLength(1);
  });
});

const SENTENCES = [
  'Återbesök om sex veckor.',
  'Återbesök om tre månader hos dr Lind.',
  'Prover en vecka innan.',
  'EKG på onsdag.',
  'Telefontid om två veckor för svar.',
  'Inget återbesök.',
  'Ska till sin mamma.',
  'Remiss till hudkliniken.',
  'Återbesök och prover om några veckor.',
  'Mår bra.',
  'Ring 1177 vid försämring.',
  'Modern ska ha återbesök om sex veckor.',
];
const STATES = ['found', 'confirmed', 'changed', 'asked', 'nothing', 'not_follow_up'] as const;

/** A step of somebody's work: the text is changed, a card is decided on, words are marked. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(12), sentence: fc.constantFrom(...SENTENCES) }),
  fc.record({
    kind: fc.constant('delete' as const),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(60),
  }),
  fc.record({
    kind: fc.constant('type' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom(' ', 'inte ', 'x', ' om ett år', '\n', 'sju '),
  }),
  fc.record({ kind: fc.constant('move' as const), sentence: fc.nat(10) }),
  fc.record({
    kind: fc.constant('rewrite' as const),
    sentences: fc.array(fc.constantFrom(...SENTENCES), { maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant('decide' as const), card: fc.nat(9), state: fc.constantFrom(...STATES) }),
  fc.record({
    kind: fc.constant('mark' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 2, max: 30 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function take(held: Held, done: Step): Held {
  const { text, cards } = held;
  switch (done.kind) {
    case 'insert': {
      const sentences = text.split(/(?<=\.) /);
      return after(
        held,
        sentences
          .toSpliced(done.at % (sentences.length + 1), 0, done.sentence)
          .join(' ')
          .trim(),
      );
    }
    case 'delete': {
      const from = Math.floor(done.from * text.length);
      return after(held, text.slice(0, from) + text.slice(from + done.length));
    }
    case 'type': {
      const at = Math.floor(done.at * text.length);
      return after(held, text.slice(0, at) + done.text + text.slice(at));
    }
    case 'move': {
      const sentences = text.split(/(?<=\.) /);
      const [moved = ''] = sentences.splice(done.sentence % sentences.length, 1);
      return after(held, [moved, ...sentences].join(' '));
    }
    case 'rewrite':
      return after(held, done.sentences.join(' '));
    case 'decide': {
      const card = cards[done.card % Math.max(1, cards.length)];
      if (!card) return held;
      return decided(held, done.state, ({ id }) => id === card.id);
    }
    case 'mark': {
      const start = Math.floor(done.at * text.length);
      const words = text.slice(start, start + done.length);
      return words.trim() === '' ? held : marked(held, words);
    }
    default:
      return done satisfies never;
  }
}

/** Saves a text, and looks whether every promise was kept. */
function after(held: Held, text: string): Held {
  const done = reconciliation(held, text);
  const now = applied(held, text, done);
  const byId = new Map(now.cards.map((card) => [card.id, card]));
  for (const before of held.cards) {
    const card = byId.get(before.id);
    if (before.state === 'found') {
      // Nothing is decided by itself.
      expect(card?.state ?? 'found').toBe('found');
      if (before.origin === 'marked' || before.reopenedBecause !== null) expect(card).toBeDefined();
      continue;
    }
    // Nothing decided is lost: it says the same in the same words, or says why it is open.
    expect(card).toBeDefined();
    if (card!.state === 'found') {
      expect(card!.reopenedBecause).toEqual(expect.stringMatching(/^Texten har ändrats/));
      continue;
    }
    expect(card!.state).toBe(before.state);
    expect(card!.fields).toEqual(before.fields);
    expect(plainWords(card!.source.text)).toBe(plainWords(before.source.text));
    if (isInText(before.source)) expect(text.slice(card!.source.start, card!.source.end)).toBe(card!.source.text);
  }
  // Nothing that the text asks for is without a card.
  for (const { source } of readNow(text)) {
    expect(now.cards.some((card) => card.source.start === source.start && card.source.end === source.end)).toBe(true);
  }
  const keys = now.cards.map(({ requestKey }) => requestKey).filter((key) => key !== null);
  expect(new Set(keys).size).toBe(keys.length);
  const again = reconciliation(now, text);
  expect({ ...again }).toEqual({ added: [], anew: [], removed: [] });
  return now;
}

test('whatever is edited: no decision is lost silently, none is made, nothing is dropped, and twice is once', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
      steps.reduce(take, EMPTY);
    }),
    { numRuns: 250 },
  );
});

test('the same cards and the same text give the same changes, in whatever order the cards come', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), fc.constantFrom(...SENTENCES), (steps, sentence) => {
      const held = steps.reduce(take, EMPTY);
      const changesOf = (from: Held) =>
        new Map(
          reconciliation(from, `${sentence} ${held.text}`).anew.map(({ card, change }) => [
            card.id,
            { ...change, chainId: '' },
          ]),
        );
      expect(changesOf({ ...held, cards: held.cards.toReversed() })).toEqual(changesOf(held));
    }),
    { numRuns: 100 },
  );
});

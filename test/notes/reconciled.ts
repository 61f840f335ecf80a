import { extractFollowUps } from '../../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import type { StoredCard } from '../../src/notes/reconcile/cards.ts';
import { readCards } from '../../src/notes/reconcile/read-cards.ts';
import { type Reconciliation, reconcile } from '../../src/notes/reconcile/reconcile.ts';

/** A note's text with its cards, as the database would hold them. */
export interface Held {
  readonly text: string;
  readonly cards: readonly StoredCard[];
}

export const EMPTY: Held = { text: '', cards: [] };

let made = 0;

export function readNow(text: string) {
  return readCards(extractFollowUps(text, { refDate: '2026-03-10', unit: UNIT_DEFAULTS }), text);
}

export function reconciliation({ text: earlierText, cards: stored }: Held, text: string): Reconciliation {
  return reconcile({ stored, read: readNow(text), earlierText, text, newChainId: () => `chain-${made++}` });
}

/** The cards after a reconciliation, with what the database does of its own accord. */
export function applied({ cards }: Held, text: string, { added, anew, removed }: Reconciliation): Held {
  const changes = new Map(anew.map(({ card, change }) => [card.id, change]));
  const kept = cards
    .filter((card) => !removed.includes(card))
    .map((card): StoredCard => {
      const change = changes.get(card.id);
      if (!change) return card;
      return { ...card, ...change, ...(change.reopenedBecause !== undefined && { state: 'found' as const }) };
    });
  const fresh = added.map(
    ({ reading, ...card }): StoredCard => ({
      ...card,
      id: `card-${made++}`,
      state: 'found',
      reopenedBecause: null,
      reading: reading ?? { fields: card.fields, flags: card.flags.map(({ flag }) => flag) },
    }),
  );
  return { text, cards: [...kept, ...fresh] };
}

export function saved(held: Held, text: string): Held {
  return applied(held, text, reconciliation(held, text));
}

export function decided(
  held: Held,
  state: StoredCard['state'],
  which: (card: StoredCard) => boolean = () => true,
): Held {
  return { ...held, cards: held.cards.map((card) => (which(card) ? { ...card, state } : card)) };
}

/** A card of words that somebody marked. */
export function marked(held: Held, words: string, state: StoredCard['state'] = 'found'): Held {
  const start = held.text.indexOf(words);
  const card: StoredCard = {
    id: `card-${made++}`,
    state,
    origin: 'marked',
    chainId: `chain-${made++}`,
    requestKey: `R${900 + made}`,
    fields: null,
    sources: {},
    proposals: [],
    flags: [],
    source: { start, end: start + words.length, text: words },
    reading: null,
    route: 'review',
    reopenedBecause: null,
  };
  return { ...held, cards: [...held.cards, card] };
}

import type { NewFollowUp, ReadAnew } from '../../storage/repositories/follow-ups.ts';
import { isDecided, type ReadCard, type StoredCard } from './cards.ts';
import { chainsOf } from './chains.ts';
import { type Followed, followedByWords, leftTheText } from './follow-words.ts';
import { keysAfter, withKeys } from './keys.ts';
import { joinLike, joinSame, type Pair, Unpaired } from './pairs.ts';
import { placesIn } from './places.ts';
import { readAnew } from './read-anew.ts';
import { sameValue } from './same-value.ts';

/** What a new reading of a note changes of its follow-ups. */
export interface Reconciliation {
  readonly added: readonly NewFollowUp[];
  readonly anew: readonly { readonly card: StoredCard; readonly change: ReadAnew }[];
  /** Undecided ones that the text does not ask for any more. */
  readonly removed: readonly StoredCard[];
}

export interface Readings {
  readonly stored: readonly StoredCard[];
  readonly read: readonly ReadCard[];
  /** `noteText` that the stored cards' places count in. */
  readonly earlierText: string;
  readonly text: string;
  readonly newChainId: () => string;
}

/**
 * Brings stored follow-ups in line with what a note's text asks for now. Never decides: what was decided on stays so
 * while it says the same in the same words, wherever they stand, and is otherwise reopened with the reason. What was
 * marked by hand is followed by its words. The same reading once more changes nothing.
 */
export function reconcile({ stored, read, earlierText, text, newChainId }: Readings): Reconciliation {
  const places = placesIn(earlierText, text);
  const cards = new Unpaired(
    stored.filter(({ reading }) => reading !== null),
    read,
  );
  joinSame(cards, places);
  const byWords: Followed[] = [];
  for (const card of stored.filter(({ reading }) => reading === null)) {
    const followed = followedByWords(card, places, cards.read);
    if (followed.covers) cards.read.delete(followed.covers);
    if (followed.returns) cards.join({ stored: card, read: followed.returns, as: 'changed' });
    byWords.push(followed);
  }
  joinLike(cards, places);

  const renumbered = renumber(stored, cards.pairs, [...cards.read]);
  const pairs = cards.pairs.map((pair) => ({ ...pair, read: renumbered.get(pair.read)! }));
  const newcomers = [...cards.read].map((card) => renumbered.get(card)!);
  const chainOf = chainsOf(pairs, newcomers, newChainId);
  const gone = [...cards.stored].map((card) => ({ card, change: leftTheText(card, places) }));
  const changes = [
    ...pairs.map((pair) => ({ card: pair.stored, change: readAnew(pair, chainOf(pair.read.group)) })),
    ...byWords.flatMap(({ card, change }) => (change ? [{ card, change }] : [])),
    ...gone.flatMap(({ card, change }) => (change === 'remove' ? [] : [{ card, change }])),
  ];
  return {
    added: newcomers.map((card) => newFollowUp(card, chainOf(card.group))),
    anew: changes.flatMap(({ card, change }) => {
      const differing = onlyWhatDiffers(card, change);
      return differing ? [{ card, change: differing }] : [];
    }),
    removed: gone.filter(({ change }) => change === 'remove').map(({ card }) => card),
  };
}

/** Read cards in the keys of the stored ones: those that are paired take their pair's, the others new ones. */
function renumber(
  stored: readonly StoredCard[],
  pairs: readonly Pair[],
  newcomers: readonly ReadCard[],
): ReadonlyMap<ReadCard, ReadCard> {
  const nextKey = keysAfter(stored.map(({ requestKey }) => requestKey));
  const keys = new Map<string, string>();
  for (const { stored: card, read } of pairs) if (read.key !== null) keys.set(read.key, card.requestKey ?? nextKey());
  for (const { key } of newcomers) if (key !== null) keys.set(key, nextKey());
  const keyOf = (key: string) => keys.get(key);
  const renamed = (card: ReadCard): ReadCard => ({
    ...card,
    key: card.key === null ? null : keys.get(card.key)!,
    fields: card.fields && withKeys(card.fields, keyOf),
    flags: card.flags.map((flag) => ({
      ...flag,
      flag: flag.flag.replace(/(?<=_)R\d+$/, (key) => keyOf(key) ?? key),
    })),
  });
  return new Map([...pairs.map(({ read }) => read), ...newcomers].map((card) => [card, renamed(card)]));
}

function newFollowUp({ group: _, key, ...card }: ReadCard, chainId: string): NewFollowUp {
  return { ...card, chainId, requestKey: key, origin: 'heard' };
}

function onlyWhatDiffers(card: StoredCard, change: ReadAnew): ReadAnew | undefined {
  const isReopened = change.reopenedBecause !== undefined && isDecided(card);
  const differing = Object.entries(change).filter(
    ([name, value]) =>
      (name === 'reopenedBecause' && isReopened) ||
      (name !== 'reopenedBecause' && value !== undefined && !sameValue(value, card[name as keyof StoredCard])),
  );
  return differing.length === 0 ? undefined : (Object.fromEntries(differing) as ReadAnew);
}

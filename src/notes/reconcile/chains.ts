import { isDecided, type ReadCard } from './cards.ts';
import type { Pair } from './pairs.ts';

/** The chain of each group: that of its first decided card, else of its first stored one, else a new one. */
export function chainsOf(
  pairs: readonly Pair[],
  newcomers: readonly ReadCard[],
  newChainId: () => string,
): (group: number) => string {
  const byPlace = pairs.toSorted((one, other) => one.read.source.start - other.read.source.start);
  const decidedFirst = byPlace.toSorted(
    (one, other) => Number(isDecided(other.stored)) - Number(isDecided(one.stored)),
  );
  const chains = new Map<number, string>();
  for (const { stored, read } of decidedFirst) if (!chains.has(read.group)) chains.set(read.group, stored.chainId);
  for (const { group } of newcomers) if (!chains.has(group)) chains.set(group, newChainId());
  return (group) => chains.get(group)!;
}

import { isDecided, plainWords, type ReadCard, type StoredCard, sameWords } from './cards.ts';
import { withoutKeys } from './keys.ts';
import type { Places } from './places.ts';
import { canonical } from './same-value.ts';

/**
 * How a stored card and what is read now belong together: `same` words and meaning; `unsure`, the same but there are
 * fewer of them than before, so that nobody can tell which is which; `changed` words or meaning.
 */
export interface Pair {
  readonly stored: StoredCard;
  readonly read: ReadCard;
  readonly as: 'same' | 'unsure' | 'changed';
}

/** Below it two cards have too little in common. All words shared count one, the same type and place a half each. */
const LEAST_LIKENESS = 1;

/** Stored cards and read ones that have nobody yet; joining takes both out. */
export class Unpaired {
  readonly stored: Set<StoredCard>;
  readonly read: Set<ReadCard>;
  readonly pairs: Pair[] = [];

  constructor(stored: readonly StoredCard[], read: readonly ReadCard[]) {
    this.stored = new Set(stored);
    this.read = new Set(read);
  }

  join(pair: Pair): void {
    this.pairs.push(pair);
    this.stored.delete(pair.stored);
    this.read.delete(pair.read);
  }
}

/** Joins those that say the same in the same words: first where they stood, then wherever they have come to. */
export function joinSame(cards: Unpaired, places: Places): void {
  for (const stored of cards.stored) {
    const place = places.moved(stored.source);
    const read = [...cards.read].find(
      ({ source, fields }) =>
        source.start === place?.start && source.end === place.end && saysOf(fields) === saysOf(stored.reading!.fields),
    );
    if (read) cards.join({ stored, read, as: 'same' });
  }
  const readByMeaning = Map.groupBy(cards.read, ({ fields, source }) => meaningOf(fields, source.text));
  const storedByMeaning = Map.groupBy(cards.stored, ({ reading, source }) => meaningOf(reading!.fields, source.text));
  for (const [meaning, ones] of storedByMeaning) {
    const others = readByMeaning.get(meaning) ?? [];
    const isUnsure = ones.length > others.length && new Set(ones.map(({ state }) => state)).size > 1;
    for (const [at, read] of others.slice(0, ones.length).entries()) {
      cards.join({ stored: ones[at]!, read, as: isUnsure ? 'unsure' : 'same' });
    }
  }
}

/** Joins what is left by how alike it is: the likest first, decided ones before others, then in the order of the text. */
export function joinLike(cards: Unpaired, places: Places): void {
  const likely = [...cards.stored]
    .flatMap((stored) => [...cards.read].map((read) => ({ stored, read, likeness: likenessOf(stored, read, places) })))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort(
      (one, other) =>
        other.likeness - one.likeness ||
        Number(isDecided(other.stored)) - Number(isDecided(one.stored)) ||
        one.stored.source.start - other.stored.source.start ||
        one.read.source.start - other.read.source.start,
    );
  for (const { stored, read } of likely) {
    if (cards.stored.has(stored) && cards.read.has(read)) cards.join({ stored, read, as: 'changed' });
  }
}

function meaningOf(fields: ReadCard['fields'], words: string): string {
  return `${plainWords(words)}\n${saysOf(fields)}`;
}

/** What is asked for, whatever number it has among the note's requests. */
function saysOf(fields: ReadCard['fields']): string {
  return fields === null ? '' : plainWords(canonical(withoutKeys(fields)));
}

function likenessOf({ source, reading }: StoredCard, read: ReadCard, places: Places): number {
  const fields = reading!.fields;
  if ((fields === null) !== (read.fields === null)) return 0;
  const place = places.around(source);
  const overlaps = place.start < read.source.end && read.source.start < place.end;
  const sameType = fields?.type === read.fields?.type;
  return sharedWords(source.text, read.source.text) + (overlaps ? 0.5 : 0) + (sameType ? 0.5 : 0);
}

/** Dice's coefficient of the words: 0 with none in common, 1 for the same ones. */
function sharedWords(one: string, other: string): number {
  if (sameWords(one, other)) return 1;
  const [ones, others] = [wordsOf(one), wordsOf(other)];
  const shared = [...ones].filter((word) => others.has(word)).length;
  return (2 * shared) / Math.max(1, ones.size + others.size);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(plainWords(text).match(/[\p{L}\p{N}]+/gu) ?? []);
}

import type { RaisedFlag, ReadRequest, SourceSpan } from '../../contracts/followup.ts';
import type { ReadAnew } from '../../storage/repositories/follow-ups.ts';
import { isDecided, isInText, type ReadCard, type StoredCard } from './cards.ts';
import type { Places } from './places.ts';
import { REOPENED } from './reopening.ts';

/** A card that no reading stands behind, followed by its words alone. */
export interface Followed {
  readonly card: StoredCard;
  /** Absent where a reading takes it over. */
  readonly change?: ReadAnew;
  /** Words marked by hand that are read by themselves now: one card is enough. */
  readonly covers?: ReadCard;
  /** A reading of the words of a card that had lost its own. */
  readonly returns?: ReadCard;
}

/** Where a card without a reading has come to. `read`: what no other card stands for. */
export function followedByWords(card: StoredCard, places: Places, read: ReadonlySet<ReadCard>): Followed {
  const place = places.find(card.source);
  if (place === undefined) return { card, change: isInText(card.source) ? detached(card, places) : {} };
  const sameRange = [...read].find(({ source }) => source.start === place.start && source.end === place.end);
  const agrees = sameRange !== undefined && (sameRange.fields === null) === (card.requestKey === null);
  if (agrees && card.origin === 'heard') return { card, returns: sameRange };
  const isBack = !isInText(card.source) && isDecided(card);
  const change = {
    ...movedTo(card, place),
    ...(isBack && { reopenedBecause: REOPENED.wordsBack(place.text) }),
  };
  return { card, change, ...(sameRange && card.origin === 'marked' && { covers: sameRange }) };
}

/** What becomes of a card that was read and is not any more: it goes if nobody has ever decided on it. */
export function leftTheText(card: StoredCard, places: Places): ReadAnew | 'remove' {
  if (!isDecided(card) && card.reopenedBecause === null) return 'remove';
  const place = places.find(card.source);
  if (place === undefined) return { ...detached(card, places), reading: null };
  return { ...movedTo(card, place), reading: null, reopenedBecause: REOPENED.notReadAnyMore(place.text) };
}

function detached({ source }: StoredCard, places: Places): ReadAnew {
  const { start } = places.around(source);
  return { source: { start, end: start, text: source.text }, reopenedBecause: REOPENED.wordsGone(source.text) };
}

function movedTo({ source, sources, flags }: StoredCard, place: SourceSpan): ReadAnew {
  const by = place.start - source.start;
  return by === 0
    ? { source: place }
    : { source: place, sources: shiftedSources(sources, by), flags: shifted(flags, by) };
}

function shiftedSources(sources: ReadRequest['sources'], by: number): ReadRequest['sources'] {
  return Object.fromEntries(
    Object.entries(sources).map(([field, spans]) => [field, spans.map((span) => shiftedSpan(span, by))]),
  );
}

function shifted(flags: readonly RaisedFlag[], by: number): RaisedFlag[] {
  return flags.map((flag) => (flag.source ? { ...flag, source: shiftedSpan(flag.source, by) } : flag));
}

/** A flag's cause may stand outside the card's words; it is not moved before the beginning. */
function shiftedSpan({ start, end, text }: SourceSpan, by: number): SourceSpan {
  return { start: Math.max(0, start + by), end: Math.max(0, end + by), text };
}

import {
  addDays,
  addDuration,
  daysBetween,
  earlierOf,
  type LocalDate,
  laterOf,
} from '../followup/calendar/local-date.ts';
import { overlaps } from './taken-times.ts';
import type { PlacedVisit } from './visit-need.ts';
import { NO_WISH, type WishSet, wishSet } from './wishes.ts';

/** How one visit of a chain hangs on another: "en vecka innan", "samma dag". */
export interface Link {
  readonly kind: 'before' | 'after' | 'same_day';
  /** The other's key. */
  readonly to: string;
  /**
   * ISO 8601, negative before: a wanted distance, or bounds that were said and hold. Null where only the order was
   * said.
   */
  readonly offset: { readonly wanted: string } | { readonly least: string; readonly most: string } | null;
}

/** "En vecka innan" is a few days more or less. */
const TOLERANCE_SHARE = 0.3;
const TOLERANCE_DAYS = 1;
/** Where the distance is given up: no farther than this from the other. */
const FARTHEST_FACTOR = 3;
const FARTHEST_DAYS = 7;
const ORDER_ONLY_DAYS = 120;
const OTHER_DAY_DAYS = 7;

interface DaySpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** On which days a linked visit can be, seen from the day of the other. */
export interface LinkedDays {
  readonly wanted: LocalDate;
  /** As it was said, with a few days' tolerance. */
  readonly kept: DaySpan;
  /** With the distance, or the same day, given up. The order never is. */
  readonly widest: DaySpan;
}

export function linkedDays({ kind, offset }: Link, other: LocalDate): LinkedDays {
  const isBefore = kind === 'before';
  if (kind === 'same_day') {
    const widest = { from: addDays(other, -OTHER_DAY_DAYS), to: addDays(other, OTHER_DAY_DAYS) };
    return { wanted: other, kept: { from: other, to: other }, widest };
  }
  if (offset === null) {
    const kept = isBefore
      ? { from: addDays(other, -ORDER_ONLY_DAYS), to: other }
      : { from: other, to: addDays(other, ORDER_ONLY_DAYS) };
    return { wanted: other, kept, widest: kept };
  }
  if ('least' in offset) {
    const ends = [addDuration(other, offset.least), addDuration(other, offset.most)] as const;
    const kept = { from: earlierOf(...ends), to: laterOf(...ends) };
    return { wanted: isBefore ? kept.to : kept.from, kept, widest: kept };
  }
  return aroundWanted(other, addDuration(other, offset.wanted), isBefore);
}

function aroundWanted(other: LocalDate, wanted: LocalDate, isBefore: boolean): LinkedDays {
  const days = Math.abs(daysBetween(other, wanted));
  if (days === 0) return { wanted, kept: { from: other, to: other }, widest: { from: other, to: other } };
  const tolerance = Math.max(TOLERANCE_DAYS, Math.round(days * TOLERANCE_SHARE));
  const farthest = days * FARTHEST_FACTOR + FARTHEST_DAYS;
  const side = isBefore
    ? { from: addDays(other, -farthest), to: addDays(other, -1) }
    : { from: addDays(other, 1), to: addDays(other, farthest) };
  return {
    wanted,
    kept: { from: laterOf(addDays(wanted, -tolerance), side.from), to: earlierOf(addDays(wanted, tolerance), side.to) },
    widest: side,
  };
}

/**
 * What a link costs when the linked visit and the other are where they are: the wishes that are given up; undefined
 * where the order or the bounds are broken, or both are at the same time.
 */
export function judgeLink(link: Link, linked: PlacedVisit, other: PlacedVisit): WishSet | undefined {
  if (overlaps(linked, other)) return undefined;
  if (link.kind === 'before' && linked.endMs > other.startMs) return undefined;
  if (link.kind === 'after' && linked.startMs < other.endMs) return undefined;
  const { kept, widest } = linkedDays(link, other.date);
  const isIn = ({ from, to }: DaySpan) => from <= linked.date && linked.date <= to;
  if (isIn(kept)) return NO_WISH;
  if (!isIn(widest)) return undefined;
  return wishSet(link.kind === 'same_day' ? 'same_day' : 'offset');
}

import { WISHES, type Wish } from '../contracts/calendar.ts';

declare const wishSetBrand: unique symbol;

/** Wishes that a time does not fulfil, a bit each: a search compares hundreds of thousands. */
export type WishSet = number & { readonly [wishSetBrand]: true };

export const NO_WISH = 0 as WishSet;
export const ALL_WISHES = (2 ** WISHES.length - 1) as WishSet;

/** What giving one up costs beside a day's distance: the order of WISHES, each dearer than those before it. */
const DEAREST = 2_000;
const COSTS: readonly number[] = WISHES.map((_, at) => Math.round(DEAREST * 2 ** (at - WISHES.length + 1)) + 200);

export function wishSet(...wishes: readonly Wish[]): WishSet {
  return wishes.reduce((set, wish) => set | (1 << WISHES.indexOf(wish)), 0) as WishSet;
}

export function both(one: WishSet, other: WishSet): WishSet {
  return (one | other) as WishSet;
}

/** Whether everything in the first is in the second. */
export function isWithin(one: WishSet, other: WishSet): boolean {
  return (one & ~other) === 0;
}

export function wishesIn(set: WishSet): Wish[] {
  return WISHES.filter((_, at) => (set & (1 << at)) !== 0);
}

export function costOf(set: WishSet): number {
  return wishesIn(set).reduce((sum, wish) => sum + COSTS[WISHES.indexOf(wish)]!, 0);
}

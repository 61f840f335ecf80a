import type { Column, Place } from './places.ts';
import type { Rows } from './rows.ts';

/** A place with the column that it is in. */
export interface PlaceAt {
  readonly column: Column;
  readonly place: Place;
}

/** The place that an event came from. */
export function placeAt(rows: Rows, target: EventTarget | null): PlaceAt | undefined {
  const key = keyOf(target);
  return key === undefined ? undefined : rows.at.get(key);
}

export function keyOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-place]')?.dataset.place : undefined;
}

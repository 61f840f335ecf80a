import type { Column, Place } from './places.ts';

export type Step = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

/** Where the keys go: columns of the same day or resource side by side, rows of them below each other. */
export type PlaceRows = readonly (readonly Column[])[];

type Wanted = (place: Place) => boolean;

/** Whether the keys stop at a place. */
export function isReachable({ kind }: Place): boolean {
  return kind === 'free' || kind === 'appointment';
}

/**
 * The place to go to from one. Up and down: the next in the column, then in that of the row below or above. Left and
 * right: in the next column of the row that has one, the nearest in time of day. Undefined at the end.
 */
export function stepFrom(
  rows: PlaceRows,
  fromKey: string | undefined,
  step: Step,
  wanted: Wanted = isReachable,
): Place | undefined {
  const at = fromKey === undefined ? undefined : find(rows, fromKey);
  if (at === undefined) return firstPlace(rows, wanted);
  const { row, column, place } = at;
  const own = rows[row]![column]!;
  const usable = own.places.filter(wanted);
  switch (step) {
    case 'first':
      return usable[0];
    case 'last':
      return usable.at(-1);
    case 'down':
      return usable.find((one) => isAfter(own, one, place)) ?? inRows(rows.slice(row + 1), column, wanted, 0);
    case 'up':
      return (
        usable.findLast((one) => isAfter(own, place, one)) ?? inRows(rows.slice(0, row).reverse(), column, wanted, -1)
      );
    case 'left':
      return nearestIn(rows[row]!.slice(0, column).reverse(), own, place, wanted);
    case 'right':
      return nearestIn(rows[row]!.slice(column + 1), own, place, wanted);
    default:
      throw step satisfies never;
  }
}

/** The first place of all. */
export function firstPlace(rows: PlaceRows, wanted: Wanted = isReachable): Place | undefined {
  for (const columns of rows) {
    for (const { places } of columns) {
      const found = places.find(wanted);
      if (found) return found;
    }
  }
  return undefined;
}

function isAfter({ places }: Column, one: Place, other: Place): boolean {
  return places.indexOf(one) > places.indexOf(other);
}

function inRows(rows: PlaceRows, column: number, wanted: Wanted, end: 0 | -1): Place | undefined {
  for (const columns of rows) {
    const found = columns[column]?.places.filter(wanted).at(end);
    if (found) return found;
  }
  return undefined;
}

function nearestIn(columns: readonly Column[], { day }: Column, place: Place, wanted: Wanted): Place | undefined {
  const wallMs = place.startMs - day.startMs;
  for (const column of columns) {
    const distance = ({ startMs }: Place) => Math.abs(startMs - column.day.startMs - wallMs);
    const [nearest] = column.places.filter(wanted).sort((one, other) => distance(one) - distance(other));
    if (nearest) return nearest;
  }
  return undefined;
}

function find(rows: PlaceRows, key: string): { row: number; column: number; place: Place } | undefined {
  for (const [row, columns] of rows.entries()) {
    for (const [column, { places }] of columns.entries()) {
      const place = places.find((one) => one.key === key);
      if (place) return { row, column, place };
    }
  }
  return undefined;
}

import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import type { RecordPlace } from '../../storage/repositories/fhir-records.ts';

const USUAL_COUNT = 20;
const MOST_COUNT = 100;
const MOST_VALUES = 50;
const MOST_VALUE_CHARACTERS = 1000;
const MOST_INCLUDES = 5;
/** The page that a link leads to; ours alone, so that it is in no list of parameters. */
export const PAGE_PARAMETER = '_page';
/** About the answer's form: the server has one. */
const OF_THE_FORM = ['_format', '_pretty', '_total'];

/** A search as it was asked. */
export interface SearchQuery {
  /** By name; each of several values must hold. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly count: number;
  readonly after: RecordPlace | undefined;
  /** `Type:parameter`. */
  readonly includes: readonly string[];
  /** What was understood, as it was written: for the links of the answer. */
  readonly used: readonly (readonly [name: string, value: string])[];
  /** Names that nobody knows here. */
  readonly ignored: readonly string[];
}

/** Names and values in the order of the address. */
export type RawQuery = readonly (readonly [name: string, value: string])[];

const Count = z.coerce.number().int().min(0);
const Place = z.tuple([z.string().regex(/^\d{1,17}$/), Id, z.coerce.number().int().min(0)]);

/**
 * Reads a search of a type that knows some parameters and includes. Others are left out and told, or REQUEST_INVALID
 * where the client wants that (`isStrict`). Throws REQUEST_INVALID for more values than anybody needs.
 */
export function readSearch(
  raw: RawQuery,
  known: { readonly params: readonly string[]; readonly includes: readonly string[] },
  isStrict: boolean,
): SearchQuery {
  if (raw.length > MOST_VALUES || raw.some(([, value]) => value.length > MOST_VALUE_CHARACTERS)) {
    throw refused(`at most ${MOST_VALUES} values of ${MOST_VALUE_CHARACTERS} characters`);
  }
  const values = new Map<string, string[]>();
  const used: [string, string][] = [];
  const ignored: string[] = [];
  const includes: string[] = [];
  let count = USUAL_COUNT;
  let after: RecordPlace | undefined;
  for (const [name, value] of raw) {
    // A parameter without a value asks for nothing.
    if (value === '' || OF_THE_FORM.includes(name)) continue;
    if (name === PAGE_PARAMETER) {
      after = readPlace(value);
      continue;
    }
    if (name === '_count') count = Math.min(readCount(value), MOST_COUNT);
    else if (name === '_include' && known.includes.includes(value)) includes.push(value);
    else if (known.params.includes(name)) values.set(name, [...(values.get(name) ?? []), value]);
    else {
      ignored.push(name === '_include' ? `_include=${value}` : name);
      continue;
    }
    used.push([name, value]);
  }
  if (includes.length > MOST_INCLUDES) throw refused(`at most ${MOST_INCLUDES} includes`);
  if (isStrict && ignored.length > 0) throw refused(`parameters among ${['_count', ...known.params].join(', ')}`);
  return { values, count, after, includes, used, ignored };
}

export function writePlace({ orderedAtUs, id, total }: RecordPlace): string {
  return `${orderedAtUs}_${id}_${total}`;
}

function readPlace(text: string): RecordPlace {
  const place = Place.safeParse(text.split('_'));
  if (!place.success) throw refused('the "next" link of the page before');
  const [orderedAtUs, id, total] = place.data;
  return { orderedAtUs, id, total };
}

export function readCount(text: string): number {
  const count = Count.safeParse(text);
  if (!count.success) throw refused('a number for _count');
  return count.data;
}

function refused(expected: string): AppError {
  return new AppError('REQUEST_INVALID', 'the search is not usable', { expected });
}

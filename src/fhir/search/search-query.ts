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
const OF_ALL_TYPES = ['_count', '_sort', '_summary', '_elements', '_include', '_revinclude'];

/** By what matches are ordered: a parameter of the type. */
export interface SortKey {
  readonly name: string;
  readonly isDescending: boolean;
}

/** A search as it was asked. */
export interface SearchQuery {
  /** By name; each of several values must hold. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Of a page; 0 asks for the total alone. */
  readonly count: number;
  /** In the type's own order where it is absent. */
  readonly sort?: SortKey | undefined;
  readonly after?: RecordPlace | undefined;
}

/** A search with how it is answered. */
export interface AskedSearch extends SearchQuery {
  /** `Type:parameter`. */
  readonly includes: readonly string[];
  /** `Type:parameter`, of types that refer to what is found. */
  readonly revIncludes: readonly string[];
  /** Elements that are wanted of each match; empty for all. */
  readonly elements: readonly string[];
  /** What was understood, as it was written: for the links of the answer. */
  readonly used: readonly (readonly [name: string, value: string])[];
  /** What nobody knows here. */
  readonly ignored: readonly string[];
}

/** What a type can be asked for. */
export interface KnownSearch {
  readonly params: readonly string[];
  readonly sorts: readonly string[];
  readonly includes: readonly string[];
  readonly revIncludes: readonly string[];
}

/** Names and values in the order of the address. */
export type RawQuery = readonly (readonly [name: string, value: string])[];

const Count = z.coerce.number().int().min(0);
const Place = z.tuple([z.string().regex(/^-?\d{1,17}$/), Id, z.coerce.number().int().min(0)]);

/**
 * Reads a search of a type. What the type does not know is left out and told, or REQUEST_INVALID where the client wants
 * that (`isStrict`). Throws REQUEST_INVALID for more values than anybody needs, and for a modifier: what it would change
 * cannot be left out.
 */
export function readSearch(raw: RawQuery, known: KnownSearch, isStrict: boolean): AskedSearch {
  if (raw.length > MOST_VALUES || raw.some(([, value]) => value.length > MOST_VALUE_CHARACTERS)) {
    throw refused(`at most ${MOST_VALUES} values of ${MOST_VALUE_CHARACTERS} characters`);
  }
  const reading = new SearchReading(known);
  const used: [string, string][] = [];
  const ignored: string[] = [];
  for (const [name, value] of raw) {
    // A parameter without a value asks for nothing.
    if (value === '' || OF_THE_FORM.includes(name)) continue;
    if (!reading.take(name, value)) ignored.push(name.startsWith('_') ? `${name}=${value}` : name);
    else if (name !== PAGE_PARAMETER) used.push([name, value]);
  }
  if (isStrict && ignored.length > 0)
    throw refused(`parameters among ${[...OF_ALL_TYPES, ...known.params].join(', ')}`);
  return { ...reading.asked(), used, ignored };
}

class SearchReading {
  readonly #known: KnownSearch;
  readonly #values = new Map<string, string[]>();
  readonly #includes: string[] = [];
  readonly #revIncludes: string[] = [];
  readonly #elements: string[] = [];
  #count = USUAL_COUNT;
  #isCountOnly = false;
  #sort: SortKey | undefined;
  #after: RecordPlace | undefined;

  constructor(known: KnownSearch) {
    this.#known = known;
  }

  /** False for what nobody knows here. */
  take(name: string, value: string): boolean {
    const { params, includes, revIncludes } = this.#known;
    switch (name) {
      case PAGE_PARAMETER:
        this.#after = readPlace(value);
        return true;
      case '_count':
        this.#count = Math.min(readCount(value), MOST_COUNT);
        return true;
      case '_sort':
        return this.#takeSort(value);
      case '_summary':
        this.#isCountOnly = value === 'count';
        return this.#isCountOnly || value === 'false';
      case '_elements':
        this.#elements.push(...value.split(',').map((each) => each.trim()));
        return true;
      case '_include':
        return includes.includes(value) && this.#includes.push(value) > 0;
      case '_revinclude':
        return revIncludes.includes(value) && this.#revIncludes.push(value) > 0;
      default: {
        const [base = ''] = name.split(':');
        if (params.includes(base) && base !== name) throw refused(`${base} without a modifier`);
        if (!params.includes(name)) return false;
        this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
        return true;
      }
    }
  }

  asked(): Omit<AskedSearch, 'used' | 'ignored'> {
    const [includes, revIncludes] = [this.#includes, this.#revIncludes];
    if (includes.length + revIncludes.length > MOST_INCLUDES) throw refused(`at most ${MOST_INCLUDES} includes`);
    return {
      values: this.#values,
      count: this.#isCountOnly ? 0 : this.#count,
      sort: this.#sort,
      after: this.#after,
      includes,
      revIncludes,
      elements: this.#elements,
    };
  }

  /** One key, with a hyphen before it for the latest first. */
  #takeSort(value: string): boolean {
    const isDescending = value.startsWith('-');
    const name = isDescending ? value.slice(1) : value;
    if (!this.#known.sorts.includes(name)) return false;
    this.#sort = { name, isDescending };
    return true;
  }
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

import { joinVocabularies } from '../../contracts/joined-vocabulary.ts';
import type { Vocabulary, VocabularyOwner, VocabularySource, VocabularyTerm } from '../../contracts/vocabulary.ts';
import { LEVEL_WEIGHTS } from '../../contracts/vocabulary-levels.ts';
import type { Listening } from '../../storage/listen.ts';
import type { ListOwner } from '../../storage/repositories/vocabulary.ts';
import {
  memberships,
  shippedState,
  shippedTermsOff,
  type TermInUse,
  termsInUse,
} from '../../storage/repositories/vocabulary-in-use.ts';
import type { Storage } from '../../storage/storage.ts';

/** Somebody's joined lists are made in a few milliseconds: so many need not be made anew. */
const KEPT_JOINED = 100;
const RETRY_AFTER_MS = 2_000;
/** What notifications call the lists by, beside `staff:ID` and `unit:ID`; and all of them. */
const ALL = 'all';
const SHIPPED = 'shipped';
const MEMBERS = 'members';
const CLINIC = 'clinic';

/** What the routes need to know of the lists that are in use. */
export interface ClinicVocabulary {
  /** The list that comes with the product, whether it is used or not. */
  readonly shipped: Vocabulary;
  readonly source: VocabularySource;
  /** Has what was just changed in somebody's lists. */
  refresh(owner: VocabularyOwner): Promise<void>;
}

/** Lists that do not change while the server runs. */
export interface GivenLists {
  /** Of the site's own file. */
  readonly site: Vocabulary;
  readonly shipped: Vocabulary;
}

export const NO_VOCABULARY: ClinicVocabulary = { shipped: [], source: () => [], refresh: async () => {} };

/**
 * The lists of everybody in memory, as the database tells them: a change is there within moments of its commit. Joined
 * for whoever speaks: the own terms, those of the units, the clinic, the site, the product. One for the whole server.
 */
export class VocabularyLists implements ClinicVocabulary {
  readonly shipped: Vocabulary;
  readonly #storage: Storage;
  readonly #site: Vocabulary;
  /** By the names that notifications call them by. */
  readonly #lists = new Map<string, Vocabulary>();
  #unitsOf = new Map<string, readonly string[]>();
  #shippedInUse: Vocabulary = [];
  /** By the lists that were joined, those used last at the end. */
  readonly #joined = new Map<string, Vocabulary>();
  /** Lists to be read anew, one after another. */
  readonly #waiting = new Set<string>();
  #reading: Promise<void> | undefined;
  #isClosed = false;
  #listening: Listening | undefined;

  private constructor(storage: Storage, { site, shipped }: GivenLists) {
    this.#storage = storage;
    this.#site = site;
    this.shipped = shipped;
  }

  /** Reads all lists, and hears of changes until it is closed. Throws DATABASE_UNAVAILABLE and the like. */
  static async open(storage: Storage, given: GivenLists): Promise<VocabularyLists> {
    const lists = new VocabularyLists(storage, given);
    const changed = (list: string) => void lists.#changed(list).catch(() => lists.#tryAgain());
    lists.#listening = await storage.listen(
      ['taltid_vocabulary'],
      (_channel, list) => changed(list),
      () => changed(ALL),
    );
    try {
      await lists.#reading;
    } catch (error) {
      await lists.close();
      throw error;
    }
    return lists;
  }

  readonly source: VocabularySource = ({ accountId }) => {
    const parts = this.#namesOf(accountId).filter((name) => this.#lists.has(name));
    const key = parts.join(' ');
    const joined =
      this.#joined.get(key) ??
      joinVocabularies([...parts.map((name) => this.#lists.get(name)!), this.#site, this.#shippedInUse]);
    this.#joined.delete(key);
    this.#joined.set(key, joined);
    const [oldest] = this.#joined.keys();
    if (this.#joined.size > KEPT_JOINED) this.#joined.delete(oldest!);
    return joined;
  };

  async refresh({ accountId }: VocabularyOwner): Promise<void> {
    for (const list of [MEMBERS, SHIPPED, ...this.#namesOf(accountId)]) this.#waiting.add(list);
    await this.#changed(CLINIC);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#listening?.close();
  }

  /** Reads a list anew, after those that wait already. */
  #changed(list: string): Promise<void> {
    this.#waiting.add(list);
    this.#reading ??= this.#readWaiting().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** The lists as they were go on until then. */
  #tryAgain(): void {
    if (this.#isClosed) return;
    setTimeout(() => void this.#changed(ALL).catch(() => this.#tryAgain()), RETRY_AFTER_MS).unref();
  }

  async #readWaiting(): Promise<void> {
    for (let [next] = this.#waiting; next !== undefined && !this.#isClosed; [next] = this.#waiting) {
      this.#waiting.delete(next);
      await this.#read(next);
    }
  }

  async #read(list: string): Promise<void> {
    if (list === ALL) return this.#readAll();
    if (list === MEMBERS) return this.#readMembers();
    if (list === SHIPPED) return this.#readShipped();
    this.#put(list, await termsInUse(this.#storage.plain, ownerOf(list)));
  }

  async #readAll(): Promise<void> {
    const [terms] = await Promise.all([termsInUse(this.#storage.plain), this.#readMembers(), this.#readShipped()]);
    const byName = Map.groupBy(terms, nameOf);
    for (const name of [...this.#lists.keys(), ...byName.keys()]) this.#put(name, byName.get(name) ?? []);
  }

  /** A list that is as it was stays the same array: what was made of it is kept. */
  #put(name: string, rows: readonly TermInUse[]): void {
    const terms = rows.map(toTerm);
    if (JSON.stringify(terms) === JSON.stringify(this.#lists.get(name) ?? [])) return;
    if (terms.length === 0) this.#lists.delete(name);
    else this.#lists.set(name, terms);
    this.#joined.clear();
  }

  #namesOf(accountId: string | null): string[] {
    if (accountId === null) return [CLINIC];
    const units = this.#unitsOf.get(accountId) ?? [];
    return [`staff:${accountId}`, ...units.map((id) => `unit:${id}`), CLINIC];
  }

  async #readMembers(): Promise<void> {
    const byStaff = Map.groupBy(await memberships(this.#storage.plain), ({ staffId }) => staffId);
    this.#unitsOf = new Map([...byStaff].map(([staffId, rows]) => [staffId, rows.map(({ unitId }) => unitId)]));
  }

  async #readShipped(): Promise<void> {
    const { enabled } = await shippedState(this.#storage.plain);
    const off = new Set(enabled ? await shippedTermsOff(this.#storage.plain) : []);
    const inUse = enabled ? this.shipped.filter(({ term }) => !off.has(term)) : [];
    // They are left out or let in, never others.
    if (inUse.length === this.#shippedInUse.length && inUse.every((term, at) => term === this.#shippedInUse[at]))
      return;
    this.#shippedInUse = inUse;
    this.#joined.clear();
  }
}

function nameOf({ unitId, staffId }: ListOwner): string {
  if (staffId !== null) return `staff:${staffId}`;
  return unitId === null ? CLINIC : `unit:${unitId}`;
}

function ownerOf(name: string): ListOwner {
  const [kind, id = null] = name.split(':');
  return { staffId: kind === 'staff' ? id : null, unitId: kind === 'unit' ? id : null };
}

function toTerm({ term, soundsLike, level }: TermInUse): VocabularyTerm {
  return { term, ...(soundsLike !== null && { soundsLike }), weight: LEVEL_WEIGHTS[level] };
}

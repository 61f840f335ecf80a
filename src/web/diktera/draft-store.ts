import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LiveSession } from '../live/live-store.ts';
import type { Draft, NoteStore } from './note-store.ts';

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft };
  sessions: { key: string; value: LiveSession & { readonly begunMs: number } };
  frames: { key: [localId: string, number: number]; value: Uint8Array<ArrayBuffer> };
}

const DATABASE = 'taltid-dictation';
const DRAFT_KEY = 'note';
/** Older words are put away, unread, when the page is next opened there. */
const KEPT_MS = 24 * 3600_000;

/** What the page keeps in the browser (IndexedDB): the note, its sessions and their sound. */
export class DraftStore implements NoteStore {
  readonly #database: IDBPDatabase<Schema>;
  #nextDraft: Draft | undefined;
  #isSaving = false;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /**
   * What this user has here, and nobody else's: of a clinician who is signed in, or of whoever uses the page without
   * that. Throws what the browser throws when it lets pages keep nothing.
   */
  static async open(ownerId?: string): Promise<DraftStore> {
    const store = await DraftStore.#openNamed(ownerId === undefined ? DATABASE : `${DATABASE}-${ownerId}`);
    // What others left here too long ago goes now: they may never come back.
    for (const { name } of (await indexedDB.databases?.()) ?? []) {
      if (name?.startsWith(DATABASE) && name !== store.#database.name)
        (await DraftStore.#openNamed(name)).#database.close();
    }
    return store;
  }

  static async #openNamed(name: string): Promise<DraftStore> {
    const database = await openDB<Schema>(name, 1, {
      upgrade(created) {
        created.createObjectStore('drafts');
        created.createObjectStore('sessions', { keyPath: 'localId' });
        created.createObjectStore('frames');
      },
    });
    const store = new DraftStore(database);
    const draft = await store.loadDraft();
    if (draft && draft.savedMs < Date.now() - KEPT_MS) await store.clear();
    return store;
  }

  loadDraft(): Promise<Draft | undefined> {
    return this.#database.get('drafts', DRAFT_KEY);
  }

  /** Saves the newest draft that was given; one that was replaced before its turn is never written. */
  async saveDraft(draft: Draft): Promise<void> {
    this.#nextDraft = draft;
    if (this.#isSaving) return;
    this.#isSaving = true;
    try {
      while (this.#nextDraft) {
        const next: Draft = this.#nextDraft;
        this.#nextDraft = undefined;
        await this.#database.put('drafts', next, DRAFT_KEY);
      }
    } finally {
      this.#isSaving = false;
    }
  }

  async loadSessions(): Promise<LiveSession[]> {
    const sessions = await this.#database.getAll('sessions');
    return sessions.sort((a, b) => a.begunMs - b.begunMs);
  }

  async saveSession(session: LiveSession): Promise<void> {
    const known = await this.#database.get('sessions', session.localId);
    await this.#database.put('sessions', { ...session, begunMs: known?.begunMs ?? Date.now() });
  }

  async endSession(localId: string): Promise<void> {
    await this.#database.delete('sessions', localId);
  }

  async saveFrame(localId: string, number: number, samples: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#database.put('frames', samples, [localId, number]);
  }

  loadFrame(localId: string, number: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#database.get('frames', [localId, number]);
  }

  async frameCount(localId: string): Promise<number> {
    const cursor = await this.#database.transaction('frames').store.openKeyCursor(framesOf(localId), 'prev');
    return cursor?.key[1] ?? 0;
  }

  async clear(): Promise<void> {
    const stores = ['drafts', 'sessions', 'frames'] as const;
    const transaction = this.#database.transaction(stores, 'readwrite');
    await Promise.all([...stores.map((name) => transaction.objectStore(name).clear()), transaction.done]);
  }
}

function framesOf(localId: string): IDBKeyRange {
  return IDBKeyRange.bound([localId, 0], [localId, Number.MAX_SAFE_INTEGER]);
}

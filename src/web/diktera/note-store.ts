import type { Heard, LiveSession, LiveStore } from '../live/live-store.ts';
import type { KnownNote } from './known-note.ts';
import type { NoteRecord } from './note-editor.ts';

/** The note that is being dictated and how far each of its sessions has been written into it: saved in one piece. */
export interface Draft {
  readonly note: NoteRecord;
  /** Which note of the clinic it is, if it is one, and the text that the server has of it. */
  readonly known?: KnownNote;
  readonly heard: Readonly<Record<string, Heard>>;
  /** Milliseconds since 1970. */
  readonly savedMs: number;
}

/** Where the note, its sessions and their sound are kept. */
export interface NoteStore extends LiveStore {
  loadDraft(): Promise<Draft | undefined>;
  saveDraft(draft: Draft): Promise<void>;
  /** Sessions that are not over, in the order in which they were begun. */
  loadSessions(): Promise<LiveSession[]>;
  /** The number of the last frame that is kept of a session, 0 for none. */
  frameCount(localId: string): Promise<number>;
  /** Forgets the note, its sessions and all sound. */
  clear(): Promise<void>;
}

/** Sound that is kept for hearing a word again: ten minutes, 58 MB at 48 kHz. */
const KEPT_FRAMES = 6000;

/** For a browser that lets pages keep nothing: there is nothing to come back to, and the newest sound is here. */
export class MemoryStore implements NoteStore {
  readonly #frames = new Map<string, Uint8Array<ArrayBuffer>>();

  async loadDraft(): Promise<undefined> {}

  async saveDraft(): Promise<void> {}

  async loadSessions(): Promise<LiveSession[]> {
    return [];
  }

  async saveSession(): Promise<void> {}

  async endSession(): Promise<void> {}

  async saveFrame(localId: string, number: number, samples: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#frames.set(keyOf(localId, number), samples);
    const [oldest] = this.#frames.keys();
    if (oldest !== undefined && this.#frames.size > KEPT_FRAMES) this.#frames.delete(oldest);
  }

  async loadFrame(localId: string, number: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#frames.get(keyOf(localId, number));
  }

  async frameCount(): Promise<number> {
    return 0;
  }

  async clear(): Promise<void> {
    this.#frames.clear();
  }
}

function keyOf(localId: string, number: number): string {
  return `${localId} ${number}`;
}

import type { Heard, LiveSession } from '../live/live-store.ts';
import type { KnownNote } from './known-note.ts';
import type { NoteRecord } from './note-editor.ts';
import type { NoteStore } from './note-store.ts';

interface DraftKeeperParts {
  readonly store: NoteStore;
  /** How far each session of the note was written into it before. */
  readonly heard: Readonly<Record<string, Heard>>;
  /** It is known already that the browser keeps nothing. */
  readonly isFailing: boolean;
  /** Told once: every frame after the first fails too. */
  onFailed(): void;
}

/** Keeps the note in the browser as it is written, together with how far each session is written into it. */
export class DraftKeeper {
  readonly #parts: DraftKeeperParts;
  #heard: Readonly<Record<string, Heard>>;
  #isFailing: boolean;

  constructor(parts: DraftKeeperParts) {
    this.#parts = parts;
    this.#heard = parts.heard;
    this.#isFailing = parts.isFailing;
  }

  /** Whether what is said or written now is in this page only. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  heard({ localId }: LiveSession, heard: Heard): void {
    this.#heard = { ...this.#heard, [localId]: heard };
  }

  save(note: NoteRecord, known: KnownNote | undefined): void {
    this.#parts.store
      .saveDraft({ note, ...(known && { known }), heard: this.#heard, savedMs: Date.now() })
      .catch(() => this.failed());
  }

  /** The note, its sessions and their sound are gone from here. */
  async forget(): Promise<void> {
    this.#heard = {};
    await this.#parts.store.clear().catch(() => this.failed());
  }

  failed(): void {
    if (!this.#isFailing) this.#parts.onFailed();
    this.#isFailing = true;
  }
}

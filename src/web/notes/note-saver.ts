import type { NoteContent } from '../../contracts/notes.ts';
import type { NoteView, SavedText } from '../../contracts/notes-api.ts';
import type { KnownNote } from '../diktera/known-note.ts';
import { PageError } from '../page-error.ts';
import { type Merged, mergeSections } from './merge-sections.ts';

/** Whether the server has the text that the page shows. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'refused';

/** The text that the server has, as far as the page knows. */
type KnownText = Omit<KnownNote, 'noteId'>;

export interface NoteSaverParts {
  readonly noteId: string;
  readonly known: KnownText;
  readonly client: {
    saveText(id: string, version: number, content: NoteContent): Promise<SavedText>;
    note(id: string): Promise<Pick<NoteView, 'text'>>;
  };
  /** What the page shows now. */
  content(): NoteContent;
  /** What it shows now is on its way. */
  onSending(): void;
  onSaved(saved: SavedText): void;
  /** Somebody else saved a text in between: this holds both. */
  onMerged(merged: Merged): void;
  onState(state: SaveState): void;
  onRefused(code: string): void;
}

const QUIET_MS = 500;
const LONGEST_WAIT_MS = 2500;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** More would mean that somebody else saves at every moment. */
const MOST_MERGES = 3;

/** With these the same request would fail again. */
const FINAL_CODES = new Set([
  'ROLE_NOT_ALLOWED',
  'UNIT_NOT_ALLOWED',
  'NOT_FOUND',
  'NOTE_CLOSED',
  'REQUEST_INVALID',
  'REQUEST_TOO_LARGE',
]);

/**
 * Keeps the server's text of a note the same as the page's: one request at a time, the newest text in each, tried again
 * until the server takes it or refuses it for good.
 */
export class NoteSaver {
  readonly #parts: NoteSaverParts;
  #known: KnownText;
  #isDirty = false;
  #dirtySinceMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #retryMs = FIRST_RETRY_MS;
  #isStopped = false;

  constructor(parts: NoteSaverParts) {
    this.#parts = parts;
    this.#known = parts.known;
  }

  get known(): KnownText {
    return this.#known;
  }

  /** The page's text is another than the one that was saved last. */
  get isDirty(): boolean {
    return this.#isDirty || this.#saving !== undefined;
  }

  /** Saves soon: when nothing more comes, or when it has waited long enough. */
  changed(): void {
    if (this.#isStopped) return;
    const nowMs = performance.now();
    if (!this.#isDirty) this.#dirtySinceMs = nowMs;
    this.#isDirty = true;
    if (this.#saving) return;
    this.#parts.onState('unsaved');
    const rest = Math.max(0, this.#dirtySinceMs + LONGEST_WAIT_MS - nowMs);
    this.#saveAfter(Math.min(QUIET_MS, rest));
  }

  /** Saves now. True when the server has all of it. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#saving) await this.#saving;
    if (this.#isDirty) await this.#save();
    return !this.#isDirty;
  }

  /** Tries at once, as when the network has come back. */
  retry(): void {
    if (this.#isDirty && !this.#saving) this.#saveAfter(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #saveAfter(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), delayMs);
  }

  #save(): Promise<void> {
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  async #saveAll(): Promise<void> {
    const { noteId, client } = this.#parts;
    let merges = 0;
    while (this.#isDirty && !this.#isStopped) {
      this.#isDirty = false;
      const content = this.#parts.content();
      this.#parts.onState('saving');
      this.#parts.onSending();
      try {
        const saved = await client.saveText(noteId, this.#known.version, content);
        if (this.#isStopped) return;
        this.#known = { version: saved.version, sections: content.sections };
        this.#retryMs = FIRST_RETRY_MS;
        this.#parts.onSaved(saved);
      } catch (error) {
        this.#isDirty = true;
        const { code } = PageError.from(error);
        const isMerged = code === 'CONFLICT' && ++merges <= MOST_MERGES && (await this.#merge());
        if (!isMerged) return this.#failed(code);
      }
    }
    if (!this.#isDirty) this.#parts.onState('saved');
  }

  async #merge(): Promise<boolean> {
    const { text } = await this.#parts.client.note(this.#parts.noteId).catch(() => ({ text: undefined }));
    if (!text || text.version === null || this.#isStopped) return false;
    const { sections } = text.content;
    const merged = mergeSections(this.#known.sections, this.#parts.content().sections, sections);
    this.#known = { version: text.version, sections };
    this.#parts.onMerged(merged);
    return true;
  }

  #failed(code: string): void {
    if (this.#isStopped) return;
    const isFinal = FINAL_CODES.has(code);
    this.#parts.onState(isFinal ? 'refused' : 'offline');
    if (code !== 'CONNECTION') this.#parts.onRefused(code);
    if (isFinal) {
      this.stop();
      return;
    }
    this.#saveAfter(this.#retryMs);
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }
}

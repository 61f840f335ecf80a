import type { Plugin } from 'prosemirror-state';
import type { Committed } from '../live/live-events.ts';
import type { Heard, LiveSession } from '../live/live-store.ts';
import type { KnownNote } from './known-note.ts';
import type { NoteStore } from './note-store.ts';
import type { Stretch } from './note-text.ts';

/** Who keeps the note somewhere else, beside the browser. */
export interface NoteKeeper {
  /** What it draws in the text. */
  readonly plugins: readonly Plugin[];
  /** What the note is there; goes with the draft. */
  readonly known: KnownNote | undefined;
  readonly isWritable: boolean;
  onNote(): void;
  onSelected(): void;
  onHeard(session: LiveSession, heard: Heard, committed: Committed): void;
  /**
   * The sound of words that is no longer in the browser, as a file; undefined when those are no dictated words. Throws
   * PageError, SOUND_GONE where it is no longer there either.
   */
  soundAt(place: Stretch): Promise<ArrayBuffer | undefined>;
}

/** What the page has before its work begins. */
export interface Opened {
  readonly mount: HTMLElement;
  readonly store: NoteStore;
  /** Why what is said is not kept in the browser, if it is not. */
  readonly storageFailure: string | undefined;
  /** Absent for a note that is kept in the browser only. */
  readonly keeper?: NoteKeeper | undefined;
  onLevel(levelDbfs: number): void;
}

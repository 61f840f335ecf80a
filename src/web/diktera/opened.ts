import type { Plugin } from 'prosemirror-state';
import type { Committed } from '../live/live-events.ts';
import type { Heard } from '../live/live-store.ts';
import type { KnownNote } from './known-note.ts';
import type { NoteStore } from './note-store.ts';

/** Who keeps the note somewhere else, beside the browser. */
export interface NoteKeeper {
  /** What it draws in the text. */
  readonly plugins: readonly Plugin[];
  /** What the note is there; goes with the draft. */
  readonly known: KnownNote | undefined;
  readonly isWritable: boolean;
  onNote(): void;
  onSelected(): void;
  onHeard(localId: string, heard: Heard, committed: Committed): void;
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

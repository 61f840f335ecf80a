import type { NoteContent } from '../../contracts/notes.ts';

/** A note of the clinic, and the text that the server has of it as far as the page knows. */
export interface KnownNote {
  readonly noteId: string;
  /** Of the text; it goes with the next one in If-Match. */
  readonly version: number;
  readonly sections: NoteContent['sections'];
}

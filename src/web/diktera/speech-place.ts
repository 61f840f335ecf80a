import type { NoteEditor } from './note-editor.ts';

/**
 * Where speech goes on after the cursor was put elsewhere. What was said before that is still written where it was
 * said; what is said afterwards goes to the cursor. Who clicks and types corrects something, and speech stays where it
 * was, unless the way there was a jump to a section.
 */
export class SpeechPlace {
  readonly #editor: NoteEditor;
  /** Has all that was said so far committed. */
  readonly #finalize: () => Promise<void>;
  #move: { readonly isFirm: boolean; isDue: boolean } | undefined;

  constructor(editor: NoteEditor, finalize: () => Promise<void>) {
    this.#editor = editor;
    this.#finalize = finalize;
  }

  /** @param isFirm typing there changes nothing about it */
  async cursorMoved(isFirm: boolean): Promise<void> {
    this.#move = undefined;
    if (this.#editor.isFollowing) return;
    const move = { isFirm, isDue: false };
    this.#move = move;
    await this.#finalize();
    move.isDue = true;
  }

  typed(): void {
    if (!this.#move?.isFirm) this.#move = undefined;
  }

  /** Something new is said. */
  speaks(): void {
    if (!this.#move?.isDue) return;
    this.#move = undefined;
    this.#editor.speakAtCursor();
  }
}

import type { NoteView, Worklist } from '../../contracts/notes-api.ts';
import type { SaveState } from './note-saver.ts';

/** What the page shows of the clinic's notes. */
export interface DeskState {
  readonly worklist: Worklist | undefined;
  readonly hasListFailed: boolean;
  /** The open note as the server told it last; its text is in the editor. */
  readonly note: NoteView | undefined;
  /** One is being opened. */
  readonly isOpening: boolean;
  readonly save: SaveState;
  /** The card that is pointed at, here or in the text. */
  readonly lit: string | undefined;
  /** The words that are selected in the text. */
  readonly selected: string;
  /** What is left is shown beside the Sign button. */
  readonly isLeftShown: boolean;
}

export const FIRST_DESK: DeskState = {
  worklist: undefined,
  hasListFailed: false,
  note: undefined,
  isOpening: false,
  save: 'saved',
  lit: undefined,
  selected: '',
  isLeftShown: false,
};

/** Whether the text can be written: not once it is signed, nor by everybody who may read it. */
export function isWritable({ note }: Pick<DeskState, 'note'>): boolean {
  return note?.may.write === true;
}

import type { NoteView, Worklist } from '../../contracts/notes-api.ts';
import type { QuestionLine, ReminderLine } from '../../contracts/notes-api-questions.ts';
import type { SaveState } from './note-saver.ts';

/** What the page shows of the clinic's notes. */
export interface DeskState {
  readonly worklist: Worklist | undefined;
  /** Those that wait for the reader's answer, the oldest first. */
  readonly questions: readonly QuestionLine[];
  readonly reminders: readonly ReminderLine[];
  readonly hasListFailed: boolean;
  /** The question that is being answered. */
  readonly answering: QuestionLine | undefined;
  /** Why its answer was not taken, by its code. */
  readonly answerFailure: string | undefined;
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
  questions: [],
  reminders: [],
  hasListFailed: false,
  answering: undefined,
  answerFailure: undefined,
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

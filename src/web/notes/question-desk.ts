import type { Addressee } from '../../contracts/notes-api-cards.ts';
import type { QuestionAnswer, QuestionLine, ReminderLine } from '../../contracts/notes-api-questions.ts';
import { NOTE_MESSAGES } from '../messages/notes.sv.ts';
import { PageError } from '../page-error.ts';
import type { NoteDesk } from './note-desk.ts';
import type { QuestionsClient } from './questions-client.ts';

/** What others ask the clinician, and what the clinician is reminded of. */
export class QuestionDesk {
  readonly #desk: NoteDesk;
  readonly #client: QuestionsClient;

  constructor(desk: NoteDesk, client: QuestionsClient) {
    this.#desk = desk;
    this.#client = client;
  }

  open(question: QuestionLine): void {
    this.#desk.state.change({ answering: question, answerFailure: undefined });
  }

  close(): void {
    this.#desk.state.change({ answering: undefined });
  }

  async answer(question: QuestionLine, answer: QuestionAnswer): Promise<void> {
    await this.#finish(() => this.#client.answer(question, answer), NOTE_MESSAGES.answerSent);
  }

  async passOn(question: QuestionLine, to: Addressee): Promise<void> {
    await this.#finish(() => this.#client.passOn(question, to), NOTE_MESSAGES.passedOn);
  }

  async dismiss(reminder: ReminderLine): Promise<void> {
    try {
      await this.#client.dismiss(reminder);
    } catch (error) {
      this.#desk.fail(error);
    }
    await this.#desk.refreshList();
  }

  /** A question that somebody else answered meanwhile goes from the list; the words stay until the dialog is closed. */
  async #finish(change: () => Promise<QuestionLine>, notice: string): Promise<void> {
    const { state } = this.#desk;
    state.change({ answerFailure: undefined });
    try {
      const { noteId } = await change();
      state.change({ answering: undefined });
      this.#desk.notify(notice);
      if (state.get().note?.id === noteId) await this.#desk.decisions.refresh();
    } catch (error) {
      state.change({ answerFailure: PageError.from(error).code });
    }
    await this.#desk.refreshList();
  }
}

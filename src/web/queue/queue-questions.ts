import type { Addressee } from '../../contracts/notes-api-cards.ts';
import type { QuestionAnswer, QuestionLine } from '../../contracts/notes-api-questions.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { QuestionsClient } from '../notes/questions-client.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { QueueState } from './queue-state.ts';

/** What clinicians ask administrative staff about follow-ups: answered one by one, the oldest first. */
export class QueueQuestions {
  readonly #client: QuestionsClient;
  readonly #state: Observable<QueueState>;

  constructor(client: QuestionsClient, state: Observable<QueueState>) {
    this.#client = client;
    this.#state = state;
  }

  async refresh(): Promise<void> {
    try {
      this.#state.change({ questions: await this.#client.list() });
    } catch {
      // The list beside it says when the server does not answer.
    }
  }

  open(): void {
    this.#state.change({ answering: this.#state.get().questions[0], answerFailure: undefined });
  }

  close(): void {
    this.#state.change({ answering: undefined });
  }

  async answer(question: QuestionLine, answer: QuestionAnswer): Promise<void> {
    await this.#finish(() => this.#client.answer(question, answer), words.answerSent);
  }

  async passOn(question: QuestionLine, to: Addressee): Promise<void> {
    await this.#finish(() => this.#client.passOn(question, to), words.passedOn);
  }

  async #finish(change: () => Promise<QuestionLine>, notice: string): Promise<void> {
    this.#state.change({ answerFailure: undefined });
    try {
      await change();
      this.#state.change({ answering: undefined, notice });
    } catch (error) {
      this.#state.change({ answerFailure: PageError.from(error).code });
    }
    await this.refresh();
  }
}

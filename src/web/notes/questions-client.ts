import { z } from 'zod';
import type { Addressee } from '../../contracts/notes-api-cards.ts';
import {
  type QuestionAnswer,
  QuestionLine,
  QuestionPage,
  type ReminderLine,
  ReminderList,
} from '../../contracts/notes-api-questions.ts';
import { askApi } from '../shell/ask-api.ts';

type Seen = Pick<QuestionLine, 'id' | 'version'>;

/** The server's interface of questions and reminders. Failures are PageErrors with the server's codes. */
export class QuestionsClient {
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  /** Those that wait for the reader's answer, the oldest first. */
  async list(): Promise<QuestionLine[]> {
    return (await askApi('/api/questions', QuestionPage)).items;
  }

  answer({ id, version }: Seen, answer: QuestionAnswer): Promise<QuestionLine> {
    return this.#post(`/api/questions/${id}/answer`, QuestionLine, { body: answer, version });
  }

  passOn({ id, version }: Seen, to: Addressee): Promise<QuestionLine> {
    return this.#post(`/api/questions/${id}/pass-on`, QuestionLine, { body: { to }, version });
  }

  async reminders(): Promise<ReminderLine[]> {
    return (await askApi('/api/reminders', ReminderList)).items;
  }

  async dismiss({ id }: ReminderLine): Promise<void> {
    await this.#post(`/api/reminders/${id}/dismiss`, z.unknown(), {});
  }

  #post<Answer extends z.ZodType>(path: string, answers: Answer, sent: { body?: unknown; version?: number }) {
    return askApi(path, answers, { method: 'POST', csrfToken: this.#csrfToken, ...sent });
  }
}

import { z } from 'zod';
import type { NoteContent } from '../../contracts/notes.ts';
import {
  ChangedNote,
  type MarkedWords,
  type MoveNote,
  type NewNote,
  NoteView,
  RecalledRequest,
  SavedText,
  type SignNote,
  Worklist,
} from '../../contracts/notes-api.ts';
import { type CardDecision, ChangedCard, type FollowUpCard } from '../../contracts/notes-api-cards.ts';
import type { HeardUtterances } from '../../contracts/notes-api-heard.ts';
import { askApi } from '../shell/ask-api.ts';
import { QuestionsClient } from './questions-client.ts';

type Versioned = Pick<NoteView, 'id' | 'version'>;

/** The server's interface of notes. Failures are PageErrors with the server's codes. */
export class NotesClient {
  readonly questions: QuestionsClient;
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
    this.questions = new QuestionsClient(csrfToken);
  }

  worklist(): Promise<Worklist> {
    return askApi('/api/worklist', Worklist);
  }

  create(note: NewNote): Promise<{ id: string }> {
    return this.#post('/api/notes', NoteView.pick({ id: true }), note);
  }

  note(id: string): Promise<NoteView> {
    return askApi(`/api/notes/${id}`, NoteView);
  }

  saveText(id: string, version: number, content: NoteContent): Promise<SavedText> {
    return this.#put(`/api/notes/${id}/text`, SavedText, content, version);
  }

  decide({ id, version }: Pick<FollowUpCard, 'id' | 'version'>, decision: CardDecision): Promise<ChangedCard> {
    return this.#put(`/api/follow-ups/${id}/decision`, ChangedCard, decision, version);
  }

  markFollowUp(noteId: string, words: MarkedWords): Promise<ChangedCard> {
    return this.#post(`/api/notes/${noteId}/follow-ups`, ChangedCard, words);
  }

  sayNone(note: Versioned): Promise<ChangedNote> {
    return this.#changeNote(note, 'no-follow-up');
  }

  sign(note: Versioned, signing: SignNote): Promise<ChangedNote> {
    return this.#changeNote(note, 'sign', signing);
  }

  amend(note: Versioned): Promise<ChangedNote> {
    return this.#changeNote(note, 'amend');
  }

  cancelAmendment(note: Versioned): Promise<ChangedNote> {
    return this.#changeNote(note, 'cancel-amendment');
  }

  discard(note: Versioned): Promise<ChangedNote> {
    return this.#changeNote(note, 'discard');
  }

  move(note: Versioned, move: MoveNote): Promise<ChangedNote> {
    return this.#changeNote(note, 'move', move);
  }

  setDeputy({ id, version }: Versioned, staffId: string | null): Promise<ChangedNote> {
    return this.#put(`/api/notes/${id}/deputy`, ChangedNote, { staffId }, version);
  }

  withdraw({ id, version }: Versioned, reason: string): Promise<RecalledRequest> {
    return this.#post(`/api/requests/${id}/withdraw`, RecalledRequest, { reason }, version);
  }

  async tellHeard(noteId: string, utterances: HeardUtterances['utterances']): Promise<void> {
    await this.#post(`/api/notes/${noteId}/utterances`, z.unknown(), { utterances });
  }

  /** Words of the note's text as they were said, as a sound file. */
  sound(noteId: string, { start, end }: { start: number; end: number }): Promise<ArrayBuffer> {
    return askApi(`/api/notes/${noteId}/sound?start=${start}&end=${end}`, z.instanceof(ArrayBuffer));
  }

  #changeNote({ id, version }: Versioned, change: string, body?: unknown): Promise<ChangedNote> {
    return this.#post(`/api/notes/${id}/${change}`, ChangedNote, body, version);
  }

  #post<Answer extends z.ZodType>(path: string, answers: Answer, body?: unknown, version?: number) {
    return this.#ask('POST', path, answers, body, version);
  }

  #put<Answer extends z.ZodType>(path: string, answers: Answer, body: unknown, version: number) {
    return this.#ask('PUT', path, answers, body, version);
  }

  #ask<Answer extends z.ZodType>(
    method: 'POST' | 'PUT',
    path: string,
    answers: Answer,
    body: unknown,
    version: number | undefined,
  ): Promise<z.output<Answer>> {
    return askApi(path, answers, {
      method,
      csrfToken: this.#csrfToken,
      body,
      ...(version !== undefined && { version }),
    });
  }
}

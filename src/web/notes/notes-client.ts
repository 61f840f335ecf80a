import { z } from 'zod';
import type { NoteContent } from '../../contracts/notes.ts';
import {
  ChangedNote,
  type MarkedWords,
  type NewNote,
  NoteView,
  SavedText,
  type SignNote,
  Worklist,
} from '../../contracts/notes-api.ts';
import { type CardDecision, ChangedCard, type FollowUpCard } from '../../contracts/notes-api-cards.ts';
import type { HeardUtterances } from '../../contracts/notes-api-heard.ts';
import { askApi } from '../shell/ask-api.ts';

type Versioned = Pick<NoteView, 'id' | 'version'>;

/** The server's interface of notes. Failures are PageErrors with the server's codes. */
export class NotesClient {
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  worklist(): Promise<Worklist> {
    return askApi('/api/worklist', Worklist);
  }

  create(note: NewNote): Promise<{ id: string }> {
    return askApi('/api/notes', NoteView.pick({ id: true }), {
      method: 'POST',
      csrfToken: this.#csrfToken,
      body: note,
    });
  }

  note(id: string): Promise<NoteView> {
    return askApi(`/api/notes/${id}`, NoteView);
  }

  saveText(id: string, version: number, content: NoteContent): Promise<SavedText> {
    return askApi(`/api/notes/${id}/text`, SavedText, {
      method: 'PUT',
      csrfToken: this.#csrfToken,
      body: content,
      version,
    });
  }

  decide({ id, version }: Pick<FollowUpCard, 'id' | 'version'>, decision: CardDecision): Promise<ChangedCard> {
    return askApi(`/api/follow-ups/${id}/decision`, ChangedCard, {
      method: 'PUT',
      csrfToken: this.#csrfToken,
      body: decision,
      version,
    });
  }

  markFollowUp(noteId: string, words: MarkedWords): Promise<ChangedCard> {
    return askApi(`/api/notes/${noteId}/follow-ups`, ChangedCard, {
      method: 'POST',
      csrfToken: this.#csrfToken,
      body: words,
    });
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

  async tellHeard(noteId: string, utterances: HeardUtterances['utterances']): Promise<void> {
    await askApi(`/api/notes/${noteId}/utterances`, z.unknown(), {
      method: 'POST',
      csrfToken: this.#csrfToken,
      body: { utterances },
    });
  }

  #changeNote({ id, version }: Versioned, change: string, body?: unknown): Promise<ChangedNote> {
    return askApi(`/api/notes/${id}/${change}`, ChangedNote, {
      method: 'POST',
      csrfToken: this.#csrfToken,
      body,
      version,
    });
  }
}

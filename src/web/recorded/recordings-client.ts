import { z } from 'zod';
import { CSRF_HEADER } from '../../contracts/access-api.ts';
import type { DictationState, DictationTemplate } from '../../contracts/dictations.ts';
import {
  DictationPage,
  DictationsUnderWay,
  DictationView,
  IDEMPOTENCY_HEADER,
  NoteRecording,
} from '../../contracts/dictations-api.ts';
import { Problem } from '../../contracts/problem.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';
import type { PageSession } from '../shell/session.ts';

/** What is done about: signed and withdrawn ones are in the patient's notes and log. */
const OPEN_STATES: readonly DictationState[] = ['received', 'transcribing', 'drafted', 'failed'];
const MOST_AT_ONCE = 200;

/** A recording with whom it is about. */
export interface Upload {
  readonly file: File;
  /** The same for every try to send it. */
  readonly key: string;
  readonly patientId: string;
  /** The sender when absent. */
  readonly authorId?: string | undefined;
  readonly unitId: string;
  readonly recordedAt: Date;
  /** The speaker's own. */
  readonly templates: readonly z.input<typeof DictationTemplate>[];
}

/** The server's interface of recorded dictations. Failures are PageErrors with the server's codes. */
export class RecordingsClient {
  readonly #csrfToken: string;
  /** Administrators correct what the whole unit dictates. */
  readonly isCorrecting: boolean;

  constructor({ csrfToken, staff }: PageSession) {
    this.#csrfToken = csrfToken;
    this.isCorrecting = staff.roles.includes('administrator');
  }

  /** The newest of the units, or of those that the reader has dictated or sent. */
  list(): Promise<DictationPage> {
    const query = new URLSearchParams({
      state: OPEN_STATES.join(','),
      limit: String(MOST_AT_ONCE),
      mine: String(!this.isCorrecting),
    });
    return askApi(`/api/dictations?${query}`, DictationPage);
  }

  async underWay(): Promise<DictationsUnderWay['items']> {
    return (await askApi('/api/dictations/progress', DictationsUnderWay)).items;
  }

  async ofNote(noteId: string): Promise<DictationView | null> {
    return (await askApi(`/api/notes/${noteId}/recording`, NoteRecording)).recording;
  }

  handOver({ id, version }: DictationView): Promise<DictationView> {
    return askApi(`/api/dictations/${id}/hand-over`, DictationView, {
      method: 'POST',
      csrfToken: this.#csrfToken,
      version,
    });
  }

  retry({ id, version }: DictationView): Promise<DictationView> {
    return askApi(`/api/dictations/${id}/retry`, DictationView, {
      method: 'POST',
      csrfToken: this.#csrfToken,
      version,
    });
  }

  async withdraw({ id }: DictationView): Promise<void> {
    await askApi(`/api/dictations/${id}`, z.undefined(), { method: 'DELETE', csrfToken: this.#csrfToken });
  }

  /** Sends a recording and tells how much of it is there, 0 to 1. */
  send(
    { file, key, patientId, authorId, unitId, recordedAt, templates }: Upload,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const form = new FormData();
    form.set('patient', patientId);
    if (authorId !== undefined) form.set('author', authorId);
    form.set('unit', unitId);
    form.set('recordedAt', recordedAt.toISOString());
    if (templates.length > 0) form.set('templates', JSON.stringify(templates));
    form.set('audio', file);
    // fetch does not tell how much was sent.
    const request = new XMLHttpRequest();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => (request.status === 202 ? resolve() : reject(new PageError(codeOf(request.responseText))));
    request.onerror = () => reject(new PageError('CONNECTION'));
    request.onabort = () => reject(new PageError('CANCELLED'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', '/api/dictations');
    request.setRequestHeader(CSRF_HEADER, this.#csrfToken);
    request.setRequestHeader(IDEMPOTENCY_HEADER, key);
    request.send(form);
    return promise;
  }
}

function codeOf(text: string): string {
  try {
    return Problem.parse(JSON.parse(text)).code;
  } catch {
    return 'INTERNAL';
  }
}

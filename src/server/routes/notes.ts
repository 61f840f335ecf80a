import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { pageOf, pageQuery } from '../../contracts/api-forms.ts';
import { Id } from '../../contracts/clinic.ts';
import { NoteContent } from '../../contracts/notes.ts';
import { LeftNote, NewNote, NoteView, SavedText, Worklist } from '../../contracts/notes-api.ts';
import { beginNote, saveText } from '../../notes/drafts.ts';
import { viewNote } from '../../notes/view.ts';
import { leftNotes, worklist } from '../../notes/worklist.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { page, sinceAndId } from '../page-cursor.ts';
import type { SpokenSound } from '../spoken-sound.ts';
import { noteCardRoutes } from './notes-cards.ts';
import { noteHearingRoutes } from './notes-hearing.ts';
import { noteSigningRoutes } from './notes-signing.ts';

/** A note's content with the place of each word: text of the longest note, escaped, and its spans. */
const CONTENT_LIMIT_BYTES = 4 * 1024 * 1024;

export interface NoteRouteParts {
  readonly storage: Storage;
  /** Where words are heard again; without it there is no sound. */
  readonly sound?: SpokenSound;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now?: () => number;
}

/** Notes: the day's list, reading and writing here; cards, signing and hearing again beside. */
export async function noteRoutes(app: FastifyInstance, parts: NoteRouteParts): Promise<void> {
  const { storage, now: clock = Date.now } = parts;
  const now = () => new Date(clock());

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/worklist',
      summary: "Today's visits, unsigned notes with what is left to do, and answers to act on",
      roles: ['clinician'],
      answers: Worklist,
    },
    ({ request, actor }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) => worklist(transaction, now())),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/unsigned-notes',
      summary: 'Notes that nobody has signed in time, with the follow-ups in them; the oldest first',
      roles: ['clinician', 'administrator'],
      query: pageQuery({ usual: 50, most: 100 }),
      answers: pageOf(LeftNote),
    },
    async ({ request, actor, query: { limit, after } }) => {
      const from = sinceAndId(after);
      return storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const at = now();
        const rows = await leftNotes(transaction, { now: at, limit: limit + 1, after: from });
        return page(rows, limit, ({ openSince }) => openSince);
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/notes',
      summary: 'Begins a note; an open one about the same encounter is given back',
      roles: ['clinician'],
      body: NewNote,
      bodyLimitBytes: CONTENT_LIMIT_BYTES,
      answers: NoteView,
      status: 201,
    },
    ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
        const { id } = await beginNote(transaction, body, now());
        return viewNote(transaction, id, now());
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/notes/:id',
      summary: 'A note with its text, cards, decisions, and what is left to do',
      roles: ['clinician', 'administrator'],
      params: z.object({ id: Id }),
      answers: NoteView,
    },
    ({ request, actor, params }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        viewNote(transaction, params.id, now()),
      ),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/notes/:id/text',
      summary: 'Keeps the text and reads its follow-ups anew; If-Match names the version of the text',
      roles: ['clinician', 'administrator'],
      params: z.object({ id: Id }),
      body: NoteContent,
      bodyLimitBytes: CONTENT_LIMIT_BYTES,
      changesVersion: true,
      answers: SavedText,
    },
    ({ request, actor, params, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        saveText(transaction, params.id, version, body, now()),
      ),
  );

  await app.register(noteCardRoutes, parts);
  await app.register(noteSigningRoutes, parts);
  await app.register(noteHearingRoutes, parts);
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { HeardQuery, HeardUtterances, HeardWords } from '../../contracts/notes-api-heard.ts';
import { heardAt, keepUtterances } from '../../notes/utterances.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import type { NoteRouteParts } from './notes.ts';

/** What was said into a note, and where in the sound. */
export async function noteHearingRoutes(app: FastifyInstance, { storage }: NoteRouteParts): Promise<void> {
  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/notes/:id/utterances',
      summary: 'Keeps utterances of a live session with the times of their words; before the text that they are in',
      roles: ['clinician', 'administrator'],
      params: z.object({ id: Id }),
      body: HeardUtterances,
    },
    ({ request, actor, params, body }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        keepUtterances(transaction, params.id, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/notes/:id/heard',
      summary: 'Where the words of a stretch of the note were said',
      roles: ['clinician', 'administrator'],
      params: z.object({ id: Id }),
      query: HeardQuery,
      answers: HeardWords,
    },
    ({ request, actor, params, query }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) => heardAt(transaction, params.id, query)),
  );
}

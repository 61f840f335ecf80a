import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { MarkedWords } from '../../contracts/notes-api.ts';
import { CardDecision, ChangedCard } from '../../contracts/notes-api-cards.ts';
import { decideCard } from '../../notes/decide.ts';
import { markWords } from '../../notes/mark-words.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import type { NoteRouteParts } from './notes.ts';

/** What is done with a note's follow-ups. */
export async function noteCardRoutes(app: FastifyInstance, { storage, now = Date.now }: NoteRouteParts): Promise<void> {
  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/follow-ups/:id/decision',
      summary: 'Confirms or changes a card, asks somebody, decides "inget" or "no follow-up", or takes that back',
      roles: ['clinician'],
      params: z.object({ id: Id }),
      body: CardDecision,
      changesVersion: true,
      answers: ChangedCard,
    },
    ({ request, actor, params, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        decideCard(transaction, params.id, version, body, new Date(now())),
      ),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/notes/:id/follow-ups',
      summary: 'Makes a card of words that somebody marked',
      roles: ['clinician', 'administrator'],
      params: z.object({ id: Id }),
      body: MarkedWords,
      answers: ChangedCard,
      status: 201,
    },
    ({ request, actor, params, body }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        markWords(transaction, params.id, body, new Date(now())),
      ),
  );
}

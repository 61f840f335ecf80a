import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { HeardQuery, HeardUtterances, HeardWords } from '../../contracts/notes-api-heard.ts';
import { heardAt, keepUtterances, soundAt } from '../../notes/utterances.ts';
import { accessContext, accountIdOf } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { spokenAgain } from '../spoken-again.ts';
import type { SpokenSound } from '../spoken-sound.ts';
import type { NoteRouteParts } from './notes.ts';

/** What was said into a note, and where in the sound. */
export async function noteHearingRoutes(app: FastifyInstance, { storage, sound }: NoteRouteParts): Promise<void> {
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
    async ({ request, actor, params, body }) => {
      const utterances = await withOwnSound(body.utterances, sound, accountIdOf(request));
      return storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        keepUtterances(transaction, params.id, { utterances }),
      );
    },
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

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/notes/:id/sound',
      summary: 'The words of a stretch of the note as they were said, for as long as the sound is kept',
      roles: ['clinician', 'administrator'],
      params: z.object({ id: Id }),
      query: HeardQuery,
      sends: 'audio/wav',
    },
    async ({ request, reply, actor, params, query }) => {
      const places = await storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        soundAt(transaction, params.id, query),
      );
      const wav = await spokenAgain(sound, places);
      reply.header('cache-control', 'no-store').type('audio/wav').send(wav);
    },
  );
}

/** Sound is taken from sessions that the account began itself: nobody hears another's by its name. */
async function withOwnSound(
  utterances: HeardUtterances['utterances'],
  kept: SpokenSound | undefined,
  accountId: string | null,
): Promise<HeardUtterances['utterances']> {
  const named = new Set(utterances.flatMap(({ sound }) => (sound ? [sound.sessionId] : [])));
  const own = new Set<string>();
  for (const sessionId of named) {
    if (accountId !== null && (await kept?.isBegunBy(sessionId, accountId))) own.add(sessionId);
  }
  return utterances.map(({ sound, ...utterance }) => ({
    ...utterance,
    ...(sound && own.has(sound.sessionId) && { sound }),
  }));
}

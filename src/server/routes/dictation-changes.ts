import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { DictationView, NoteRecording } from '../../contracts/dictations-api.ts';
import { AppError } from '../../contracts/errors.ts';
import { handOverDictation, retryDictation, withdrawDictation } from '../../recorded/change.ts';
import { recordingOf, viewDictation } from '../../recorded/view.ts';
import { dictationById } from '../../storage/repositories/dictations.ts';
import { noteById } from '../../storage/repositories/notes.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { DICTATION_ROLES, type DictationRouteParts } from './dictations.ts';

const params = z.object({ id: Id });

/** What is done with a recorded dictation: listened to, handed over, transcribed again, taken back. */
export async function dictationChangeRoutes(
  app: FastifyInstance,
  { storage, sounds }: DictationRouteParts,
): Promise<void> {
  // For `sendFile` alone, which knows how to send a part of a file.
  await app.register(fastifyStatic, { root: sounds.folder, serve: false });

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/dictations/:id/audio',
      summary: 'The sound of a recorded dictation, as it was sent, for as long as it is kept',
      roles: DICTATION_ROLES,
      params,
      sends: 'audio/*',
    },
    async ({ request, reply, actor, params: { id } }) => {
      const dictation = await storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        dictationById(transaction, id),
      );
      if (dictation.soundRemovedAt !== null) {
        throw new AppError('SOUND_GONE', 'the sound of the dictation is not kept any more');
      }
      const { name, type = dictation.soundType } = await sounds.playable(id);
      reply.header('cache-control', 'no-store').type(type);
      reply.sendFile(name, { cacheControl: false, contentType: false });
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/dictations/:id/hand-over',
      summary: 'Hands the corrected note to its author for signing',
      roles: DICTATION_ROLES,
      params,
      changesVersion: true,
      answers: DictationView,
    },
    ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
        await handOverDictation(transaction, id, version, new Date());
        return viewDictation(transaction, id);
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/dictations/:id/retry',
      summary: 'Has a failed dictation transcribed again',
      roles: DICTATION_ROLES,
      params,
      changesVersion: true,
      answers: DictationView,
    },
    ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
        await retryDictation(transaction, id, version);
        return viewDictation(transaction, id);
      }),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/dictations/:id',
      summary: 'Takes a dictation back before it is signed, with its draft: for its author and whoever sent it',
      roles: DICTATION_ROLES,
      scopes: ['dictations:write'],
      params,
    },
    async ({ request, actor, params: { id } }) => {
      await storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        withdrawDictation(transaction, id, new Date()),
      );
      await sounds.remove(id);
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/notes/:id/recording',
      summary: 'The recorded dictation that a note came from, or null',
      roles: DICTATION_ROLES,
      params,
      answers: NoteRecording,
    },
    ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
        const note = await noteById(transaction, id);
        return { recording: await recordingOf(transaction, note.id) };
      }),
  );
}

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import type { SoundStore } from '../../recorded/sound-store.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import { dictationById } from '../../storage/repositories/dictations.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { fhirActor, onlyFor } from './fhir-access.ts';
import { FHIR_PATH } from './fhir-request.ts';

interface BinaryParts {
  readonly storage: Storage;
  readonly sounds: SoundStore;
}

/** The sound that a Media of a recorded dictation leads to, as it is. */
export async function binaryRoute(app: FastifyInstance, { storage, sounds }: BinaryParts): Promise<void> {
  // For `sendFile` alone, which knows how to send a part of a file.
  await app.register(fastifyStatic, { root: sounds.folder, serve: false });

  app.get<{ Params: { id: string } }>(
    `${FHIR_PATH}/Binary/:id`,
    { onRequest: onlyFor('fhir:read') },
    async (request, reply) => {
      const actor = fhirActor(request, 'fhir:read');
      const { id } = request.params;
      if (!Id.safeParse(id).success) throw notFound('Binary');
      const dictation = await storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        dictationById(transaction, id),
      );
      if (dictation.soundRemovedAt !== null) {
        throw new AppError('SOUND_GONE', 'the sound of the dictation is not kept any more');
      }
      const { name, type = dictation.soundType } = await sounds.playable(id);
      reply.header('cache-control', 'no-store').type(type);
      return reply.sendFile(name, { cacheControl: false, contentType: false });
    },
  );
}

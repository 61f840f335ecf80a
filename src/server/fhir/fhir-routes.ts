import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { capabilityStatement } from '../../fhir/capability-statement.ts';
import type { Asked, FhirType } from '../../fhir/fhir-type.ts';
import { FHIR_TYPES } from '../../fhir/registry.ts';
import { answerSearch } from '../../fhir/search/answer-search.ts';
import { readSearch } from '../../fhir/search/search-query.ts';
import type { SoundStore } from '../../recorded/sound-store.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { binaryRoute } from './binary-route.ts';
import { fhirActor, onlyFor } from './fhir-access.ts';
import { fhirOperations } from './fhir-operations.ts';
import { baseUrlOf, FHIR_JSON, FHIR_PATH, isStrict, rawQueryOf, requireJson, sendResource } from './fhir-request.ts';

export interface FhirRouteParts {
  readonly storage: Storage;
  /** Where the sound of recorded dictations is kept. */
  readonly sounds?: SoundStore | undefined;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now?: () => number;
}

/** The FHIR R4 face: what its table of types says, and the operations of IHE ITI Scheduling. */
export async function fhirRoutes(app: FastifyInstance, parts: FhirRouteParts): Promise<void> {
  addBodyParsers(app);
  if (parts.sounds) await app.register(binaryRoute, { storage: parts.storage, sounds: parts.sounds });
  await app.register(async (resources) => {
    resources.addHook('onRequest', async (request) => requireJson(request));
    resources.get(`${FHIR_PATH}/metadata`, async (request, reply) =>
      sendResource(reply, capabilityStatement(FHIR_TYPES, baseUrlOf(request))),
    );
    for (const type of FHIR_TYPES) addType(resources, type, parts);
    await resources.register(fhirOperations, { ...parts, types: FHIR_TYPES });
  });
}

function addType(app: FastifyInstance, type: FhirType, { storage, now = Date.now }: FhirRouteParts): void {
  const onRequest = onlyFor('fhir:read');
  const known = {
    params: Object.keys(type.params),
    includes: Object.keys(type.includes).map((name) => `${type.type}:${name}`),
  };
  const askedBy = (request: FastifyRequest): Asked => ({ baseUrl: baseUrlOf(request), nowMs: now() });

  async function search(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = readSearch(rawQueryOf(request, request.body), known, isStrict(request));
    const context = accessContext(request, type.purpose);
    const bundle = await storage.withAudit(fhirActor(request, 'fhir:read'), context, (transaction) =>
      answerSearch(transaction, type, query, { ...askedBy(request), types: FHIR_TYPES }),
    );
    return sendResource(reply, bundle);
  }
  app.get(`${FHIR_PATH}/${type.type}`, { onRequest }, search);
  app.post(`${FHIR_PATH}/${type.type}/_search`, { onRequest }, search);

  app.get<{ Params: { id: string } }>(`${FHIR_PATH}/${type.type}/:id`, { onRequest }, async (request, reply) => {
    const context = accessContext(request, type.purpose);
    const resource = await storage.withAudit(fhirActor(request, 'fhir:read'), context, (transaction) =>
      type.read(transaction, request.params.id, askedBy(request)),
    );
    return sendResource(reply, resource);
  });
}

function addBodyParsers(app: FastifyInstance): void {
  app.addContentTypeParser(FHIR_JSON, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FhirResource } from 'fhir/r4.js';
import { capabilityStatement } from '../../fhir/capability-statement.ts';
import type { Asked, FhirType } from '../../fhir/fhir-type.ts';
import { revIncludesOf } from '../../fhir/includes.ts';
import { FHIR_TYPES } from '../../fhir/registry.ts';
import { answerSearch } from '../../fhir/search/answer-search.ts';
import { readSearch } from '../../fhir/search/search-query.ts';
import type { SoundStore } from '../../recorded/sound-store.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { binaryRoute } from './binary-route.ts';
import { fhirActor, onlyFor } from './fhir-access.ts';
import { fhirOperations } from './fhir-operations.ts';
import {
  baseUrlOf,
  FHIR_JSON,
  FHIR_PATH,
  isStrict,
  rawQueryOf,
  requireJson,
  sendCurrent,
  sendResource,
} from './fhir-request.ts';

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
    sorts: type.sorts,
    includes: Object.keys(type.includes).map((name) => `${type.type}:${name}`),
    revIncludes: revIncludesOf(type, FHIR_TYPES),
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

  const read = (request: FastifyRequest, id: string): Promise<FhirResource> =>
    storage.withAudit(fhirActor(request, 'fhir:read'), accessContext(request, type.purpose), (transaction) =>
      type.read(transaction, id, askedBy(request)),
    );
  const one = `${FHIR_PATH}/${type.type}/:id`;
  app.get<{ Params: { id: string } }>(one, { onRequest }, async (request, reply) =>
    sendCurrent(request, reply, await read(request, request.params.id)),
  );
  if (!type.isVersioned) return;
  app.get<{ Params: { id: string; version: string } }>(
    `${one}/_history/:version`,
    { onRequest },
    async (request, reply) => {
      const { id, version } = request.params;
      const resource = await read(request, id);
      if (resource.meta?.versionId !== version) throw notFound(`version of ${type.type}`);
      return sendCurrent(request, reply, resource);
    },
  );
}

function addBodyParsers(app: FastifyInstance): void {
  app.addContentTypeParser(FHIR_JSON, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}

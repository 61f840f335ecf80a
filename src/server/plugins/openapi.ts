import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { CSRF_HEADER, SESSION_COOKIE } from '../../contracts/access-api.ts';
import { Problem } from '../../contracts/problem.ts';
import { jsonSchema, PROBLEM_SCHEMA_ID } from '../api-route.ts';

const DESCRIPTION = [
  "The clinic's own interface: notes, booking, accounts. Failures are problem details (RFC 9457) with a code.",
  'Single objects have an `ETag`, and changes of them need it as `If-Match`. Lists give `next`, which goes into `after`.',
  'Speech has the interface of OpenAI under `/v1`, and is described there.',
].join('\n\n');

/** The page of the description is a library's, with styles and pictures in its own text. */
const PAGE_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Describes every operation under /api that is added after this, at /docs and /docs/json. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  app.addSchema({ $id: PROBLEM_SCHEMA_ID, ...jsonSchema(Problem) });
  await app.register(fastifySwagger, {
    refResolver: { buildLocalReference: (schema, _uri, _fragment, number) => String(schema.$id ?? `def-${number}`) },
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Taltid', version: '1', description: DESCRIPTION },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: SESSION_COOKIE,
            description: `Set by POST /api/login. Changes also need the header ${CSRF_HEADER} with csrfToken of GET /api/me.`,
          },
          key: { type: 'http', scheme: 'bearer', description: 'An API key with the scope.' },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: { ...schema, hide: !url.startsWith('/api/') }, url }),
  });
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    // Changes would need the session's CSRF token.
    uiConfig: { supportedSubmitMethods: ['get'] },
  });
}

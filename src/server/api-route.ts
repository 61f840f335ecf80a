import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { z } from 'zod';
import type { ApiScope } from '../contracts/access.ts';
import type { AccountRole } from '../contracts/clinic.ts';
import { AppError } from '../contracts/errors.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { type ApiKeyActor, type StaffActor, staffOf, staffOrKeyOf } from './actor.ts';
import { RequestError } from './request-error.ts';

/** One operation of the product's own HTTP interface: what it takes, who may ask, what it answers. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As Fastify writes it: /api/notes/:id */
  readonly url: `/api/${string}`;
  /** One line for the list of operations. */
  readonly summary: string;
  /** Anybody, staff with one of the roles, or any staff for an empty list. */
  readonly roles: 'anyone' | readonly AccountRole[];
  /** API keys with one of these may ask, too. */
  readonly scopes?: readonly ApiScope[];
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Of multipart/form-data, which the handler reads itself: for the description only. */
  readonly form?: z.ZodType;
  /** Whether `If-Match` must name the version that is changed. */
  readonly changesVersion?: boolean;
  /** What the answer's body is; none when absent. A `version` in it is also its ETag. */
  readonly answers?: z.ZodType;
  /** 200, or 204 without a body, unless said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The type of an answer that the handler sends itself through `reply`: a file, a stream of events. */
  readonly sends?: string;
  readonly bodyLimitBytes?: number;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type ActorOf<Route extends ApiRoute> = Route['roles'] extends 'anyone'
  ? null
  : Route['scopes'] extends readonly ApiScope[]
    ? StaffActor | ApiKeyActor
    : StaffActor;

/** A call that was let through: its parts as the schemas read them. */
export interface ApiCall<Route extends ApiRoute> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly actor: ActorOf<Route>;
  readonly params: Parsed<Route['params']>;
  readonly query: Parsed<Route['query']>;
  readonly body: Parsed<Route['body']>;
  /** Of `If-Match`. */
  readonly version: Route['changesVersion'] extends true ? number : undefined;
}

type ApiAnswer<Route extends ApiRoute> = Route['answers'] extends z.ZodType
  ? Promise<z.output<Route['answers']>>
  : Promise<void>;

/**
 * Adds an operation. Who may not ask is refused before anything is read; parts that do not fit are REQUEST_INVALID with
 * the field's name and never its value; another version than that of `If-Match` is 412. The answer is what its schema
 * lets through.
 */
export function apiRoute<const Route extends ApiRoute>(
  app: FastifyInstance,
  route: Route,
  handler: (call: ApiCall<Route>) => ApiAnswer<Route>,
): void {
  const { method, url, bodyLimitBytes, answers, sends } = route;
  const status = route.status ?? (answers || sends ? 200 : 204);
  app.route({
    method,
    url,
    ...(bodyLimitBytes !== undefined && { bodyLimit: bodyLimitBytes }),
    schema: describe(route, status),
    // The schemas are for the description: zod reads and writes.
    validatorCompiler: () => () => true,
    serializerCompiler: () => JSON.stringify,
    onRequest: async (request) => void actorOf(request, route),
    handler: async (request, reply) => {
      const call = {
        request,
        reply,
        actor: actorOf(request, route),
        version: route.changesVersion ? versionOf(request) : undefined,
        params: parsePart(route.params, request.params, 'params'),
        query: parsePart(route.query, request.query, 'query'),
        body: parsePart(route.body, request.body, 'body'),
      } as ApiCall<Route>;
      const answer = await handler(call).catch((error: unknown) => {
        throw route.changesVersion && error instanceof VersionConflict ? preconditionFailed(error) : error;
      });
      if (sends !== undefined) return reply;
      reply.code(status);
      if (answers === undefined) return reply.send();
      const told = z.encode(answers as z.ZodType<unknown>, answer);
      const version = z.object({ version: z.int() }).safeParse(told).data?.version;
      if (version !== undefined) reply.header('etag', `"${version}"`);
      return reply.header('cache-control', 'no-store').send(told);
    },
  });
}

function actorOf(request: FastifyRequest, { roles, scopes }: ApiRoute): StaffActor | ApiKeyActor | null {
  if (roles === 'anyone') return null;
  return scopes ? staffOrKeyOf(request, roles, scopes) : staffOf(request, ...roles);
}

/** Throws REQUEST_INVALID that names the field and what was expected, not what came: it may be a patient's. */
function parsePart(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  const parsed = schema?.safeParse(value);
  if (parsed === undefined || parsed.success) return parsed?.data;
  const issue = parsed.error.issues[0];
  const param = issue?.path.join('.') || part;
  throw new RequestError('REQUEST_INVALID', `the value of "${param}" is not usable`, {
    param,
    expected: issue === undefined || issue.code === 'unrecognized_keys' ? 'known fields only' : issue.message,
  });
}

function versionOf({ headers }: FastifyRequest): number {
  const given = headers['if-match'];
  const version = /^"([1-9]\d{0,9})"$/.exec(given ?? '')?.[1];
  if (version !== undefined) return Number(version);
  throw new AppError('PRECONDITION_REQUIRED', 'a change names the version that it changes', {
    expected: 'If-Match with the ETag that was given, such as "3"',
    got: given === undefined ? 'none' : 'another form',
  });
}

/** The answer where the version in `If-Match` is not the one that is there. */
export function preconditionFailed({ expected, got }: VersionConflict): RequestError {
  return new RequestError('CONFLICT', 'it was changed by somebody else', {
    status: 412,
    ...(expected !== undefined && { expected }),
    ...(got !== undefined && { got }),
  });
}

/** The schema that the generator adds once. */
export const PROBLEM_SCHEMA_ID = 'Problem';
const PROBLEM_REFERENCE = { $ref: `${PROBLEM_SCHEMA_ID}#` };

/** The operation as OpenAPI's generator reads it from the framework. */
function describe(route: ApiRoute, status: number): FastifySchema {
  const { summary, roles, scopes, params, query, body, form, answers, sends, changesVersion } = route;
  const who = roles === 'anyone' ? 'anyone' : [...(roles.length > 0 ? roles : ['staff']), ...(scopes ?? [])].join(', ');
  const problem = { description: 'problem', content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } } };
  const answer = answers
    ? { description: 'done', content: { 'application/json': { schema: jsonSchema(answers) } } }
    : sends !== undefined
      ? { description: 'done', content: { [sends]: { schema: { type: 'string' } } } }
      : { description: 'done', type: 'null' };
  return {
    summary,
    description: `For ${who}.`,
    tags: [route.url.split('/')[2] ?? ''],
    security: roles === 'anyone' ? [] : [{ session: [] }, ...(scopes ? [{ key: [...scopes] }] : [])],
    // For whoever checks that the roles hold.
    'x-roles': roles,
    ...(params && { params: jsonSchema(params) }),
    ...(query && { querystring: jsonSchema(query) }),
    ...(body && { body: jsonSchema(body) }),
    ...(form && { body: jsonSchema(form), consumes: ['multipart/form-data'] }),
    ...(changesVersion && {
      headers: { type: 'object', properties: { 'if-match': { type: 'string' } }, required: ['if-match'] },
    }),
    response: { [status]: answer, '4xx': problem, '5xx': problem },
  } as FastifySchema;
}

/** As it is on the wire. What JSON Schema cannot say (a check by a function) is left out. */
export function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return described;
}

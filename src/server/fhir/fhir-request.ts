import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Resource } from 'fhir/r4.js';
import type { RawQuery } from '../../fhir/search/search-query.ts';
import { RequestError } from '../request-error.ts';

export const FHIR_PATH = '/fhir';
export const FHIR_JSON = 'application/fhir+json';

const NOT_ACCEPTABLE = 406;
/** What a client may name the one form that there is. */
const OWN_FORMS = ['json', 'application/json', FHIR_JSON, 'text/json'];
const ANY_FORM = /^(\*\/\*|application\/\*|application\/([a-z.-]+\+)?json)$/i;

/** Whether a request is answered in FHIR's form, also where nothing is found. */
export function isFhir({ url }: Pick<FastifyRequest, 'url'>): boolean {
  return /^\/fhir(\/|\?|$)/.test(url);
}

/** Where the interface is, as the client has reached it. */
export function baseUrlOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}${FHIR_PATH}`;
}

/** Names and values of the address, and of a form that was posted. */
export function rawQueryOf({ url }: FastifyRequest, form?: unknown): RawQuery {
  const query = url.slice(url.indexOf('?') + 1);
  return [...new URLSearchParams(url.includes('?') ? query : ''), ...(form instanceof URLSearchParams ? form : [])];
}

/** Whether a client would rather be refused than have a parameter left out. */
export function isStrict({ headers }: FastifyRequest): boolean {
  return /(^|[,;\s])handling\s*=\s*"?strict\b/i.test(String(headers.prefer ?? ''));
}

/** Throws REQUEST_INVALID (406) for a client that takes no JSON. */
export function requireJson(request: FastifyRequest): void {
  const format = rawQueryOf(request).find(([name]) => name === '_format')?.[1];
  const isAsked =
    format === undefined
      ? (request.headers.accept ?? '*/*').split(',').some((each) => ANY_FORM.test(each.split(';')[0]!.trim()))
      : OWN_FORMS.includes(format.split(';')[0]!.trim().replace(' ', '+'));
  if (isAsked) return;
  throw new RequestError('REQUEST_INVALID', 'there is one form of answers', {
    status: NOT_ACCEPTABLE,
    param: '_format',
    expected: FHIR_JSON,
  });
}

const NOT_MODIFIED = 304;

/** Sends a resource, or where the client has this version already (`If-None-Match`) no more than that. */
export function sendCurrent(request: FastifyRequest, reply: FastifyReply, resource: Resource): FastifyReply {
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  const { versionId } = resource.meta ?? {};
  if (versionId === undefined || !known.includes(`"${versionId}"`)) return sendResource(reply, resource);
  return reply.code(NOT_MODIFIED).header('etag', etagOf(versionId)).header('cache-control', 'no-store').send();
}

/** Sends a resource with its version. */
export function sendResource(reply: FastifyReply, resource: Resource): FastifyReply {
  const { versionId, lastUpdated } = resource.meta ?? {};
  if (versionId !== undefined) reply.header('etag', etagOf(versionId));
  if (lastUpdated !== undefined) reply.header('last-modified', new Date(lastUpdated).toUTCString());
  return reply.header('cache-control', 'no-store').type(FHIR_JSON).send(JSON.stringify(resource));
}

function etagOf(versionId: string): string {
  return `W/"${versionId}"`;
}

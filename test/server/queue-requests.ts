import type { FastifyInstance } from 'fastify';
import type { Storage } from '../../src/storage/storage.ts';
import { signedInAs } from './signed-in.ts';

interface Answer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: unknown;
}

/** What a member of staff asks the server, signed in. */
export interface Requests {
  readonly staffId: string;
  get(url: string): Promise<Answer>;
  /** With a version: as If-Match. */
  post(url: string, body: object, version?: number): Promise<Answer>;
  put(url: string, body: object, version?: number): Promise<Answer>;
  delete(url: string, version?: number): Promise<Answer>;
  /** The same for another account. */
  as(staffId: string): Promise<Requests>;
}

export async function requestsAs(app: FastifyInstance, storage: Storage, staffId: string): Promise<Requests> {
  const headers = { ...(await signedInAs(storage, staffId)) };
  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    version?: number,
  ): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url,
      headers: { ...headers, ...(version !== undefined && { 'if-match': `"${version}"` }) },
      ...(body && { payload: body }),
    });
    const etag = answer.headers.etag;
    const told: unknown = answer.body === '' ? undefined : answer.json();
    return { status: answer.statusCode, etag: typeof etag === 'string' ? etag : undefined, body: told };
  };
  return {
    staffId,
    get: (url) => ask('GET', url),
    post: (url, body, version) => ask('POST', url, body, version),
    put: (url, body, version) => ask('PUT', url, body, version),
    delete: (url, version) => ask('DELETE', url, undefined, version),
    as: (another) => requestsAs(app, storage, another),
  };
}

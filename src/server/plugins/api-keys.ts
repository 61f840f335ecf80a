import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiKeyActor, isApiKeyToken } from '../../access/api-keys.ts';
import { AppError } from '../../contracts/errors.ts';
import type { Storage } from '../../storage/storage.ts';

/** Browsers cannot send headers with a WebSocket; OpenAI's clients put the key among its subprotocols. */
const KEY_SUBPROTOCOL = 'openai-insecure-api-key.';

/** Makes the API key of a request its actor. Keys of another form are nobody's and stay unnoticed, as clients need one. */
export function addApiKeys(app: FastifyInstance, { storage }: { storage: Storage }): void {
  app.addHook('onRequest', async (request) => {
    const token = tokenOf(request);
    if (token === undefined || !isApiKeyToken(token)) return;
    const actor = await apiKeyActor(storage, token, new Date());
    request.actor = actor ?? null;
    request.actorRefusal =
      actor === undefined
        ? new AppError('NOT_SIGNED_IN', 'the API key does not hold', {
            expected: 'a key that is neither ended nor old',
          })
        : null;
  });
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const offered = headers['sec-websocket-protocol']?.split(',').map((each) => each.trim());
  return offered?.find((each) => each.startsWith(KEY_SUBPROTOCOL))?.slice(KEY_SUBPROTOCOL.length);
}

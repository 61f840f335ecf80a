import type { QueueBackend, QueueConnection } from './backend.ts';
import { postgresBackend } from './postgres.ts';
import { redisBackend } from './redis.ts';

/** `onError` hears of lost connections; what was asked for fails by itself. */
export function openBackend(connection: QueueConnection, onError: (error: Error) => void): QueueBackend {
  switch (connection.kind) {
    case 'postgres':
      return postgresBackend(connection.connection, onError);
    case 'redis':
      return redisBackend(connection.url, onError);
    default:
      return connection satisfies never;
  }
}

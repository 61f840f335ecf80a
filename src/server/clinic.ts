import type { FastifyInstance } from 'fastify';
import { PasswordAuthenticator } from '../access/authenticator.ts';
import { DEFAULT_SESSION_LENGTHS, type SessionLengths } from '../access/sessions.ts';
import type { Storage } from '../storage/storage.ts';
import { loginRoutes } from './routes/login.ts';
import { queueRoutes } from './routes/queue.ts';

/** What the clinic's own pages and interfaces stand on, beside speech. */
export interface ClinicParts {
  readonly storage: Storage;
  readonly sessionLengths?: SessionLengths;
}

/** Everything that needs the database. */
export async function addClinic(app: FastifyInstance, parts: ClinicParts): Promise<void> {
  const { storage, sessionLengths = DEFAULT_SESSION_LENGTHS } = parts;
  await app.register(loginRoutes, { storage, sessionLengths, authenticator: new PasswordAuthenticator(storage) });
  await app.register(queueRoutes, parts);
}

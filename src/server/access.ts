import type { FastifyInstance } from 'fastify';
import { PasswordAuthenticator } from '../access/authenticator.ts';
import type { OpenIdProvider } from '../access/openid/provider.ts';
import { DEFAULT_SESSION_LENGTHS, type SessionLengths } from '../access/sessions.ts';
import type { Config } from '../config.ts';
import type { Storage } from '../storage/storage.ts';
import { addActor } from './actor.ts';
import { addApiKeys } from './plugins/api-keys.ts';
import { addOpenApi } from './plugins/openapi.ts';
import { addSessions } from './plugins/sessions.ts';
import { addSpeechGuard, speechOpening } from './plugins/speech-guard.ts';
import { accountRoutes } from './routes/accounts.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { auditLogRoutes } from './routes/audit-log.ts';
import { loginRoutes } from './routes/login.ts';
import { staffOpenIdRoutes } from './routes/openid-staff.ts';
import { patientRoutes } from './routes/patients.ts';
import { unitRoutes } from './routes/units.ts';

export interface AccessParts {
  readonly storage: Storage;
  readonly sessionLengths?: SessionLengths;
  /** Makes the first account where there is none. */
  readonly setupCode?: string | undefined;
  /** Where staff sign in by their organisation. */
  readonly staffLogin?: OpenIdProvider | undefined;
  /** Where browsers reach this server, without a path. */
  readonly publicUrl: string;
}

/**
 * Who asks, and the list of what may be asked: known to every route, so this comes before all of them. Then what staff
 * do about accounts, keys and the log.
 */
export async function addAccess(
  app: FastifyInstance,
  { storage, setupCode, sessionLengths = DEFAULT_SESSION_LENGTHS, staffLogin, publicUrl }: AccessParts,
  { requireKey }: Pick<Config, 'requireKey'>,
): Promise<void> {
  addActor(app);
  await addSessions(app, { storage, sessionLengths });
  addApiKeys(app, { storage });
  const isSpeechOpen = speechOpening(requireKey);
  addSpeechGuard(app, isSpeechOpen);
  await addOpenApi(app);
  const authenticator = new PasswordAuthenticator(storage);
  const hasOrganisationLogin = staffLogin !== undefined;
  await app.register(loginRoutes, {
    storage,
    setupCode,
    sessionLengths,
    authenticator,
    isSpeechOpen,
    hasOrganisationLogin,
  });
  if (staffLogin) await app.register(staffOpenIdRoutes, { storage, sessionLengths, provider: staffLogin, publicUrl });
  for (const routes of [accountRoutes, unitRoutes, apiKeyRoutes, patientRoutes, auditLogRoutes]) {
    await app.register(routes, { storage });
  }
}

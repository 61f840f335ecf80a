import type { FastifyInstance, FastifyReply } from 'fastify';
import { DEMO_PASSWORD } from '../../access/demo-accounts.ts';
import { makeFirstAccount } from '../../access/first-account.ts';
import { LoginLimited } from '../../access/login-limits.ts';
import { changeOwnPassword, type LoginParts, signIn, signOut } from '../../access/logins.ts';
import { choosePassword } from '../../access/password-links.ts';
import { DemoAccounts, LoginBody, LogoutBody, Me, PasswordChange, SetupBody } from '../../contracts/access-api.ts';
import { PasswordLinkBody, PasswordLinkUsed } from '../../contracts/access-api-accounts.ts';
import { isDemo } from '../../storage/demo/seed-demo.ts';
import { hasNoStaff, listDemoAccounts } from '../../storage/repositories/staff.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { isLocal } from '../local-requests.ts';
import { giveSessionCookie, sessionTokenOf, takeSessionCookie } from '../plugins/sessions.ts';
import type { IsSpeechOpen } from '../plugins/speech-guard.ts';

export interface LoginRouteParts extends LoginParts {
  /** Makes the first account; nothing does when absent. */
  readonly setupCode?: string | undefined;
  readonly isSpeechOpen: IsSpeechOpen;
  /** Whether staff can sign in by their organisation. */
  readonly hasOrganisationLogin: boolean;
}

/** Signing in and out by password, and who one is. */
export async function loginRoutes(app: FastifyInstance, parts: LoginRouteParts): Promise<void> {
  const { storage, setupCode } = parts;

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/login',
      summary: 'Sign in: sets the session cookie',
      roles: 'anyone',
      body: LoginBody,
    },
    async ({ request, reply, body }) => {
      const origin = {
        address: request.ip,
        isLocal: isLocal(request),
        requestId: request.id,
        earlierToken: sessionTokenOf(request),
      };
      const { token } = await signIn(parts, body, origin).catch(tellWhen(reply));
      giveSessionCookie(request, reply, token);
    },
  );

  apiRoute(
    app,
    { method: 'POST', url: '/api/logout', summary: 'Sign out, here or everywhere', roles: [], body: LogoutBody },
    async ({ request, reply, actor, body }) => {
      const token = sessionTokenOf(request);
      const which = body.everywhere || token === undefined ? 'everywhere' : { token };
      await signOut(storage, actor, accessContext(request, 'operation'), which);
      takeSessionCookie(request, reply);
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/me/password',
      summary: 'Change the own password; other sessions end',
      roles: [],
      body: PasswordChange,
    },
    async ({ request, reply, body }) => {
      const { ip: address, id: requestId, signedIn } = request;
      const session = { account: signedIn!.account, token: sessionTokenOf(request)! };
      await changeOwnPassword(parts, session, body, { address, requestId }).catch(tellWhen(reply));
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/password-links',
      summary: 'Choose a password by the link that an operator made; it holds once',
      roles: 'anyone',
      body: PasswordLinkBody,
      answers: PasswordLinkUsed,
    },
    async ({ request, body }) => choosePassword(storage, body, request.id),
  );

  apiRoute(
    app,
    { method: 'GET', url: '/api/me', summary: 'Who is signed in, and in what clinic', roles: 'anyone', answers: Me },
    async ({ request }) => {
      const { signedIn } = request;
      return {
        staff: signedIn && {
          ...signedIn.account,
          roles: signedIn.account.actor.roles,
          units: [...signedIn.account.units],
        },
        csrfToken: signedIn?.csrfToken ?? null,
        expiresAt: signedIn?.expiresAt ?? null,
        idleMinutes: parts.sessionLengths.idleMs / 60_000,
        demo: await isDemo(storage),
        needsSetup: await hasNoStaff(storage.plain),
        needsLogin: !parts.isSpeechOpen(request),
        organisationLogin: parts.hasOrganisationLogin,
      };
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/demo-accounts',
      summary: "The demo clinic's accounts, on the server's own computer",
      roles: 'anyone',
      answers: DemoAccounts,
    },
    async ({ request }) => ({
      password: isLocal(request) ? DEMO_PASSWORD : '',
      accounts: isLocal(request) ? await listDemoAccounts(storage.plain) : [],
    }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/setup',
      summary: "Make the first account, by the code of the server's log",
      roles: 'anyone',
      body: SetupBody,
    },
    async ({ request, body }) => makeFirstAccount(storage, setupCode, body, request.id),
  );
}

/** Rethrows; whoever has tried too often is told when the next try is looked at. */
function tellWhen(reply: FastifyReply): (error: unknown) => never {
  return (error) => {
    if (error instanceof LoginLimited) reply.header('retry-after', error.retryAfterSeconds);
    throw error;
  };
}

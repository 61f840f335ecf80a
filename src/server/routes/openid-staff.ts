import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LoginParts } from '../../access/logins.ts';
import { hasCommission } from '../../access/openid/commission.ts';
import { OpenIdFailure } from '../../access/openid/login-failure.ts';
import type { OpenIdProvider } from '../../access/openid/provider.ts';
import { signInByCommission } from '../../access/openid/staff-login.ts';
import { LOGIN_PROBLEM_QUERY, STAFF_OPENID_PATHS } from '../../contracts/openid.ts';
import { type SignInWay, sendToProvider, takeFlow, whoCameBack } from '../openid-redirects.ts';
import { giveSessionCookie, sessionTokenOf } from '../plugins/sessions.ts';

const LOGIN_PAGE = '/inloggning';
/** Where one wanted to go; the login page looks at it before it goes there. */
const Query = z.looseObject({ till: z.string().max(500).optional() });

export interface StaffOpenIdParts extends Pick<LoginParts, 'storage' | 'sessionLengths'> {
  readonly provider: OpenIdProvider;
  readonly publicUrl: string;
}

/** Signing in by the clinic's organisation: leads to its provider, and from there to the login page, which goes on. */
export async function staffOpenIdRoutes(app: FastifyInstance, parts: StaffOpenIdParts): Promise<void> {
  const { provider, publicUrl } = parts;
  const way: SignInWay = { provider, publicUrl, paths: STAFF_OPENID_PATHS, isAnew: false };

  app.get(STAFF_OPENID_PATHS.begin, async (request, reply) => {
    const target = Query.safeParse(request.query).data?.till ?? '';
    try {
      return await sendToProvider(request, reply, way, target);
    } catch (error) {
      return tellOnLoginPage(error, { request, reply, target });
    }
  });

  app.get(STAFF_OPENID_PATHS.back, async (request, reply) => {
    let target = '';
    try {
      const flow = takeFlow(request, reply, way);
      target = flow.target;
      const claims = await whoCameBack(request, way, flow, hasCommission);
      const origin = { requestId: request.id, earlierToken: sessionTokenOf(request) };
      const { token } = await signInByCommission(parts, claims, origin);
      giveSessionCookie(request, reply, token);
      return reply.redirect(loginPage(target), 303);
    } catch (error) {
      return tellOnLoginPage(error, { request, reply, target });
    }
  });
}

interface Telling {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly target: string;
}

function tellOnLoginPage(error: unknown, { request, reply, target }: Telling): FastifyReply {
  if (!(error instanceof OpenIdFailure)) throw error;
  const { code, problem, got } = error;
  request.log.info({ code, problem, got }, 'sign-in refused');
  return reply.redirect(loginPage(target, problem), 303);
}

function loginPage(target: string, problem?: string): string {
  const query = new URLSearchParams({
    ...(target !== '' && { till: target }),
    ...(problem !== undefined && { [LOGIN_PROBLEM_QUERY]: problem }),
  });
  return query.size === 0 ? LOGIN_PAGE : `${LOGIN_PAGE}?${query}`;
}

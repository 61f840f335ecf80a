import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OpenIdFailure } from '../access/openid/login-failure.ts';
import { LOGIN_FLOW_SECONDS, type LoginFlow, readFlow, writeFlow } from '../access/openid/login-flow.ts';
import type { Claims, OpenIdProvider } from '../access/openid/provider.ts';

const FLOW_COOKIE = 'taltid_sign_in';
const Answer = z.looseObject({ state: z.string().optional() });

/** A way of signing in: its provider and its two addresses here. */
export interface SignInWay {
  readonly provider: OpenIdProvider;
  readonly paths: { readonly begin: string; readonly back: string };
  /** Where browsers reach this server, without a path. */
  readonly publicUrl: string;
  readonly isAnew: boolean;
}

/** Sends the browser to the provider, with what it needs to come back. Throws OpenIdFailure. */
export async function sendToProvider(
  request: FastifyRequest,
  reply: FastifyReply,
  { provider, paths, publicUrl, isAnew }: SignInWay,
  target: string,
): Promise<FastifyReply> {
  const backTo = new URL(paths.back, publicUrl).href;
  const { address, flow } = await provider.begin({ backTo, target, isAnew });
  // Lax: the provider's page leads back here, and then the browser must have it.
  reply.setCookie(FLOW_COOKIE, writeFlow(flow), { ...cookieOptions(request, paths), maxAge: LOGIN_FLOW_SECONDS });
  return reply.header('cache-control', 'no-store').redirect(address, 303);
}

/** The sign-in that an answer belongs to. It holds once, whatever comes of it. Throws OpenIdFailure. */
export function takeFlow(request: FastifyRequest, reply: FastifyReply, { paths }: SignInWay): LoginFlow {
  reply.clearCookie(FLOW_COOKIE, cookieOptions(request, paths)).header('cache-control', 'no-store');
  const { state } = Answer.safeParse(request.query).data ?? {};
  const flow = readFlow(request.cookies[FLOW_COOKIE], state, Date.now());
  if (flow === undefined) throw new OpenIdFailure('expired');
  return flow;
}

/** Who came back, as the provider says. Throws OpenIdFailure. */
export function whoCameBack(
  request: FastifyRequest,
  { provider, paths, publicUrl }: SignInWay,
  flow: LoginFlow,
  isEnough: (claims: Claims) => boolean,
): Promise<Claims> {
  const answer = new URL(paths.back, publicUrl);
  answer.search = request.url.slice(request.url.indexOf('?'));
  return provider.finish(flow, answer, isEnough);
}

function cookieOptions(request: FastifyRequest, { back }: SignInWay['paths']) {
  return { path: back, httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' } as const;
}

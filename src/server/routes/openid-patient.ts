import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OpenIdFailure } from '../../access/openid/login-failure.ts';
import { hasNumber } from '../../access/openid/patient-number.ts';
import type { OpenIdProvider } from '../../access/openid/provider.ts';
import { PATIENT_OPENID_PATHS } from '../../contracts/openid.ts';
import { notSignedInPage, signedInPage } from '../../patient-plan/page-sign-in.ts';
import { signInProven } from '../../patient-plan/sign-in.ts';
import { errorAnswer } from '../error-answers.ts';
import { type SignInWay, sendToProvider, takeFlow, whoCameBack } from '../openid-redirects.ts';
import { givePatientCookie, type PatientSessionParts, patientTokenOf } from '../plugins/patient-sessions.ts';
import { sendPage } from './patient-page-frame.ts';

export interface PatientOpenIdParts extends PatientSessionParts {
  readonly provider: OpenIdProvider;
  readonly publicUrl: string;
}

/** Signing in as a patient: leads to the provider, and from there to the own page. Within the patient's pages. */
export async function patientOpenIdRoutes(app: FastifyInstance, parts: PatientOpenIdParts): Promise<void> {
  const { storage, provider, publicUrl, now = Date.now } = parts;
  // On a computer that many use the one before must not be signed in by a click.
  const way: SignInWay = { provider, publicUrl, paths: PATIENT_OPENID_PATHS, isAnew: true };
  const { claim } = provider;

  app.get(PATIENT_OPENID_PATHS.begin, async (request, reply) => {
    try {
      return await sendToProvider(request, reply, way, '');
    } catch (error) {
      return tell(error, request, reply);
    }
  });

  app.get(PATIENT_OPENID_PATHS.back, async (request, reply) => {
    try {
      const flow = takeFlow(request, reply, way);
      const claims = await whoCameBack(request, way, flow, (told) => hasNumber(told, claim));
      const proven = { claims, claim, requestId: request.id, earlierToken: patientTokenOf(request) };
      const { token } = await signInProven(storage, proven, new Date(now()));
      givePatientCookie(request, reply, token);
      // A page and not a redirect: the browser keeps the new cookie from requests that the provider's page has led to.
      reply.header('refresh', '0; url=/min-tid');
      return sendPage(request, reply, null, signedInPage(request.language));
    } catch (error) {
      return tell(error, request, reply);
    }
  });
}

function tell(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof OpenIdFailure)) throw error;
  const { code, problem, got } = error;
  request.log.info({ code, problem, got }, 'sign-in refused');
  reply.code(problem === 'unknown' ? 403 : errorAnswer(error).status);
  return sendPage(request, reply, null, notSignedInPage(problem, request.language));
}

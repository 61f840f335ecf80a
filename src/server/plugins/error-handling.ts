import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../contracts/errors.ts';
import { failureOutcome } from '../../fhir/outcome.ts';
import { readAnswerCode } from '../../patient-page/answer-codes.ts';
import { errorAnswer, openAiErrorBody, problemBody } from '../error-answers.ts';
import { FHIR_JSON, isFhir } from '../fhir/fhir-request.ts';
import type { Metrics } from '../metrics.ts';

/** Every failure leaves as a typed answer: OpenAI's form under /v1, FHIR's under /fhir, problem details elsewhere. */
export function addErrorHandling(app: FastifyInstance, metrics: Metrics): void {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, metrics));
  app.setNotFoundHandler((request, reply) => {
    const error = new AppError('NOT_FOUND', `there is no ${request.method} ${pathOf(request)}`);
    return answerError(error, request, reply, metrics);
  });
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, metrics: Metrics): FastifyReply {
  const answer = reportError(error, request, metrics);
  reply.code(answer.status);
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', answer.retryAfterSeconds);
  if (pathOf(request).startsWith('/v1/')) return reply.type('application/json').send(openAiErrorBody(answer));
  if (isFhir(request)) return reply.type(FHIR_JSON).send(JSON.stringify(failureOutcome(answer)));
  return reply.type('application/problem+json').send(problemBody(answer, request.id));
}

/** Counts and logs a failure, and gives what the client is told. Only the server's own faults are logged in words. */
export function reportError(error: unknown, request: FastifyRequest, metrics: Metrics) {
  const answer = logFailure(error, request);
  metrics.failed(answer.code);
  return answer;
}

/** As `reportError`, for answers that others count. */
export function logFailure(error: unknown, request: FastifyRequest) {
  const answer = errorAnswer(error);
  if (answer.status >= 500) request.log.error({ code: answer.code, err: error }, 'request failed');
  else request.log.info({ code: answer.code, param: answer.param }, 'request refused');
  return answer;
}

export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

/**
 * As the log tells it. The code of a letter opens a patient's page, and stands in no log: of that page the route is told,
 * and of an address that is none no part that could be a code.
 */
export function pathForLog(request: FastifyRequest): string {
  const { url: route } = request.routeOptions;
  if (route === undefined || route.endsWith('*')) return pathOf(request).split('/').map(withoutCode).join('/');
  return route.startsWith('/min-tid') ? route : pathOf(request);
}

function withoutCode(part: string): string {
  return readAnswerCode(decoded(part)) === undefined ? part : ':code';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part.replaceAll(/%[0-9a-f]{0,2}/gi, '');
  }
}

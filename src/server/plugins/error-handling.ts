import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../contracts/errors.ts';
import { errorAnswer, openAiErrorBody, problemBody } from '../error-answers.ts';
import type { Metrics } from '../metrics.ts';

/** Every failure leaves as a typed answer: OpenAI's form under /v1, problem details elsewhere. */
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
  return reply.type('application/problem+json').send(problemBody(answer, request.id));
}

/** Counts and logs a failure, and gives what the client is told. Only the server's own faults are logged in words. */
export function reportError(error: unknown, request: FastifyRequest, metrics: Metrics) {
  const answer = errorAnswer(error);
  metrics.failed(answer.code);
  if (answer.status >= 500) request.log.error({ code: answer.code, err: error }, 'request failed');
  else request.log.info({ code: answer.code, param: answer.param }, 'request refused');
  return answer;
}

export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

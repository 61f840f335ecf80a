import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../contracts/errors.ts';
import { PatientLanguage } from '../../contracts/patient-page.ts';
import { LANGUAGE_PARAMETER, renderPage } from '../../patient-page/layout.ts';
import { problemPage } from '../../patient-page/page-problem.ts';
import type { PatientSession } from '../../patient-page/sessions.ts';
import { CodeLimited } from '../../patient-page/sign-in.ts';
import type { PatientProblem } from '../../patient-page/words.sv.ts';
import { wordsOf } from '../../patient-page/words.ts';
import { logFailure, pathOf } from '../plugins/error-handling.ts';
import { addPatientSessions, type PatientSessionParts } from '../plugins/patient-sessions.ts';
import { RequestError } from '../request-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the patient's page, as its cookie or address says. */
    language: PatientLanguage;
  }
}

const LANGUAGE_COOKIE = 'taltid_sprak';
const YEAR_SECONDS = 365 * 24 * 3600;
const FORM_LIMIT_BYTES = 16 * 1024;

const PAGE_HEADERS = {
  // No script, nothing from elsewhere.
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // With "no-referrer" browsers send the forms' own Origin as null, which the guard of hosts refuses.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Makes a plugin's routes pages of the patient: forms, language, session, headers, and failures as pages in clear words. */
export async function addPatientPages(app: FastifyInstance, parts: PatientSessionParts): Promise<void> {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES },
    async (_request: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );
  app.decorateRequest('language', 'sv');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(PAGE_HEADERS);
    const asked = z.object({ [LANGUAGE_PARAMETER]: PatientLanguage }).safeParse(request.query).data?.[
      LANGUAGE_PARAMETER
    ];
    request.language = asked ?? PatientLanguage.safeParse(request.cookies[LANGUAGE_COOKIE]).data ?? 'sv';
    if (asked !== undefined) rememberLanguage(request, reply, asked);
  });
  addPatientSessions(app, parts);
  app.setErrorHandler((error, request, reply) => answerAsPage(error, request, reply));
}

/** Sends a page as this request sees it. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  session: PatientSession | null,
  ...content: readonly ReactNode[]
): FastifyReply {
  const { language } = request;
  // The answer to a form has no address of its own that could be asked for in another language.
  const address = request.method === 'GET' ? request.url : '/min-tid';
  return reply.type('text/html; charset=utf-8').send(renderPage({ language, address, session }, ...content));
}

/** A part of a request as its schema reads it. Throws REQUEST_INVALID, which does not tell what came. */
export function readPart<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const param = parsed.error.issues[0]?.path.join('.') || 'form';
  throw new RequestError('REQUEST_INVALID', `the value of "${param}" is not usable`, {
    param,
    expected: 'another one',
  });
}

function answerAsPage(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, ...told } = tellFailure(error, request, reply);
  // Whose session is over begins at the start again.
  if (code === 'NOT_SIGNED_IN') return reply.redirect('/min-tid', 303);
  const { language } = request;
  const next = ANOTHER_TIME.includes(told.problem)
    ? { href: pathOf(request).replace(/\/bekrafta$/, ''), text: wordsOf(language).choice.other }
    : undefined;
  return sendPage(request, reply, request.patient, problemPage({ ...told, next }, language));
}

/** Logs a failure, sets the answer's status, and gives what the page says of it. */
export function tellFailure(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { code, status } = logFailure(error, request);
  const retryAfterSeconds = error instanceof CodeLimited ? error.retryAfterSeconds : undefined;
  reply.code(status);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return { code, problem: problemOf(code, status), retryAfterSeconds };
}

/** The patient goes back to the times that are free now. */
const ANOTHER_TIME: readonly PatientProblem[] = ['taken', 'notOffered', 'beyondTarget', 'chain'];

const PROBLEM_OF_CODE: Readonly<Partial<Record<ErrorCode, PatientProblem>>> = {
  REQUEST_INVALID: 'form',
  LOGIN_REFUSED: 'refused',
  LOGIN_LIMITED: 'limited',
  CSRF_INVALID: 'forged',
  NOT_FOUND: 'missing',
  CONFLICT: 'changed',
  TIME_TAKEN: 'taken',
  TIME_NOT_OFFERED: 'notOffered',
  CHAIN_BROKEN: 'chain',
  BEYOND_TARGET_DATE: 'beyondTarget',
  STATE_NOT_ALLOWED: 'gone',
  UNIT_NOT_ALLOWED: 'missing',
};

function problemOf(code: ErrorCode, status: number): PatientProblem {
  return PROBLEM_OF_CODE[code] ?? (status === 503 ? 'busy' : status >= 500 ? 'failed' : 'form');
}

/** Not found, for an address that names what the session does not see. */
export function missingPage(): AppError {
  return new AppError('NOT_FOUND', 'there is no such page here', { expected: 'the id of an own time' });
}

function rememberLanguage(request: FastifyRequest, reply: FastifyReply, language: PatientLanguage): void {
  reply.setCookie(LANGUAGE_COOKIE, language, {
    path: '/min-tid',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: YEAR_SECONDS,
  });
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { OpenIdProvider } from '../../access/openid/provider.ts';
import { tokenHash } from '../../access/tokens.ts';
import { AppError } from '../../contracts/errors.ts';
import { CodeForm, PatientReceipt } from '../../contracts/patient-page.ts';
import { inGroups, readAnswerCode } from '../../patient-page/answer-codes.ts';
import { TYPEFACE_PATHS } from '../../patient-page/layout.ts';
import { codePage } from '../../patient-page/page-code.ts';
import { problemWords } from '../../patient-page/page-problem.ts';
import { timesPage } from '../../patient-page/page-times.ts';
import { notice } from '../../patient-page/parts.ts';
import { signInByCode } from '../../patient-page/sign-in.ts';
import { STYLE } from '../../patient-page/style.ts';
import { patientTimes } from '../../patient-page/times.ts';
import { wordsOf } from '../../patient-page/words.ts';
import { offersCard } from '../../patient-plan/offers-card.ts';
import { planLink } from '../../patient-plan/page-plan.ts';
import { familyOf } from '../../patient-plan/whose.ts';
import { whoseForm } from '../../patient-plan/whose-form.ts';
import { wishesOfAppointments } from '../../storage/repositories/earlier-wishes.ts';
import { offersOfPatient } from '../../storage/repositories/offers.ts';
import { deletePatientSession } from '../../storage/repositories/patient-sessions.ts';
import { accessContext } from '../actor.ts';
import {
  givePatientCookie,
  type PatientSessionParts,
  patientSending,
  patientTokenOf,
  takePatientCookie,
} from '../plugins/patient-sessions.ts';
import { patientOpenIdRoutes } from './openid-patient.ts';
import { patientPageChangeRoutes } from './patient-page-changes.ts';
import { addPatientPages, readPart, sendPage, tellFailure } from './patient-page-frame.ts';
import { patientPlanRoutes } from './patient-plan.ts';

export interface PatientPageParts extends PatientSessionParts {
  /** Where patients sign in; without it they come in by a letter's code alone. */
  readonly patientLogin?: OpenIdProvider | undefined;
  /** Where browsers reach this server, without a path. */
  readonly publicUrl: string;
}

const MONTH_SECONDS = 30 * 24 * 3600;
const YEAR_SECONDS = 365 * 24 * 3600;
const TYPEFACE_FILES = '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next';

/** The patient's own page, /min-tid: in by a letter's code, what is booked, and out. */
export async function patientPageRoutes(app: FastifyInstance, parts: PatientPageParts): Promise<void> {
  await addPatientPages(app, parts);
  await addFiles(app);
  const { storage, patientLogin, publicUrl, now = Date.now } = parts;
  const hasSignIn = patientLogin !== undefined;

  const sendCodePage = (
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    problem?: Parameters<typeof problemWords>[0],
  ) =>
    sendPage(
      request,
      reply,
      null,
      receiptOf(request),
      problem && problemWords(problem, request.language),
      codePage({ code, hasSignIn }, request.language),
    );

  app.get('/min-tid', async (request, reply) => {
    const { patient: session, language } = request;
    if (session === null) return sendCodePage(request, reply, '');
    const nowMs = now();
    const page = await storage.withAudit(session.actor, accessContext(request, 'own-data'), async (transaction) => {
      const times = await patientTimes(transaction, session, nowMs);
      const wishes = await wishesOfAppointments(
        transaction,
        times.visits.map(({ id }) => id),
      );
      const offers = await offersOfPatient(transaction, session.subjectId, new Date(nowMs));
      const family = await familyOf(transaction, session);
      return { ...times, wished: new Set(wishes.map(({ appointmentId }) => appointmentId)), offers, family };
    });
    return sendPage(
      request,
      reply,
      session,
      receiptOf(request),
      whoseForm({ ...page, session }, language),
      offersCard({ ...page, session, nowMs }, language),
      session.level === 2 && planLink(language),
      timesPage({ ...page, session, nowMs }, language),
    );
  });

  /** The address that stands in a letter as a picture or a link: its code is filled in. */
  app.get('/min-tid/:code', async (request, reply) => {
    const { code } = z.object({ code: z.string() }).parse(request.params);
    const read = readAnswerCode(code);
    if (read === undefined) throw new AppError('NOT_FOUND', 'there is no such page');
    return sendCodePage(request, reply, inGroups(read));
  });

  app.post('/min-tid/in', async (request, reply) => {
    const { kod, fodelsedatum } = readPart(CodeForm, request.body);
    const origin = { address: request.ip, requestId: request.id, earlierToken: patientTokenOf(request) };
    try {
      const { token } = await signInByCode(storage, { code: kod, birthDate: fodelsedatum, ...origin }, new Date(now()));
      givePatientCookie(request, reply, token);
      return reply.redirect('/min-tid', 303);
    } catch (error) {
      const isRefused = error instanceof AppError && (error.code === 'LOGIN_REFUSED' || error.code === 'LOGIN_LIMITED');
      if (!isRefused) throw error;
      // What was typed stays, so that one wrong character can be put right.
      return sendCodePage(request, reply, kod, tellFailure(error, request, reply));
    }
  });

  app.post('/min-tid/ut', async (request, reply) => {
    const session = patientSending(request);
    const token = patientTokenOf(request);
    await storage.withAudit(session.actor, accessContext(request, 'own-data'), async (transaction) => {
      transaction.record('logout', 'patient_sessions', null);
      if (token !== undefined) await deletePatientSession(transaction.plain, tokenHash(token));
    });
    takePatientCookie(request, reply);
    return reply.redirect('/min-tid?klart=utloggad', 303);
  });

  await app.register(patientPageChangeRoutes, parts);
  await app.register(patientPlanRoutes, parts);
  if (patientLogin) await app.register(patientOpenIdRoutes, { storage, now, provider: patientLogin, publicUrl });
}

/** What was just done, as the address tells it. */
function receiptOf({ query, language }: FastifyRequest) {
  const { data } = z.object({ klart: PatientReceipt }).safeParse(query);
  return data && notice(wordsOf(language).receipts[data.klart]);
}

/** The stylesheet and the typeface: read once, small enough to be kept. */
async function addFiles(app: FastifyInstance): Promise<void> {
  const serve = (path: string, type: string, content: Buffer | string, keptSeconds: number) =>
    app.get(path, async (_request, reply) =>
      reply.header('cache-control', `public, max-age=${keptSeconds}, immutable`).type(type).send(content),
    );
  serve(STYLE.path, 'text/css; charset=utf-8', STYLE.css, YEAR_SECONDS);
  const require = createRequire(import.meta.url);
  for (const [subset, path] of Object.entries(TYPEFACE_PATHS)) {
    const file = require.resolve(`${TYPEFACE_FILES}-${subset}-wght-normal.woff2`);
    serve(path, 'font/woff2', await readFile(file), MONTH_SECONDS);
  }
}

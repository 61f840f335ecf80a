import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { OfferForm, WhoseForm } from '../../contracts/patient-plan.ts';
import { acceptOffer, declineOffer } from '../../freed-times/answer-offer.ts';
import { LETTER_PAGE_POLICY } from '../../letters/html-style.ts';
import { composeIssued } from '../../letters/issued.ts';
import { letterAsHtml } from '../../letters/to-html.ts';
import { letterAsPdf } from '../../letters/to-pdf.ts';
import { actFor } from '../../patient-page/sessions.ts';
import { planPage } from '../../patient-plan/page-plan.ts';
import { isGood, patientPlan } from '../../patient-plan/view.ts';
import { checkOwnChild } from '../../patient-plan/whose.ts';
import { letterById, markLetterRead } from '../../storage/repositories/letters.ts';
import { offerById } from '../../storage/repositories/offers.ts';
import {
  ownData,
  type PatientSessionParts,
  patientOf,
  patientSending,
  patientTokenOf,
} from '../plugins/patient-sessions.ts';
import { missingPage, readPart, sendPage } from './patient-page-frame.ts';

const SIGNED_IN = 2;
const params = z.object({ id: Id });

/** What a patient sees who has signed in: the plan and the letters, own ones and a child's. And offered times. */
export async function patientPlanRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: PatientSessionParts,
): Promise<void> {
  const within = ownData(storage);

  app.get('/min-tid/plan', async (request, reply) => {
    const session = patientOf(request, SIGNED_IN);
    const nowMs = now();
    const plan = await within(request, session, (transaction) => patientPlan(transaction, session, new Date(nowMs)));
    return sendPage(request, reply, session, planPage({ ...plan, session, nowMs }, request.language));
  });

  app.get('/min-tid/brev/:id', async (request, reply) => {
    const letter = await openLetter(request);
    reply.header('content-security-policy', LETTER_PAGE_POLICY).type('text/html; charset=utf-8');
    return reply.send(letterAsHtml(composeIssued(letter)));
  });

  app.get('/min-tid/brev/:id/brev.pdf', async (request, reply) => {
    const letter = await openLetter(request);
    reply.header('content-disposition', 'inline; filename="brev.pdf"').type('application/pdf');
    return reply.send(await letterAsPdf(composeIssued(letter)));
  });

  app.post('/min-tid/vem', async (request, reply) => {
    const session = patientSending(request, SIGNED_IN);
    const { vem: childId } = readPart(WhoseForm, request.body);
    await within(request, session, async (transaction) => {
      if (childId !== '') await checkOwnChild(transaction, childId);
      await actFor(transaction.plain, patientTokenOf(request)!, childId === '' ? null : childId);
    });
    return reply.redirect('/min-tid/plan', 303);
  });

  app.post('/min-tid/erbjudande/:id', async (request, reply: FastifyReply) => {
    const session = patientSending(request);
    const id = idOf(request);
    const { svar } = readPart(OfferForm, request.body);
    const at = new Date(now());
    await within(request, session, async (transaction) => {
      const { patientId } = await offerById(transaction, id);
      if (patientId !== session.subjectId) throw missingPage();
      if (svar === 'ja') await acceptOffer(transaction, id, at);
      else await declineOffer(transaction, id, at);
    });
    return reply.redirect(`/min-tid?klart=${svar === 'ja' ? 'flyttad' : 'behallen'}`, 303);
  });

  /** A letter that holds; who opens it has read it. */
  async function openLetter(request: FastifyRequest) {
    const session = patientOf(request, SIGNED_IN);
    return within(request, session, async (transaction) => {
      const letter = await letterById(transaction, idOf(request));
      if (letter.patientId !== session.subjectId || !isGood(letter)) throw missingPage();
      await markLetterRead(transaction, letter.id);
      return letter;
    });
  }
}

function idOf(request: FastifyRequest): string {
  const { data } = params.safeParse(request.params);
  if (data === undefined) throw missingPage();
  return data.id;
}

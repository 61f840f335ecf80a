import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { LetterPreview, LetterQuery } from '../../contracts/letter-api.ts';
import { answerAddress } from '../../delivery/answer-address.ts';
import { preparationsIn } from '../../delivery/checked-words.ts';
import { draftLetter } from '../../delivery/draft.ts';
import { planWays, visitToTell } from '../../delivery/near-visit.ts';
import { LETTER_PAGE_POLICY } from '../../letters/html-style.ts';
import { composeIssued } from '../../letters/issued.ts';
import { letterAsHtml } from '../../letters/to-html.ts';
import { letterAsPdf } from '../../letters/to-pdf.ts';
import { letterAsText } from '../../letters/to-text.ts';
import { unitById } from '../../storage/repositories/staff.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { QUEUE_ROLES } from './queue-parts.ts';
import type { TaskLetterParts } from './task-letters.ts';

const params = z.object({ id: Id });
/** Only the letter that goes out has one. */
const CODE_TO_COME = 'ges när det skickas';
type LetterWishes = z.output<typeof LetterQuery>;

/** The letter of a task before it goes out: looked through beside the clinician's words, and printed. */
export async function letterRoutes(
  app: FastifyInstance,
  { storage, publicUrl, now = Date.now }: TaskLetterParts,
): Promise<void> {
  const drafted = async (request: FastifyRequest, actor: StaffActor, taskId: string, wishes: LetterWishes) =>
    storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
      const { kind, largePrint: hasLargePrint } = wishes;
      const { letter, task } = await draftLetter(transaction, { taskId, kind, hasLargePrint }, now());
      const { letterChain } = await unitById(transaction.plain, task.unitId);
      const ways = planWays(letterChain, new Date(now()), visitToTell(letter, new Date(now())));
      if (kind === 'avbokning') return { letter, ways };
      const answer = { address: answerAddress(publicUrl), code: CODE_TO_COME };
      return { letter: { ...letter, contents: { ...letter.contents, answer } }, ways };
    });

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/letter',
      summary:
        "The letter of a task's booked times, or of the time that the patient is to book, as it would go out now",
      roles: QUEUE_ROLES,
      params,
      query: LetterQuery,
      answers: LetterPreview,
    },
    async ({ request, actor, params: { id }, query }) => {
      const { letter: draft, ways } = await drafted(request, actor, id, query);
      const letter = composeIssued(draft);
      const { form } = draft.contents;
      return { form, letter, text: letterAsText(letter), preparations: preparationsIn(draft.contents), ways };
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/letter.pdf',
      summary: 'The same letter on paper: tagged PDF on A4, for a window envelope',
      roles: QUEUE_ROLES,
      params,
      query: LetterQuery,
      sends: 'application/pdf',
    },
    async ({ request, reply, actor, params: { id }, query }) => {
      const { letter: draft } = await drafted(request, actor, id, query);
      const pdf = await letterAsPdf(composeIssued(draft));
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'inline; filename="kallelse.pdf"')
        .type('application/pdf')
        .send(pdf);
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/letter.html',
      summary: 'The same letter as a page of its own, as the patient reads it on a screen',
      roles: QUEUE_ROLES,
      params,
      query: LetterQuery,
      sends: 'text/html',
    },
    async ({ request, reply, actor, params: { id }, query }) => {
      const { letter: draft } = await drafted(request, actor, id, query);
      reply
        .headers({ 'cache-control': 'no-store', 'content-security-policy': LETTER_PAGE_POLICY })
        .type('text/html; charset=utf-8')
        .send(letterAsHtml(composeIssued(draft)));
    },
  );
}

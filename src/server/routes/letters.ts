import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { letterContents } from '../../appointments/letter.ts';
import { Id } from '../../contracts/clinic.ts';
import type { LetterContents } from '../../contracts/letter.ts';
import { LetterPreview, LetterQuery } from '../../contracts/letter-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { composeLetter } from '../../letters/compose.ts';
import { DEFAULT_LETTER_TEXTS } from '../../letters/default-texts.ts';
import { inPlainWords } from '../../letters/plain-words.ts';
import { letterAsPdf } from '../../letters/to-pdf.ts';
import { letterAsText } from '../../letters/to-text.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** The kallelse of a task: looked through beside the clinician's words, and printed. */
export async function letterRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): Promise<void> {
  const contentsFor = (request: FastifyRequest, actor: StaffActor, taskId: string, hasLargePrint: boolean) =>
    storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
      letterContents(transaction, taskId, { writtenOn: stockholmClockAt(now()).date, hasLargePrint }),
    );

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
    async ({ request, actor, params: { id }, query: { largePrint } }) => {
      const contents = await contentsFor(request, actor, id, largePrint);
      const letter = composeLetter(contents, DEFAULT_LETTER_TEXTS);
      return {
        form: contents.form,
        letter,
        text: letterAsText(letter),
        preparations: preparationsOf(contents),
      };
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
    async ({ request, reply, actor, params: { id }, query: { largePrint } }) => {
      const contents = await contentsFor(request, actor, id, largePrint);
      const pdf = await letterAsPdf(composeLetter(contents, DEFAULT_LETTER_TEXTS));
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'inline; filename="kallelse.pdf"')
        .type('application/pdf')
        .send(pdf);
    },
  );
}

function preparationsOf({ visits, toBook }: LetterContents): LetterPreview['preparations'] {
  const all = [...visits.flatMap(({ preparations }) => preparations), ...(toBook?.preparations ?? [])];
  return all.map(({ original, plain }) => ({ original, plain, writtenOut: [...inPlainWords(original).writtenOut] }));
}

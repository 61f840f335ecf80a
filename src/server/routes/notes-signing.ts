import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import {
  ChangedNote,
  MoveNote,
  RecalledRequest,
  SetDeputy,
  SignNote,
  WithdrawRequest,
} from '../../contracts/notes-api.ts';
import { FollowUpsLeft } from '../../notes/left-to-do.ts';
import { amend, deputise, moveToPatient, recallRequest } from '../../notes/recall.ts';
import { discard, sign, stateNoFollowUp } from '../../notes/sign.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import type { NoteRouteParts } from './notes.ts';

type Change<Body> = (transaction: AuditedTransaction, id: string, version: number, body: Body) => Promise<ChangedNote>;

/** What is done with a note as a whole. If-Match names the note's version. */
export async function noteSigningRoutes(app: FastifyInstance, { storage }: NoteRouteParts): Promise<void> {
  const changeOf = <Body extends z.ZodType>(
    method: 'POST' | 'PUT',
    step: `/${string}`,
    summary: string,
    body: Body,
    change: Change<z.output<Body>>,
  ) =>
    apiRoute(
      app,
      {
        method,
        url: `/api/notes/:id${step}`,
        summary,
        roles: ['clinician'],
        params: z.object({ id: Id }),
        body,
        changesVersion: true,
        answers: ChangedNote,
      },
      async ({ request, actor, params, version, body: given }) =>
        storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
          change(transaction, params.id, version, given as z.output<Body>),
        ),
    );
  const nothing = z.undefined().or(z.null()).or(z.strictObject({}));

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/notes/:id/sign',
      summary: 'Signs a note; what is left to do before that is in the refusal',
      roles: ['clinician'],
      params: z.object({ id: Id }),
      body: SignNote,
      changesVersion: true,
      answers: ChangedNote,
    },
    async ({ request, actor, params, version, body }) => {
      const signed = await storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        sign(transaction, params.id, version, body),
      );
      if (signed instanceof FollowUpsLeft) throw signed;
      return signed;
    },
  );
  changeOf('POST', '/no-follow-up', 'States that the note asks for no follow-up', nothing, stateNoFollowUp);
  changeOf('POST', '/amend', 'Opens a signed note for a new version', nothing, amend);
  changeOf('POST', '/discard', 'Throws a draft away that asks for nothing', nothing, discard);
  changeOf(
    'POST',
    '/move',
    'Moves a note to the right patient and recalls what followed from it',
    MoveNote,
    moveToPatient,
  );
  changeOf(
    'PUT',
    '/deputy',
    'Has somebody stand in for the author',
    SetDeputy,
    (transaction, id, version, { staffId }) => deputise(transaction, id, version, staffId),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/requests/:id/withdraw',
      summary: "Recalls a request, and cancels its task; If-Match names the request's version",
      roles: ['clinician'],
      params: z.object({ id: Id }),
      body: WithdrawRequest,
      changesVersion: true,
      answers: RecalledRequest,
    },
    ({ request, actor, params, version, body: { reason } }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        recallRequest(transaction, params.id, version, reason),
      ),
  );
}

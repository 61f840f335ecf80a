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
import { cancelAmendment } from '../../notes/cancel-amendment.ts';
import { FollowUpsLeft } from '../../notes/left-to-do.ts';
import { amend, deputise, moveToPatient, recallRequest } from '../../notes/recall.ts';
import { discard, sign, stateNoFollowUp } from '../../notes/sign.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import type { NoteRouteParts } from './notes.ts';

type Change<Body> = (
  transaction: AuditedTransaction,
  id: string,
  version: number,
  body: Body,
) => Promise<ChangedNote | FollowUpsLeft>;

/** What is done with a note as a whole. If-Match names the note's version. */
export async function noteSigningRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: NoteRouteParts,
): Promise<void> {
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
      async ({ request, actor, params, version, body: given }) => {
        const changed = await storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
          change(transaction, params.id, version, given as z.output<Body>),
        );
        // Thrown when all that was found is kept.
        if (changed instanceof FollowUpsLeft) throw changed;
        return changed;
      },
    );
  const nothing = z.undefined().or(z.null()).or(z.strictObject({}));

  changeOf('POST', '/sign', 'Signs a note; what is left to do before that is in the refusal', SignNote, sign);
  changeOf('POST', '/no-follow-up', 'States that the note asks for no follow-up', nothing, stateNoFollowUp);
  changeOf('POST', '/amend', 'Opens a signed note for a new version', nothing, amend);
  changeOf('POST', '/cancel-amendment', 'Goes back to the signed version', nothing, (transaction, id, version) =>
    cancelAmendment(transaction, id, version, new Date(now())),
  );
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

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import {
  LetterTextsBody,
  LetterTextsKey,
  LetterTextsList,
  LetterTextsView,
  LetterTrial,
  TriedLetter,
} from '../../contracts/letter-texts-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { composeLetter } from '../../letters/compose.ts';
import { sampleContents } from '../../letters/sample.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { listVisitTypes } from '../../storage/repositories/calendar-setup.ts';
import {
  type LetterTextsOwner,
  ownBlocksOf,
  putLetterTexts,
  storedLetterTexts,
} from '../../storage/repositories/letter-texts.ts';
import { unitById } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CALENDAR_KEEPERS } from './calendar-setup.ts';
import { QUEUE_ROLES } from './queue-parts.ts';
import { requireUnit } from './unit-contact.ts';

const params = z.object({ id: Id, key: LetterTextsKey });

/** What a unit writes in its letters, for all of them and for each visit type. */
export async function letterTextRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/units/:id/letter-texts',
      summary: 'Who has letter texts at a unit: the unit itself and its visit types',
      roles: QUEUE_ROLES,
      params: params.pick({ id: true }),
      answers: LetterTextsList,
    },
    ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        requireUnit(actor, id);
        const own = await ownBlocksOf(transaction, id);
        const { name } = await unitById(transaction.plain, id);
        const visitTypes = (await listVisitTypes(transaction, id)).filter(({ active }) => active);
        return {
          items: [
            { key: 'unit' as const, name, ownBlocks: own.get(null) ?? 0 },
            ...visitTypes.map((type) => ({ key: type.id, name: type.name, ownBlocks: own.get(type.id) ?? 0 })),
          ],
        };
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/units/:id/letter-texts/:key',
      summary: 'The letter texts of a unit (`unit`) or of a visit type by its id: its own, and those that it inherits',
      roles: QUEUE_ROLES,
      params,
      answers: LetterTextsView,
    },
    ({ request, actor, params: { id, key } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const { owner } = await ownerOf(transaction, actor, id, key);
        return { key, ...(await storedLetterTexts(transaction, owner)) };
      }),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/units/:id/letter-texts/:key',
      summary:
        'Set the letter texts of a unit or a visit type, all of them; null inherits, an empty text leaves its part out',
      roles: CALENDAR_KEEPERS,
      params,
      body: LetterTextsBody,
      changesVersion: true,
      answers: LetterTextsView,
    },
    ({ request, actor, params: { id, key }, body: { own }, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const { owner } = await ownerOf(transaction, actor, id, key);
        await putLetterTexts(transaction, owner, version, own);
        return { key, ...(await storedLetterTexts(transaction, owner)) };
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/units/:id/letter-texts/:key/trial',
      summary: 'A letter to somebody made up, with texts that are not saved yet',
      roles: CALENDAR_KEEPERS,
      params,
      body: LetterTrial,
      answers: TriedLetter,
    },
    ({ request, actor, params: { id, key }, body: { texts, contact, sample } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const { visitTypeName } = await ownerOf(transaction, actor, id, key);
        const { name: unitName } = await unitById(transaction.plain, id);
        const today = stockholmClockAt(Date.now()).date;
        const contents = sampleContents({ unitName, contact, visitTypeName, sample, today });
        return { letter: composeLetter(contents, texts) };
      }),
  );
}

/** Throws NOT_FOUND for a unit where the member of staff does not work, and for a visit type that is not its. */
async function ownerOf(
  transaction: AuditedTransaction,
  actor: StaffActor,
  unitId: string,
  key: LetterTextsKey,
): Promise<{ readonly owner: LetterTextsOwner; readonly visitTypeName: string | undefined }> {
  requireUnit(actor, unitId);
  if (key === 'unit') return { owner: { unitId, visitTypeId: null }, visitTypeName: undefined };
  const visitType = (await listVisitTypes(transaction, unitId)).find(({ id }) => id === key);
  if (visitType === undefined) throw notFound('visit type');
  return { owner: { unitId, visitTypeId: key }, visitTypeName: visitType.publicName ?? visitType.name };
}

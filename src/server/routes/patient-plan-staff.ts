import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import {
  MadeAnswerCode,
  NamedContactBody,
  NamedContacts,
  NamedContactsQuery,
  NewAnswerCodeBody,
} from '../../contracts/patient-plan.ts';
import { answerAddress, checkReachable } from '../../delivery/answer-address.ts';
import { issueAnswerCode } from '../../patient-page/answer-codes.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { taskById } from '../../storage/repositories/admin-tasks.ts';
import { revokeAnswerCodes } from '../../storage/repositories/answer-codes.ts';
import { contactsOfPatient, putContact, removeContact } from '../../storage/repositories/named-contacts.ts';
import { patientById } from '../../storage/repositories/patients.ts';
import { listStaff, unitById, worksAtUnit } from '../../storage/repositories/staff.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });
/** Time to write it down, lose it, and find it again. */
const CODE_DAYS = 14;
const DAY_MS = 24 * 3_600_000;

export interface PatientPlanStaffParts extends QueueRouteParts {
  /** The address at which patients reach this server, without a path. */
  readonly publicUrl: string;
}

/** What staff do for a patient's own page: whom to turn to, and a way in for who has called. */
export async function patientPlanStaffRoutes(
  app: FastifyInstance,
  { storage, publicUrl, now = Date.now }: PatientPlanStaffParts,
): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/patients/:id/named-contacts',
      summary: 'Whom a patient turns to, at each of the own units',
      roles: QUEUE_ROLES,
      params,
      query: NamedContactsQuery,
      answers: NamedContacts,
    },
    async ({ request, actor, params: { id }, query: { unit } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) => contactsOf(transaction, id, unit)),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/patients/:id/named-contacts',
      summary: 'Make somebody of a unit the one whom a patient turns to there, in place of who was',
      roles: QUEUE_ROLES,
      params,
      body: NamedContactBody,
      answers: NamedContacts,
    },
    async ({ request, actor, params: { id: patientId }, body }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await patientById(transaction, patientId);
        if (!(await worksAtUnit(transaction.plain, body.unitId, body.staffId))) throw notOfUnit();
        await putContact(transaction, { patientId, ...body });
        return contactsOf(transaction, patientId, body.unitId);
      }),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/patients/:id/named-contacts/:unitId',
      summary: 'The patient has no named contact at a unit',
      roles: QUEUE_ROLES,
      params: params.extend({ unitId: Id }),
      answers: NamedContacts,
    },
    async ({ request, actor, params: { id: patientId, unitId } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await removeContact(transaction, { patientId, unitId });
        return contactsOf(transaction, patientId, unitId);
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/answer-code',
      summary: 'A new code to the own page for a patient who has called: told once, together with who it is',
      roles: QUEUE_ROLES,
      params,
      body: NewAnswerCodeBody,
      answers: MadeAnswerCode,
      status: 201,
    },
    async ({ request, actor, params: { id }, body: { endsEarlier } }) => {
      const expiresAt = new Date(now() + CODE_DAYS * DAY_MS);
      const code = await storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { unitId, patientId, chainId } = await taskById(transaction, id);
        checkReachable(publicUrl, await unitById(transaction.plain, unitId));
        if (endsEarlier) await revokeAnswerCodes(transaction, chainId, new Date(now()));
        return issueAnswerCode(transaction, { unitId, patientId, chainId, expiresAt });
      });
      return { address: answerAddress(publicUrl), code, expiresAt };
    },
  );
}

/** Throws NOT_FOUND for a patient of other units, UNIT_NOT_ALLOWED for another unit. */
async function contactsOf(
  transaction: AuditedTransaction,
  patientId: string,
  unitId?: string,
): Promise<z.output<typeof NamedContacts>> {
  await patientById(transaction, patientId);
  if (unitId !== undefined && !transaction.unitIds.includes(unitId)) throw notOwnUnit();
  const contacts = await contactsOfPatient(transaction, patientId);
  const staff = unitId === undefined ? [] : await listStaff(transaction.plain, [unitId]);
  return {
    items: contacts.map(({ phone, unitPhone, ...contact }) => ({
      ...contact,
      name: nameOf(contact),
      ownPhone: phone,
      phone: phone ?? unitPhone,
    })),
    choices: staff.map((one) => ({ staffId: one.id, name: nameOf(one) })),
  };
}

function nameOf({ givenName, familyName }: { readonly givenName: string; readonly familyName: string }): string {
  return `${givenName} ${familyName}`;
}

function notOwnUnit(): AppError {
  return new AppError('UNIT_NOT_ALLOWED', 'staff are told of the own units only', { expected: 'an own unit' });
}

function notOfUnit(): AppError {
  return new AppError('REQUEST_INVALID', 'the value of "staffId" is not usable', {
    expected: 'somebody who works at the unit',
  });
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { formatPersonalNumber } from '../../access/personal-number.ts';
import type { AccessPurpose } from '../../contracts/access.ts';
import { type FoundPatient, FoundPatients, PatientIdentity, PatientSearch } from '../../contracts/access-api-log.ts';
import { ACCOUNT_ROLES, Id } from '../../contracts/clinic.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { type Patient, patientById, searchPatients } from '../../storage/repositories/patients.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';

/** The birth number and check digit, or what stands in their place. */
const HIDDEN_CHARACTERS = 4;

/** Finding a patient, and knowing who it is: each a line in the log. */
export async function patientRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/patients',
      summary: 'Patients by the beginning of name or personal number',
      roles: ACCOUNT_ROLES,
      query: PatientSearch,
      answers: FoundPatients,
    },
    async ({ request, actor, query: { search, limit } }) => {
      const context = accessContext(request, purposeOf(actor));
      const found = await storage.withAudit(actor, context, (transaction) =>
        searchPatients(transaction, search, limit),
      );
      return { items: found.map(foundPatient) };
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/patients/:id',
      summary: 'Who a patient is, with the whole personal number',
      roles: ACCOUNT_ROLES,
      params: z.object({ id: Id }),
      answers: PatientIdentity,
    },
    async ({ request, actor, params: { id } }) => {
      const context = accessContext(request, purposeOf(actor));
      const patient = await storage.withAudit(actor, context, (transaction) => patientById(transaction, id));
      const { date: today } = stockholmClockAt(Date.now());
      return {
        ...patient,
        name: `${patient.givenName} ${patient.familyName}`,
        personalNumber: formatPersonalNumber(patient.personalNumber, today, 'full'),
      };
    },
  );
}

function foundPatient({ id, protectedIdentity, givenName, familyName, personalNumber }: Patient): FoundPatient {
  if (protectedIdentity) return { id, protectedIdentity, name: null, numberBegins: null };
  const numberBegins = personalNumber.slice(0, -HIDDEN_CHARACTERS);
  return { id, protectedIdentity, name: `${givenName} ${familyName}`, numberBegins };
}

/** Why somebody of a role looks for a patient. */
function purposeOf({ roles }: StaffActor): AccessPurpose {
  if (roles.includes('clinician')) return 'care';
  return roles.includes('administrator') ? 'booking' : 'follow-up';
}

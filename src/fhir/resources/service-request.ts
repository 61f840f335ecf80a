import type { ServiceRequest } from 'fhir/r4.js';
import { TYPE_WORDS, withSwedishLetters } from '../../contracts/follow-up-words.ts';
import type { RequestRecord } from '../../storage/repositories/fhir-sources.ts';
import { coded, OWN_SYSTEMS, referenceTo, uuidIdentifier } from '../systems.ts';
import { metaOf } from './meta.ts';
import { daysPeriod } from './period.ts';

export const REQUEST_STATUS = {
  active: 'active',
  done: 'completed',
  withdrawn: 'revoked',
} as const satisfies Record<RequestRecord['progress'], ServiceRequest['status']>;

/** A confirmed follow-up. Requests with one `requisition` are booked together. */
export function toServiceRequest(row: RequestRecord): ServiceRequest {
  const { id, progress, type, fields, reason, patientId, orderedBy, earliestDate, targetDate } = row;
  const { service, role, analyses, prep_verbatim: preparations } = fields;
  const period = daysPeriod(earliestDate, targetDate);
  return {
    resourceType: 'ServiceRequest',
    id,
    meta: metaOf(row),
    identifier: [uuidIdentifier(id)],
    requisition: uuidIdentifier(row.chainId),
    status: REQUEST_STATUS[progress],
    intent: 'order',
    code: {
      ...coded(OWN_SYSTEMS.requestType, type, TYPE_WORDS[type]),
      ...(service !== undefined && { text: service }),
    },
    ...(analyses && { orderDetail: analyses.map((text) => ({ text })) }),
    subject: referenceTo('Patient', patientId),
    ...(period && { occurrencePeriod: period }),
    authoredOn: row.createdAt.toISOString(),
    requester: referenceTo('Practitioner', orderedBy),
    ...(role !== undefined && { performerType: coded(OWN_SYSTEMS.role, role, withSwedishLetters(role)) }),
    ...(reason !== null && { reasonCode: [{ text: reason }] }),
    supportingInfo: [referenceTo('DocumentReference', row.noteId)],
    ...(preparations && preparations.length > 0 && { patientInstruction: preparations.join('\n') }),
    relevantHistory: [referenceTo('Provenance', id)],
    ...(row.withdrawnReason !== null && { note: [{ text: row.withdrawnReason }] }),
  };
}

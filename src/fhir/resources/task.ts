import type { Task } from 'fhir/r4.js';
import type { TaskState } from '../../contracts/booking.ts';
import { TYPE_WORDS, withSwedishLetters } from '../../contracts/follow-up-words.ts';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { coded, OWN_SYSTEMS, referenceTo, uuidIdentifier } from '../systems.ts';
import { metaOf } from './meta.ts';
import { daysPeriod } from './period.ts';

export const TASK_STATUS = {
  new: 'requested',
  claimed: 'accepted',
  question: 'on-hold',
  waiting: 'on-hold',
  booked: 'in-progress',
  called: 'in-progress',
  done: 'completed',
  cancelled: 'cancelled',
} as const satisfies Record<TaskState, Task['status']>;

const FULFILL = { system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' };

/** A task of the booking queue. Its state of our own is the business status. */
export function toTask(row: FhirRecords['tasks']): Task {
  const { id, state, type, role, claimedBy, earliestDate, targetDate, cancelReason, cancelNote } = row;
  const period = daysPeriod(earliestDate, targetDate);
  return {
    resourceType: 'Task',
    id,
    meta: metaOf(row),
    identifier: [uuidIdentifier(id)],
    groupIdentifier: uuidIdentifier(row.chainId),
    status: TASK_STATUS[state],
    ...(cancelReason !== null && { statusReason: { text: cancelNote ?? cancelReason } }),
    businessStatus: coded(OWN_SYSTEMS.taskState, state),
    intent: 'order',
    code: { coding: [FULFILL] },
    description: row.service ?? TYPE_WORDS[type],
    focus: referenceTo('ServiceRequest', row.requestId),
    for: referenceTo('Patient', row.patientId),
    authoredOn: row.createdAt.toISOString(),
    lastModified: row.updatedAt.toISOString(),
    ...(role !== null && { performerType: [coded(OWN_SYSTEMS.role, role, withSwedishLetters(role))] }),
    owner: claimedBy === null ? referenceTo('Organization', row.unitId) : referenceTo('Practitioner', claimedBy),
    ...(period && { restriction: { period } }),
  };
}

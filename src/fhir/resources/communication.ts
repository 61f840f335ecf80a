import type { Communication } from 'fhir/r4.js';
import type { LetterState } from '../../contracts/delivery.ts';
import { composeLetter } from '../../letters/compose.ts';
import { letterAsText } from '../../letters/to-text.ts';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { coded, OWN_SYSTEMS, referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

export const LETTER_STATUS = {
  queued: 'preparation',
  sent: 'completed',
  read: 'completed',
  stopped: 'stopped',
  replaced: 'stopped',
} as const satisfies Record<LetterState, Communication['status']>;

/** A letter as the patient reads it, but for the code that opens the patient's page: that is the patient's alone. */
export function toCommunication(row: FhirRecords['letters']): Communication {
  const { id, state, kind, patientId, unitId, taskId, sentAt, readAt } = row;
  const { answer: _, ...contents } = row.contents;
  return {
    resourceType: 'Communication',
    id,
    meta: metaOf(row),
    basedOn: [referenceTo('Task', taskId)],
    status: LETTER_STATUS[state],
    ...(state === 'replaced' && { statusReason: { text: state } }),
    category: [coded(OWN_SYSTEMS.letterKind, kind)],
    subject: referenceTo('Patient', patientId),
    recipient: [referenceTo('Patient', patientId)],
    sender: referenceTo('Organization', unitId),
    ...(sentAt !== null && { sent: sentAt.toISOString() }),
    ...(readAt !== null && { received: readAt.toISOString() }),
    payload: [{ contentString: letterAsText(composeLetter(contents, row.texts)) }],
  };
}

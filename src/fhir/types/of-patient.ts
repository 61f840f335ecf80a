import type { Include } from '../fhir-type.ts';
import { personalNumberParameter, referenceParameter } from '../search/parameters.ts';

/** Parameters of every type that is about a patient. */
export const OF_PATIENT = {
  patient: referenceParameter(['Patient'], 'patient_id', 'Whom it is about'),
  'patient.identifier': personalNumberParameter('patient_id'),
} as const;

export const SUBJECT: Include = { path: 'subject', types: ['Patient'] };

import type { FhirType } from './fhir-type.ts';
import { SLOTS } from './slots.ts';
import { BOOKING_TYPES } from './types/booking.ts';
import { CARE_TYPES } from './types/care.ts';
import { CLINIC_TYPES } from './types/clinic.ts';

/** Every type that is served. The routes and the CapabilityStatement are made of this table. */
export const FHIR_TYPES: readonly FhirType[] = [...BOOKING_TYPES, SLOTS, ...CARE_TYPES, ...CLINIC_TYPES];

import type { CarePlan } from 'fhir/r4.js';
import { TYPE_WORDS } from '../../contracts/follow-up-words.ts';
import type { PlanRecord } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

export const PLAN_STATUS = {
  active: 'active',
  done: 'completed',
} as const satisfies Record<PlanRecord['progress'], CarePlan['status']>;

const TITLE = 'Sammanhållen planering';

/** All that is planned for a patient. */
export function toCarePlan(row: PlanRecord): CarePlan {
  const { id, patientId, progress, requests } = row;
  return {
    resourceType: 'CarePlan',
    id,
    meta: metaOf(row),
    status: PLAN_STATUS[progress],
    intent: 'plan',
    title: TITLE,
    subject: referenceTo('Patient', patientId),
    careTeam: [referenceTo('CareTeam', id)],
    activity: requests.map((request) => ({
      reference: referenceTo('ServiceRequest', request.id, TYPE_WORDS[request.type]),
    })),
  };
}

import type { FhirType } from '../fhir-type.ts';
import { PLAN_STATUS, toCarePlan } from '../resources/care-plan.ts';
import { toCareTeam } from '../resources/care-team.ts';
import { toDocumentReference } from '../resources/document-reference.ts';
import { SOUND_STATUS, toMedia } from '../resources/media.ts';
import { toPatient } from '../resources/patient.ts';
import { toProvenance } from '../resources/provenance.ts';
import { toRelatedPerson } from '../resources/related-person.ts';
import {
  dateParameter,
  dayParameter,
  nameParameter,
  personalNumberParameter,
  type RecordParameter,
  referenceParameter,
  statusParameter,
  uuidIdentifierParameter,
} from '../search/parameters.ts';
import { storedType } from '../stored-type.ts';
import { OF_PATIENT, SUBJECT } from './of-patient.ts';

/** What is not told of a protected identity is not found out by searching for it. */
function ofOpenIdentity(parameter: RecordParameter): RecordParameter {
  const isOpen = { column: 'protected_identity', isTrue: false };
  return { ...parameter, filter: (value) => ({ allOf: [isOpen, parameter.filter(value)] }) };
}

/** Patients, what was said and signed of them, and what is planned. */
export const CARE_TYPES: readonly FhirType[] = [
  storedType({
    type: 'CarePlan',
    documentation: 'All that is planned for a patient, by the patient’s id',
    purpose: 'care',
    from: 'plans',
    params: { ...OF_PATIENT, status: statusParameter(PLAN_STATUS, 'progress') },
    includes: {
      subject: SUBJECT,
      'activity-reference': { path: 'activity.reference', types: ['ServiceRequest'] },
      'care-team': { path: 'careTeam', types: ['CareTeam'] },
    },
    map: toCarePlan,
  }),
  storedType({
    type: 'CareTeam',
    documentation: 'The named contact of a patient, by the patient’s id',
    purpose: 'care',
    from: 'teams',
    params: {
      ...OF_PATIENT,
      participant: referenceParameter(['Practitioner'], 'staff_id', 'The named contact'),
    },
    includes: { subject: SUBJECT, participant: { path: 'participant.member', types: ['Practitioner'] } },
    map: toCareTeam,
  }),
  storedType({
    type: 'DocumentReference',
    documentation: 'Signed notes with their text, in the version that holds',
    purpose: 'care',
    from: 'notes',
    params: {
      ...OF_PATIENT,
      identifier: uuidIdentifierParameter('id'),
      date: dateParameter('signed_at', 'When it was signed'),
      author: referenceParameter(['Practitioner'], 'author_id', 'Who wrote it'),
    },
    includes: { subject: SUBJECT, author: { path: 'author', types: ['Practitioner'] } },
    map: toDocumentReference,
  }),
  storedType({
    type: 'Media',
    documentation: 'Sound of dictations: what it is, and where a recorded one is heard while it is kept',
    purpose: 'care',
    from: 'sounds',
    params: {
      ...OF_PATIENT,
      status: statusParameter(SOUND_STATUS, 'state'),
      created: dateParameter('recorded_at', 'When it was spoken'),
      operator: referenceParameter(['Practitioner'], 'author_id', 'Who spoke'),
    },
    includes: { subject: SUBJECT, operator: { path: 'operator', types: ['Practitioner'] } },
    map: (record, { baseUrl }) => toMedia(record, baseUrl),
  }),
  storedType({
    type: 'Patient',
    documentation: 'Patients of the own units; of one with protected identity nothing that tells who it is',
    purpose: 'care',
    from: 'patients',
    params: {
      identifier: personalNumberParameter(),
      family: ofOpenIdentity(nameParameter(['family_search'], 'Beginning of the family name')),
      given: ofOpenIdentity(nameParameter(['given_search'], 'Beginning of the given name')),
      name: ofOpenIdentity(nameParameter(['family_search', 'given_search'], 'Beginning of either name')),
      birthdate: dayParameter('told_birth_date', 'Day of birth'),
    },
    includes: { organization: { path: 'managingOrganization', types: ['Organization'] } },
    map: toPatient,
  }),
  storedType({
    type: 'Provenance',
    documentation: 'The words of the note that each field of a ServiceRequest came from, by the request’s id',
    purpose: 'care',
    from: 'sources',
    params: {
      ...OF_PATIENT,
      target: referenceParameter(['ServiceRequest'], 'id', 'The request'),
      recorded: dateParameter('recorded_at', 'When it was requested'),
    },
    includes: {
      target: { path: 'target', types: ['ServiceRequest'] },
      entity: { path: 'entity.what', types: ['DocumentReference'] },
    },
    map: toProvenance,
  }),
  storedType({
    type: 'RelatedPerson',
    documentation: 'The guardian of a child, by the child’s id; who that is stays untold as with Patient',
    purpose: 'care',
    from: 'guardians',
    params: { ...OF_PATIENT },
    includes: { patient: { path: 'patient', types: ['Patient'] } },
    map: toRelatedPerson,
  }),
];

import type { FhirOperation, FhirType } from '../fhir-type.ts';
import { APPOINTMENT_STATUS, toAppointment } from '../resources/appointment.ts';
import { CALENDAR_ACTORS } from '../resources/calendar-actor.ts';
import { LETTER_STATUS, toCommunication } from '../resources/communication.ts';
import { REQUEST_STATUS, toServiceRequest } from '../resources/service-request.ts';
import { TASK_STATUS, toTask } from '../resources/task.ts';
import {
  anyReferenceParameter,
  codeParameter,
  dateParameter,
  idCodeParameter,
  referenceParameter,
  statusParameter,
  uuidIdentifierParameter,
} from '../search/parameters.ts';
import { storedType } from '../stored-type.ts';
import { OWN_SYSTEMS } from '../systems.ts';
import { OF_PATIENT, SUBJECT } from './of-patient.ts';

const IHE = 'https://profiles.ihe.net/ITI/Scheduling/OperationDefinition';
/** Of IHE ITI Scheduling. */
const SCHEDULING_OPERATIONS: readonly FhirOperation[] = [
  {
    name: 'find',
    definition: `${IHE}/appointment-find`,
    documentation:
      'Times for a ServiceRequest (referral-identifier) and what hangs on it, or free times for a visit-type',
  },
  {
    name: 'hold',
    definition: `${IHE}/appointment-hold`,
    documentation: 'Holds a proposed Appointment, and what is booked with it, for ten minutes',
  },
  {
    name: 'book',
    definition: `${IHE}/appointment-book`,
    documentation: 'Books a proposed or held Appointment with what hangs on it; moves or cancels a booked one',
  },
];

/** What is asked for, what is booked, and what the patient is told. */
export const BOOKING_TYPES: readonly FhirType[] = [
  storedType({
    type: 'Appointment',
    documentation: 'Visits that are held (pending), booked, kept or cancelled',
    purpose: 'booking',
    from: 'appointments',
    params: {
      ...OF_PATIENT,
      identifier: uuidIdentifierParameter('id'),
      date: dateParameter('starts_at', 'When it begins'),
      status: statusParameter(APPOINTMENT_STATUS, 'state'),
      practitioner: referenceParameter(['Practitioner'], 'performer_staff_id', 'Who does it'),
      location: anyReferenceParameter(['Location'], { columns: [], lists: ['resource_ids'] }, 'The room'),
      actor: anyReferenceParameter(
        ['Patient', ...CALENDAR_ACTORS],
        { columns: ['patient_id', 'performer_staff_id'], lists: ['resource_ids'] },
        'Anybody and anything that takes part',
      ),
      'based-on': referenceParameter(['ServiceRequest'], 'request_id', 'What asked for it'),
      'service-type': idCodeParameter('visit_type_id', OWN_SYSTEMS.visitType, 'The visit type, by its id'),
    },
    includes: {
      patient: { path: 'participant.actor', types: ['Patient'] },
      practitioner: { path: 'participant.actor', types: ['Practitioner'] },
      location: { path: 'participant.actor', types: ['Location'] },
      actor: {
        path: 'participant.actor',
        types: ['Patient', ...CALENDAR_ACTORS],
      },
      'based-on': { path: 'basedOn', types: ['ServiceRequest'] },
    },
    operations: SCHEDULING_OPERATIONS,
    map: toAppointment,
  }),
  storedType({
    type: 'Communication',
    documentation: 'Letters of notice (kallelser), without the code that is the patient’s alone',
    purpose: 'booking',
    from: 'letters',
    params: {
      ...OF_PATIENT,
      status: statusParameter(LETTER_STATUS, 'state'),
      sent: dateParameter('sent_at', 'When it went out', { mayBeEmpty: true }),
      received: dateParameter('read_at', 'When the patient opened it', { mayBeEmpty: true }),
      'based-on': referenceParameter(['Task'], 'task_id', 'The task that it is about'),
      category: codeParameter('kind', OWN_SYSTEMS.letterKind, 'What kind of letter'),
    },
    includes: { subject: SUBJECT, 'based-on': { path: 'basedOn', types: ['Task'] } },
    map: toCommunication,
  }),
  storedType({
    type: 'ServiceRequest',
    documentation: 'What signed notes ask for. Those that share a requisition are booked together',
    purpose: 'booking',
    from: 'requests',
    params: {
      ...OF_PATIENT,
      identifier: uuidIdentifierParameter('id'),
      requisition: uuidIdentifierParameter('chain_id'),
      status: statusParameter(REQUEST_STATUS, 'progress'),
      code: codeParameter('type', OWN_SYSTEMS.requestType, 'What is asked for'),
      authored: dateParameter('created_at', 'When it was asked for'),
      requester: referenceParameter(['Practitioner'], 'ordered_by', 'Who asked for it'),
    },
    includes: {
      patient: SUBJECT,
      requester: { path: 'requester', types: ['Practitioner'] },
    },
    map: toServiceRequest,
  }),
  storedType({
    type: 'Task',
    documentation: 'Tasks of the booking queue',
    purpose: 'booking',
    from: 'tasks',
    params: {
      ...OF_PATIENT,
      identifier: uuidIdentifierParameter('id'),
      'group-identifier': uuidIdentifierParameter('chain_id'),
      status: statusParameter(TASK_STATUS, 'state'),
      'business-status': codeParameter('state', OWN_SYSTEMS.taskState, 'The state in the queue'),
      focus: referenceParameter(['ServiceRequest'], 'request_id', 'What it is about'),
      owner: referenceParameter(['Practitioner'], 'claimed_by', 'Who works on it'),
      'authored-on': dateParameter('created_at', 'When it came'),
      modified: dateParameter('updated_at', 'When it was changed last'),
    },
    includes: {
      patient: { path: 'for', types: ['Patient'] },
      focus: { path: 'focus', types: ['ServiceRequest'] },
      owner: { path: 'owner', types: ['Practitioner', 'Organization'] },
    },
    map: toTask,
  }),
];

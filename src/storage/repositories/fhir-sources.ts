import { sql } from 'kysely';
import type { RequestType } from '../../contracts/followup.ts';
import type { AdminTask } from './admin-tasks.ts';
import type { Appointment } from './appointments.ts';
import type { BookingRequest } from './booking-requests.ts';
import type { StoredResource } from './calendar-setup.ts';
import type { Dictation } from './dictations.ts';
import type { StoredFollowUp } from './follow-ups.ts';
import type { Letter } from './letters.ts';
import type { NoteVersion } from './notes.ts';
import type { Patient } from './patients.ts';
import type { Staff, Unit } from './staff.ts';

/** What every record has beside its own: who it is about, and its place in a list. */
export interface RecordRow {
  readonly id: string;
  /** Null for what is about no patient. */
  readonly patientId: string | null;
  /** Of a second patient whom it tells of. */
  readonly otherPatientId?: string;
  readonly version: number;
  readonly updatedAt: Date;
}

export type RequestRecord = RecordRow &
  Pick<
    BookingRequest,
    | 'chainId'
    | 'noteId'
    | 'type'
    | 'fields'
    | 'reason'
    | 'earliestDate'
    | 'targetDate'
    | 'orderedBy'
    | 'createdAt'
    | 'withdrawnReason'
  > & {
    readonly patientId: string;
    /** `done`: its task is. */
    readonly progress: 'active' | 'withdrawn' | 'done';
  };

export type AppointmentRecord = RecordRow &
  Pick<Appointment, 'startsAt' | 'endsAt' | 'cancelReason' | 'cancelNote' | 'createdAt' | 'visitTypeId'> & {
    readonly patientId: string;
    /** As it is now: a reservation past its time has lapsed. */
    readonly state: Appointment['state'];
    readonly visitTypeName: string;
    readonly requestId: string | null;
    readonly earliestDate: string | null;
    readonly targetDate: string | null;
    /** Who does it first, then what it takes beside. */
    readonly actors: readonly Pick<StoredResource, 'id' | 'kind' | 'name' | 'staffId'>[];
  };

export type NoteRecord = RecordRow &
  Pick<NoteVersion, 'content' | 'signedBy' | 'signedAt' | 'unitId'> & {
    readonly patientId: string;
    readonly authorId: string;
    readonly writtenOn: string;
  };

export type SoundRecord = RecordRow & {
  readonly patientId: string;
  readonly unitId: string;
  readonly authorId: string;
  readonly recordedAt: Date;
  /** Of a recorded dictation; `live` for what was dictated here. */
  readonly state: Dictation['state'] | 'live';
  readonly soundType: string;
  readonly soundBytes: number | null;
  readonly seconds: number | null;
  readonly isKept: boolean;
};

export type SourceRecord = RecordRow &
  Pick<StoredFollowUp, 'sources' | 'source' | 'origin'> & {
    readonly patientId: string;
    readonly noteId: string;
    readonly authorId: string;
    readonly orderedBy: string;
    readonly recordedAt: Date;
  };

export type PlanRecord = RecordRow & {
  readonly patientId: string;
  readonly progress: 'active' | 'done';
  readonly requests: readonly { readonly id: string; readonly type: RequestType }[];
};

export type TeamRecord = RecordRow & {
  readonly patientId: string;
  readonly unitId: string;
  readonly staffId: string;
  readonly profession: string | null;
  /** Of the contact's own. */
  readonly phone: string | null;
  /** Whether somebody has made it so; else it is who asked for something last. */
  readonly isNamed: boolean;
};

/** Whoever looks after a child, by the child's id. */
export type GuardianRecord = RecordRow &
  Pick<
    Patient,
    'personalNumber' | 'personalNumberKind' | 'givenName' | 'familyName' | 'birthDate' | 'phone' | 'email' | 'address'
  > & {
    readonly patientId: string;
    /** Of the child or the guardian. */
    readonly protectedIdentity: boolean;
  };

/** The rows of each source, by its name. */
export interface FhirRecords {
  patients: RecordRow & Patient;
  guardians: GuardianRecord;
  staff: RecordRow & Pick<Staff, 'givenName' | 'familyName' | 'profession' | 'hsaId' | 'active'>;
  units: RecordRow & Pick<Unit, 'name' | 'hsaId' | 'phone' | 'address'>;
  resources: RecordRow & StoredResource;
  requests: RequestRecord;
  tasks: RecordRow & AdminTask;
  appointments: AppointmentRecord;
  letters: RecordRow & Letter & { readonly sentAt: Date | null };
  notes: NoteRecord;
  sounds: SoundRecord;
  sources: SourceRecord;
  plans: PlanRecord;
  teams: TeamRecord;
}
export type FhirRecordName = keyof FhirRecords;

const OWN_UNITS = sql`((select taltid_units())::uuid[])`;

/**
 * Where records come from: each gives `id`, `patient_id`, `version`, `updated_at` and `ordered_at`, by which lists are
 * ordered. Tables with row policies show the actor's units; for the others it is said here. What is looked up beside is
 * joined left by its key, so that a count need not look it up.
 */
export const FHIR_SOURCES = {
  patients: sql`
    select patients.*, id as patient_id, created_at as ordered_at,
      case when not protected_identity then birth_date end as told_birth_date
    from patients`,
  guardians: sql`
    select child.id, child.id as patient_id, child.created_at as ordered_at,
      greatest(child.updated_at, guardian.updated_at) as updated_at,
      child.version::bigint * 100000 + guardian.version as version, guardian.id as other_patient_id,
      child.protected_identity or guardian.protected_identity as protected_identity, guardian.personal_number,
      guardian.personal_number_kind, guardian.given_name, guardian.family_name, guardian.birth_date, guardian.phone,
      guardian.email, guardian.address
    from patients as child join patients as guardian on guardian.id = child.guardian_id`,
  staff: sql`
    select id, given_name, family_name, profession, hsa_id, active, version, updated_at, created_at as ordered_at,
      null::uuid as patient_id
    from staff
    where exists (select from staff_units where staff_id = staff.id and unit_id = any ${OWN_UNITS})`,
  units: sql`
    select id, name, hsa_id, phone, address, version, updated_at, created_at as ordered_at, null::uuid as patient_id
    from units where id = any ${OWN_UNITS}`,
  resources: sql`
    select resources.*, created_at as ordered_at, null::uuid as patient_id from resources`,
  requests: sql`
    select request.id, request.patient_id, request.chain_id, request.note_id, request.type,
      request.fields, request.reason, request.earliest_date, request.target_date, request.ordered_by,
      request.withdrawn_reason, request.created_at, request.created_at as ordered_at,
      greatest(request.updated_at, case when task.state = 'done' then task.updated_at end) as updated_at,
      request.version + (task.state is not distinct from 'done')::integer as version,
      case when request.state = 'withdrawn' then 'withdrawn' when task.state = 'done' then 'done' else 'active' end as progress
    from booking_requests as request left join admin_tasks as task on task.request_id = request.id`,
  tasks: sql`
    select admin_tasks.*, created_at as ordered_at from admin_tasks`,
  appointments: sql`
    select visit.id, visit.patient_id, visit.visit_type_id, visit.starts_at, visit.ends_at, visit.cancel_reason,
      visit.cancel_note, visit.created_at, visit.updated_at, visit.starts_at as ordered_at,
      visit.version + (visit.state = 'reserved' and visit.reserved_until <= now())::integer as version,
      case when visit.state = 'reserved' and visit.reserved_until <= now() then 'lapsed' else visit.state end as state,
      visit_types.name as visit_type_name, task.request_id, task.earliest_date, task.target_date,
      performer.staff_id as performer_staff_id, visit.performer_id || visit.other_resource_ids as resource_ids,
      (
        select json_agg(json_build_object('id', one.id, 'kind', one.kind, 'name', one.name, 'staffId', one.staff_id)
          order by one.id <> visit.performer_id, one.name)
        from resources as one where one.id = any (visit.performer_id || visit.other_resource_ids)
      ) as actors
    from appointments as visit
    left join visit_types on visit_types.id = visit.visit_type_id
    left join resources as performer on performer.id = visit.performer_id
    left join admin_tasks as task on task.id = visit.task_id`,
  letters: sql`
    select letters.*, created_at as ordered_at,
      (select min(at) from letter_steps where letter_id = letters.id and step = 'sent') as sent_at
    from letters`,
  notes: sql`
    select note.id, note.unit_id, note.patient_id, note.author_id, note.written_on, note.signed_version as version,
      signed.content, signed.signed_by, signed.signed_at, signed.signed_at as updated_at, signed.signed_at as ordered_at
    from notes as note
    join note_versions as signed on signed.note_id = note.id and signed.number = note.signed_version`,
  sounds: sql`
    select id, unit_id, patient_id, author_id, recorded_at, state, sound_type, sound_bytes::float8 as sound_bytes,
      null::float8 as seconds, sound_removed_at is null as is_kept, version, updated_at, recorded_at as ordered_at
    from dictations
    union all
    select note.id, note.unit_id, note.patient_id, note.author_id, min(said.created_at), 'live', 'audio/wav', null::float8,
      sum(said.end_seconds - said.start_seconds)::float8, bool_or(said.sound_session_id is not null),
      count(*)::integer, max(said.created_at), min(said.created_at)
    from utterances as said join notes as note on note.id = said.note_id
    where not exists (select from dictations where dictations.note_id = note.id)
    group by note.id`,
  sources: sql`
    select request.id, request.patient_id, request.note_id, request.ordered_by, request.created_at as recorded_at,
      request.created_at as ordered_at, request.version, request.updated_at, note.author_id, follow_up.sources,
      follow_up.source, follow_up.origin
    from booking_requests as request
    join follow_ups as follow_up on follow_up.id = request.follow_up_id
    join notes as note on note.id = request.note_id`,
  plans: sql`
    select request.patient_id as id, request.patient_id, min(request.created_at) as ordered_at,
      sum(request.version + coalesce(task.version, 0))::integer as version,
      max(greatest(request.updated_at, task.updated_at)) as updated_at,
      case when bool_or(request.state = 'active' and task.state is distinct from 'done') then 'active' else 'done' end as progress,
      json_agg(json_build_object('id', request.id, 'type', request.type) order by request.created_at) as requests
    from booking_requests as request left join admin_tasks as task on task.request_id = request.id
    group by request.patient_id`,
  teams: sql`
    select distinct on (contact.patient_id) contact.patient_id as id, contact.*, contact.created_at as ordered_at,
      extract(epoch from contact.updated_at)::bigint as version, staff.profession
    from (
      select patient_id, unit_id, staff_id, phone, created_at, updated_at, true as is_named from named_contacts
      union all
      select patient_id, unit_id, ordered_by, null, created_at, created_at, false from booking_requests
      where state = 'active'
    ) as contact
    join staff on staff.id = contact.staff_id
    order by contact.patient_id, contact.is_named desc, contact.created_at desc`,
} as const satisfies Record<FhirRecordName, unknown>;

import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { ActorKind } from '../../contracts/access.ts';
import type { AppointmentCancelReason, MoveReason } from '../../contracts/calendar.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { AppointmentStepsTable, AppointmentsTable } from '../tables/calendar.ts';
import { changedRow } from './expect.ts';

export type Appointment = Selectable<AppointmentsTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** States in which a time is held: what was given up or did not come to be is in nobody's way. */
const HELD = ['reserved', 'booked', 'arrived', 'fulfilled'] as const;

export type NewAppointment = Pick<
  Insertable<AppointmentsTable>,
  | 'unitId'
  | 'patientId'
  | 'taskId'
  | 'occasion'
  | 'chainId'
  | 'encounterId'
  | 'visitTypeId'
  | 'type'
  | 'state'
  | 'reservedUntil'
  | 'startsAt'
  | 'endsAt'
  | 'performerId'
  | 'otherResourceIds'
  | 'givesUp'
  | 'interpreterLanguage'
>;

/** Takes the time of all that it needs, and of the patient. Throws TIME_TAKEN. */
export async function createAppointment(
  transaction: AuditedTransaction,
  appointment: NewAppointment,
): Promise<Appointment> {
  return transaction.write.insertInto('appointments').values(appointment).returningAll().executeTakeFirstOrThrow();
}

export async function appointmentById(transaction: AuditedTransaction, id: string): Promise<Appointment> {
  return transaction.readOne({ action: 'read', object: 'appointments', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('appointments').selectAll().where('id', '=', id).execute(),
  );
}

/** The times that tasks hold. Reservations whose time has passed are among them until somebody lets them go. */
export async function appointmentsOfTasks(
  transaction: AuditedTransaction,
  taskIds: readonly string[],
): Promise<Appointment[]> {
  if (taskIds.length === 0) return [];
  return transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) =>
    tables
      .selectFrom('appointments')
      .selectAll()
      .where('taskId', 'in', [...taskIds])
      .where('state', 'in', HELD)
      .orderBy('startsAt')
      .execute(),
  );
}

/** A patient's booked times that are ahead, at the actor's units; by time. */
export async function comingAppointments(
  transaction: AuditedTransaction,
  patientId: string,
  from: Date,
): Promise<Appointment[]> {
  return transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) =>
    tables
      .selectFrom('appointments')
      .selectAll()
      .where('patientId', '=', patientId)
      .where('state', '=', 'booked')
      .where('startsAt', '>', from)
      .orderBy('startsAt')
      .execute(),
  );
}

/** An appointment with the names that a page shows beside it. */
export type NamedAppointment = Awaited<ReturnType<typeof namedAppointments>>[number];

/** Whoever wants to see more of a patient's visits looks in the record. */
const MOST_OF_A_PATIENT = 100;

/**
 * By their ids, those of a chain that hold a time, a patient's from an instant on, or what a unit's calendar shows
 * between two instants; by time.
 */
export async function namedAppointments(
  transaction: AuditedTransaction,
  which:
    | { ids: readonly string[] }
    | { chainId: string }
    | { patientId: string; from: Date }
    | { unitId: string; from: Date; to: Date },
) {
  return transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) => {
    const query = tables
      .selectFrom('appointments')
      .innerJoin('patients', 'patients.id', 'appointments.patientId')
      .innerJoin('visitTypes', 'visitTypes.id', 'appointments.visitTypeId')
      .innerJoin('resources', 'resources.id', 'appointments.performerId')
      .selectAll('appointments')
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .select(['visitTypes.name as visitTypeName', 'resources.name as performerName'])
      .select((row) => row.fn.coalesce('visitTypes.publicName', 'visitTypes.name').as('publicName'))
      .orderBy('appointments.startsAt')
      .orderBy('appointments.id');
    if ('ids' in which) return query.where('appointments.id', 'in', [...which.ids]).execute();
    if ('chainId' in which) {
      return query.where('appointments.chainId', '=', which.chainId).where('appointments.state', 'in', HELD).execute();
    }
    if ('patientId' in which) {
      return query
        .where('appointments.patientId', '=', which.patientId)
        .where('appointments.startsAt', '>', which.from)
        .where('appointments.state', 'not in', ['reserved', 'lapsed'])
        .limit(MOST_OF_A_PATIENT)
        .execute();
    }
    return query
      .where('appointments.unitId', '=', which.unitId)
      .where('appointments.startsAt', '<', which.to)
      .where('appointments.startsAt', '>=', sql<Date>`${which.from}::timestamptz - interval '24 hours'`)
      .where('appointments.endsAt', '>', which.from)
      .where((row) =>
        row.or([
          row('appointments.state', 'in', ['booked', 'arrived', 'fulfilled', 'no_show']),
          row.and([row('appointments.state', '=', 'reserved'), row('appointments.reservedUntil', '>', new Date())]),
        ]),
      )
      .execute();
  });
}

/** Throws CONFLICT for another version, STATE_NOT_ALLOWED off the edges of APPOINTMENT_EDGES, TIME_TAKEN. */
export async function changeAppointment(
  transaction: AuditedTransaction,
  { id, version }: Pick<Appointment, 'id' | 'version'>,
  changes: Updateable<AppointmentsTable>,
): Promise<Appointment> {
  const rows = await transaction.write
    .updateTable('appointments')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'appointment', version);
}

/** What moves with an appointment. */
export type NewTime = Pick<Appointment, 'startsAt' | 'endsAt' | 'performerId' | 'otherResourceIds' | 'givesUp'> & {
  readonly moveReason?: MoveReason;
};

/**
 * Moves several at once: they may change places with each other. Throws TIME_TAKEN, and then none has moved.
 */
export async function moveAppointments(
  transaction: AuditedTransaction,
  moves: readonly { appointment: Pick<Appointment, 'id' | 'version'>; to: NewTime }[],
): Promise<Appointment[]> {
  await sql`set constraints one_place_at_a_time deferred`.execute(transaction.plain);
  const moved: Appointment[] = [];
  for (const { appointment, to } of moves) moved.push(await changeAppointment(transaction, appointment, to));
  await sql`set constraints one_place_at_a_time immediate`.execute(transaction.plain);
  return moved;
}

export async function cancelAppointment(
  transaction: AuditedTransaction,
  appointment: Pick<Appointment, 'id' | 'version'>,
  { reason, note }: { reason: AppointmentCancelReason; note: string | null },
): Promise<Appointment> {
  return changeAppointment(transaction, appointment, { state: 'cancelled', cancelReason: reason, cancelNote: note });
}

/** Lets go of what is held for some tasks. */
export async function releaseReservations(transaction: AuditedTransaction, taskIds: readonly string[]): Promise<void> {
  if (taskIds.length === 0) return;
  await transaction.write
    .updateTable('appointments')
    .set({ state: 'lapsed', reservedUntil: null })
    .where('taskId', 'in', [...taskIds])
    .where('state', '=', 'reserved')
    .execute();
}

/** Lets go of reservations whose time passed before an instant; their times were free from then on. */
export async function tidyReservations(transaction: AuditedTransaction, before: Date): Promise<void> {
  await transaction.write
    .updateTable('appointments')
    .set({ state: 'lapsed', reservedUntil: null })
    .where('state', '=', 'reserved')
    .where('reservedUntil', '<', before)
    .execute();
}

/** What happened to an appointment, with who did it; the oldest first. */
export async function stepsOf(
  transaction: AuditedTransaction,
  appointmentId: string,
): Promise<(Selectable<AppointmentStepsTable> & { readonly by: string | null; readonly performerName: string })[]> {
  const record = { action: 'read', object: 'appointment_steps', objectId: appointmentId, patientOf } as const;
  return transaction.read(record, (tables) =>
    tables
      .selectFrom('appointmentSteps')
      .innerJoin('resources', 'resources.id', 'appointmentSteps.performerId')
      .leftJoin('staff', (join) => join.on(sql`staff.id::text`, '=', sql.ref('appointment_steps.actor_id')))
      .selectAll('appointmentSteps')
      .select('resources.name as performerName')
      .select(sql<string | null>`staff.given_name || ' ' || staff.family_name`.as('by'))
      .where('appointmentId', '=', appointmentId)
      .orderBy('appointmentSteps.id')
      .execute(),
  );
}

/** Who took the latest step with a time of a chain; undefined where none was ever taken. */
export async function lastChangedBy(transaction: AuditedTransaction, chainId: string): Promise<ActorKind | undefined> {
  const record = { action: 'read', object: 'appointment_steps', patientOf } as const;
  const [latest] = await transaction.read(record, (tables) =>
    tables
      .selectFrom('appointmentSteps')
      .innerJoin('appointments', 'appointments.id', 'appointmentSteps.appointmentId')
      .select(['appointmentSteps.actorKind', 'appointmentSteps.patientId'])
      .where('appointments.chainId', '=', chainId)
      .orderBy('appointmentSteps.id', 'desc')
      .limit(1)
      .execute(),
  );
  return latest?.actorKind;
}

/** How many appointments of a unit, or of one of its resources, lie at least in part between two instants. */
export async function bookedWithin(
  transaction: AuditedTransaction,
  { unitId, resourceId }: { unitId: string; resourceId: string | null },
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const record = { action: 'list', object: 'appointments', patientOf: () => null } as const;
  const rows = await transaction.read(record, (tables) => {
    const booked = tables
      .selectFrom('appointments')
      .select('id')
      .where('unitId', '=', unitId)
      .where('state', '=', 'booked')
      .where('startsAt', '<', to)
      .where('endsAt', '>', from);
    if (resourceId === null) return booked.execute();
    return booked
      .where((row) =>
        row.or([row('performerId', '=', resourceId), sql<boolean>`${resourceId}::uuid = any (other_resource_ids)`]),
      )
      .execute();
  });
  return rows.length;
}

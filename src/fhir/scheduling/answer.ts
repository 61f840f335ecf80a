import type { Bundle, Appointment as FhirAppointment } from 'fhir/r4.js';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import type { Appointment } from '../../storage/repositories/appointments.ts';
import { findRecords } from '../../storage/repositories/fhir-records.ts';
import { searchset } from '../bundle.ts';
import { hint } from '../outcome.ts';
import { toAppointment } from '../resources/appointment.ts';
import { toProposedAppointment } from '../resources/proposed-appointment.ts';
import type { Found } from './find.ts';
import type { FindInput } from './find-input.ts';

const MOST_RECORDS = 1000;

/** The answer to `$find`: proposed Appointments, each followed by what is booked with it. */
export async function proposedBundle(
  transaction: AuditedTransaction,
  { times, because }: Found,
  ids: readonly string[],
  { startMs, endMs, ignored, baseUrl }: Pick<FindInput, 'startMs' | 'endMs' | 'ignored'> & { readonly baseUrl: string },
): Promise<Bundle> {
  const visits = times.flatMap((one) => one.visits);
  const resources = await byId(
    transaction,
    'resources',
    visits.flatMap(({ otherResourceIds }) => otherResourceIds),
  );
  const tasks = await byId(
    transaction,
    'tasks',
    visits.map(({ fit }) => fit.need.taskId),
  );
  const matches: FhirAppointment[] = [];
  const included: FhirAppointment[] = [];
  for (const [index, { visits: together, patientId, reasons }] of times.entries()) {
    const ownIds = together.map((_, place) => (place === 0 ? ids[index]! : `${ids[index]}.${place}`));
    for (const [place, visit] of together.entries()) {
      const appointment = toProposedAppointment({
        id: ownIds[place]!,
        visit,
        others: visit.otherResourceIds.flatMap((id) => resources.get(id) ?? []),
        patientId,
        requestId: tasks.get(visit.fit.need.taskId)?.requestId,
        startMs,
        endMs,
        withIds: ownIds.filter((id) => id !== ownIds[place]),
        comment: place === 0 && reasons.length > 0 ? reasons.join('. ') : undefined,
      });
      (place === 0 ? matches : included).push(appointment);
    }
  }
  const told = [
    ...(times.length === 0 ? [`no time fulfils what is asked for${because === undefined ? '' : `: ${because}`}`] : []),
    ...(ignored.length > 0 ? [`not known here and left out: ${ignored.join(', ')}`] : []),
  ];
  return searchset({
    baseUrl,
    matches,
    included,
    total: matches.length,
    self: `${baseUrl}/Appointment/$find`,
    outcome: told.length === 0 ? undefined : hint(told.join('; ')),
  });
}

/** The answer to `$hold` and `$book`: the Appointment as it is now, and what goes with it. */
export async function takenBundle(
  transaction: AuditedTransaction,
  taken: readonly Appointment[],
  { baseUrl, operation }: { readonly baseUrl: string; readonly operation: string },
): Promise<Bundle> {
  const records = await byId(
    transaction,
    'appointments',
    taken.map(({ id }) => id),
  );
  const [main, ...others] = taken.flatMap(({ id }) => records.get(id) ?? []).map(toAppointment);
  return searchset({
    baseUrl,
    matches: main === undefined ? [] : [main],
    included: others,
    total: 1,
    self: `${baseUrl}/Appointment/$${operation}`,
  });
}

async function byId<Name extends 'resources' | 'tasks' | 'appointments'>(
  transaction: AuditedTransaction,
  name: Name,
  ids: readonly string[],
) {
  if (ids.length === 0) return new Map<string, never>();
  const filters = [{ column: 'id', isOneOfIds: [...new Set(ids)] }];
  const { records } = await findRecords(transaction, name, { filters, limit: MOST_RECORDS });
  return new Map(records.map((record) => [record.id, record]));
}

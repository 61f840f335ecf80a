import { formatPersonalNumber } from '../../access/personal-number.ts';
import type { SeriesAsIs } from '../../appointments/chain.ts';
import type { Placement } from '../../booking/placing.ts';
import { givenUpBy, reasonsFor } from '../../booking/reasons.ts';
import type { AppointmentView, TimeProposal, TimeProposals } from '../../contracts/appointments-api.ts';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { type Appointment, type NamedAppointment, namedAppointments } from '../../storage/repositories/appointments.ts';
import { resourceNames } from '../../storage/repositories/calendar-setup.ts';

/** Appointments as pages show them, in the order given. */
export async function appointmentViews(
  transaction: AuditedTransaction,
  appointments: readonly Pick<Appointment, 'id'>[],
  today: LocalDate,
): Promise<AppointmentView[]> {
  const ids = appointments.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await namedAppointments(transaction, { ids });
  const views = await toViews(transaction, rows, today);
  return views.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

export async function toViews(
  transaction: AuditedTransaction,
  rows: readonly NamedAppointment[],
  today: LocalDate,
): Promise<AppointmentView[]> {
  const names = await resourceNames(
    transaction,
    rows.flatMap(({ otherResourceIds }) => otherResourceIds),
  );
  return rows.map((row) => ({
    ...row,
    visitType: { id: row.visitTypeId, name: row.visitTypeName },
    performer: { id: row.performerId, name: row.performerName },
    others: namedOf(row.otherResourceIds, names),
    patient: {
      id: row.patientId,
      protectedIdentity: row.protectedIdentity,
      name: row.protectedIdentity ? null : `${row.givenName} ${row.familyName}`,
      familyName: row.protectedIdentity ? null : row.familyName,
      personalNumber: row.protectedIdentity ? null : formatPersonalNumber(row.personalNumber, today),
    },
  }));
}

export async function proposalViews(
  transaction: AuditedTransaction,
  placements: readonly Placement[],
  today: LocalDate,
): Promise<TimeProposal[]> {
  const names = await resourceNames(
    transaction,
    placements.flatMap(({ visits }) => visits.flatMap(({ otherResourceIds }) => otherResourceIds)),
  );
  return placements.map((placement) => ({
    visits: placement.visits.map(({ fit, performer, otherResourceIds, startMs, endMs }) => ({
      taskId: fit.need.taskId,
      occasion: fit.need.occasion,
      visitType: { id: fit.visitType.id, name: fit.visitType.name },
      performer: { id: performer.id, name: performer.name },
      others: namedOf(otherResourceIds, names),
      startsAt: new Date(startMs),
      endsAt: new Date(endMs),
    })),
    reasons: reasonsFor(placement, today),
    givesUp: givenUpBy(placement, today),
  }));
}

function namedOf(ids: readonly string[], names: ReadonlyMap<string, string>) {
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }));
}

/** How far a series is booked. */
export function seriesView({ count, isEndless, placed }: SeriesAsIs): TimeProposals['series'] {
  const days = [...placed.values()].map(({ date }) => date).toSorted();
  return { count, isEndless, booked: placed.size, bookedUntil: days.at(-1) ?? null };
}

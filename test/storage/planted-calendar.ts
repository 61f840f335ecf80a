import type { Insertable } from 'kysely';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { createAppointment, type NewAppointment } from '../../src/storage/repositories/appointments.ts';
import { createResource, createTemplate, createVisitType } from '../../src/storage/repositories/calendar-setup.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { SlotTemplatesTable } from '../../src/storage/tables/calendar.ts';
import { type Clinic, CONTEXT } from './clinic.ts';

/** What a clinic's doctor and laboratory book with: mornings, Monday to Friday. */
export interface PlantedCalendar {
  readonly doctorId: string;
  readonly labId: string;
  readonly roomId: string;
  readonly visitTypeId: string;
  readonly labTypeId: string;
}

export async function plantCalendar(
  storage: Storage,
  clinic: Clinic,
  template: Partial<Insertable<SlotTemplatesTable>> = {},
): Promise<PlantedCalendar> {
  const { unitId, doctor } = clinic;
  return storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
    const nobody = { unitId, staffId: null, language: null } as const;
    const room = await createResource(transaction, { ...nobody, kind: 'room', name: 'Rum 1', role: null });
    const person = await createResource(transaction, {
      ...nobody,
      kind: 'person',
      staffId: doctor.id,
      name: 'Elin Lind',
      role: 'lakare',
    });
    const lab = await createResource(transaction, { ...nobody, kind: 'role', name: 'Laboratoriet', role: 'usk' });
    const visit = await createVisitType(transaction, {
      unitId,
      name: 'Återbesök läkare',
      type: 'aterbesok',
      service: null,
      role: 'lakare',
      durationMinutes: 30,
    });
    const test = await createVisitType(transaction, {
      unitId,
      name: 'Provtagning',
      type: 'provtagning',
      service: null,
      role: 'usk',
      durationMinutes: 15,
    });
    for (const weekday of [1, 2, 3, 4, 5]) {
      const morning = { unitId, weekday, fromMinute: 480, untilMinute: 720, validFrom: '2026-01-01', ...template };
      const open = { validUntil: null, lentUntilDays: null, roomId: null };
      await createTemplate(transaction, { ...open, slotMinutes: 30, ...morning, resourceId: person.id });
      await createTemplate(transaction, { ...open, slotMinutes: 15, ...morning, resourceId: lab.id });
    }
    return { doctorId: person.id, labId: lab.id, roomId: room.id, visitTypeId: visit.id, labTypeId: test.id };
  });
}

/** An hour of the planted doctor, outside the queue. */
export function bookHour(
  transaction: AuditedTransaction,
  { unitId, patientId }: Clinic,
  { doctorId, visitTypeId }: PlantedCalendar,
  startsAt: string,
  over: Partial<NewAppointment> = {},
) {
  const starts = new Date(startsAt);
  return createAppointment(transaction, {
    unitId,
    patientId,
    taskId: null,
    encounterId: null,
    visitTypeId,
    type: 'aterbesok',
    state: 'booked',
    reservedUntil: null,
    startsAt: starts,
    endsAt: new Date(starts.getTime() + 3_600_000),
    performerId: doctorId,
    interpreterLanguage: null,
    ...over,
  });
}

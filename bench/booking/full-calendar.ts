import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from '../../src/contracts/access.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import type { AccessContext } from '../../src/storage/audited-transaction.ts';
import { createTask } from '../../src/storage/repositories/admin-tasks.ts';
import { requestConfirmed } from '../../src/storage/repositories/booking-requests.ts';
import { createResource, createTemplate, createVisitType } from '../../src/storage/repositories/calendar-setup.ts';
import { addFollowUps, changeFollowUp } from '../../src/storage/repositories/follow-ups.ts';
import { createNote, signNote } from '../../src/storage/repositories/notes.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { BusyClinic } from '../queue/busy-clinic.ts';

const CONTEXT: AccessContext = { purpose: 'booking', requestId: 'bench' };
const WORKER: Actor = { kind: 'system', id: 'booking-worker' };
const TEXT = 'Återbesök om sex veckor.';

/** Two hundred calendars: who works Monday to Friday, and the rooms that they share. */
const RESOURCES = [
  { kind: 'role', role: 'lakare', count: 70 },
  { kind: 'role', role: 'distriktsskoterska', count: 40 },
  { kind: 'role', role: 'usk', count: 20 },
  { kind: 'room', role: null, count: 50 },
  { kind: 'equipment', role: null, count: 15 },
  { kind: 'interpreter', role: null, count: 5 },
] as const;

export const RESOURCE_COUNT = RESOURCES.reduce((sum, { count }) => sum + count, 0);

/** Makes the calendars of a unit and fills a share of their times, past the triggers. */
export async function fillCalendar(
  storage: Storage,
  { unitId, administrator }: BusyClinic,
  { from, days, takenShare }: { from: LocalDate; days: number; takenShare: number },
): Promise<void> {
  await storage.withAudit(administrator, CONTEXT, async (transaction) => {
    const roomIds: string[] = [];
    for (const { kind, role, count } of RESOURCES) {
      for (let number = 1; number <= count; number++) {
        const language = kind === 'interpreter' ? 'fa' : null;
        const name = `${role ?? kind} ${number}`;
        const { id } = await createResource(transaction, { unitId, kind, name, role, language, staffId: null });
        if (kind === 'room') roomIds.push(id);
        if (kind === 'room' || kind === 'equipment') continue;
        for (const weekday of [1, 2, 3, 4, 5]) {
          for (const fromMinute of [480, 780]) {
            await createTemplate(transaction, {
              unitId,
              resourceId: id,
              weekday,
              fromMinute,
              untilMinute: fromMinute + 210,
              slotMinutes: 30,
              validFrom: '2026-01-01',
              validUntil: null,
              roomId: null,
              lentUntilDays: null,
            });
          }
        }
      }
    }
    const types = [
      { name: 'Återbesök läkare', type: 'aterbesok', role: 'lakare', durationMinutes: 30, roomIds },
      { name: 'Återbesök dsk', type: 'aterbesok', role: 'distriktsskoterska', durationMinutes: 60, roomIds },
      { name: 'Provtagning', type: 'provtagning', role: 'usk', durationMinutes: 30, roomIds: [] },
    ] as const;
    for (const { roomIds: rooms, ...type } of types) {
      await createVisitType(transaction, { ...type, unitId, service: null, roomIds: [...rooms] });
    }
  });
  await fillTimes(storage, unitId, { from, days, takenShare });
}

async function fillTimes(
  { ownerConnection }: Storage,
  unitId: string,
  { from, days, takenShare }: { from: LocalDate; days: number; takenShare: number },
): Promise<void> {
  const client = new pg.Client(ownerConnection);
  await client.connect();
  await client.query('set session_replication_role = replica');
  await client.query(
    `insert into taken_times (appointment_id, whose, during)
     select gen_random_uuid(), whose, tstzrange(at, at + interval '30 minutes')
     from resources
     cross join generate_series(0, $3::int - 1) as day
     cross join generate_series(0, 15) as slot
     cross join lateral (
       select ($2::date + day + time '08:00' + slot * interval '30 minutes') at time zone 'Europe/Stockholm' as at
     ) as times
     where unit_id = $1 and extract(isodow from $2::date + day) < 6 and random() < $4`,
    [unitId, from, days, takenShare],
  );
  await client.query(
    `insert into busy_weeks (whose, week, minutes)
     select whose, week, gathered_minutes(whose, week)
     from (select distinct whose, week_of(lower(during)) as week from taken_times) as touched
     on conflict (whose, week) do update set minutes = excluded.minutes`,
  );
  await client.query('analyze');
  await client.end();
}

/** Signed requests that share a chain, as tasks; gives back the first one's id. */
export async function plantTasks(
  storage: Storage,
  { unitId, patientId, doctor }: BusyClinic,
  writtenOn: LocalDate,
  requests: readonly FollowUpRequest[],
): Promise<string> {
  const chainId = randomUUID();
  const made = await storage.withAudit(doctor, CONTEXT, async (transaction) => {
    const content = { sections: [{ id: 'plan', heading: 'Planering', text: TEXT }], spans: [] };
    const note = await createNote(transaction, { unitId, patientId, authorId: doctor.id, writtenOn }, content);
    const followUps = await addFollowUps(
      transaction,
      note,
      requests.map((fields) => ({
        chainId,
        requestKey: fields.id,
        origin: 'heard' as const,
        fields,
        sources: {},
        proposals: [],
        flags: [],
        source: { start: 0, end: TEXT.length, text: TEXT },
        route: 'auto' as const,
      })),
    );
    const confirmed = [];
    for (const { id, version } of followUps) {
      confirmed.push(await changeFollowUp(transaction, id, version, { state: 'confirmed' }));
    }
    await signNote(transaction, note.id, note.version, null);
    return requestConfirmed(transaction, note.id, confirmed);
  });
  return storage.withAudit(WORKER, CONTEXT, async (transaction) => {
    let first = '';
    for (const request of made) {
      const { fields } = request;
      const interpreter = fields.needs?.[0]?.slice('tolk:'.length) ?? null;
      const resolved = { role: fields.role ?? null, interpreterLanguage: interpreter };
      const { task } = await createTask(transaction, request, resolved);
      if (fields.id === requests[0]!.id) first = task.id;
    }
    return first;
  });
}

export function meantFor(day: LocalDate): FollowUpRequest['time'] {
  return { kind: 'om', expr: 'om en tid', target: day, mal_datum: day };
}

export function weeksFrom(today: LocalDate, weeks: number): LocalDate {
  return addDays(today, weeks * 7);
}

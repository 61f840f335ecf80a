import pg from 'pg';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import type { AccessContext } from '../../src/storage/audited-transaction.ts';
import { createResource, createTemplate, createVisitType } from '../../src/storage/repositories/calendar-setup.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { BusyClinic } from '../queue/busy-clinic.ts';

const CONTEXT: AccessContext = { purpose: 'booking', requestId: 'bench' };
const PEOPLE = 25;
const WEEKDAYS = [1, 2, 3, 4, 5] as const;
/** Minutes since midnight: eight half hours before noon and eight after it. */
const SESSIONS = [480, 780] as const;
const SESSION_MINUTES = 240;
const SLOT_MINUTES = 30;
const PATIENTS = 400;

export const WEEK_SLOTS = PEOPLE * WEEKDAYS.length * SESSIONS.length * (SESSION_MINUTES / SLOT_MINUTES);

/**
 * A week with two thousand times, three of four booked, each by somebody, past the triggers; the weeks around it are
 * empty. Gives back how many are booked.
 */
export async function fillWeek(
  storage: Storage,
  { unitId, administrator }: BusyClinic,
  monday: LocalDate,
): Promise<number> {
  await storage.withAudit(administrator, CONTEXT, async (transaction) => {
    for (let number = 1; number <= PEOPLE; number++) {
      const nobody = { unitId, staffId: null, language: null } as const;
      const name = `Läkare ${number}`;
      const { id: resourceId } = await createResource(transaction, { ...nobody, kind: 'role', name, role: 'lakare' });
      for (const weekday of WEEKDAYS) {
        for (const fromMinute of SESSIONS) {
          await createTemplate(transaction, {
            unitId,
            resourceId,
            weekday,
            fromMinute,
            untilMinute: fromMinute + SESSION_MINUTES,
            slotMinutes: SLOT_MINUTES,
            validFrom: monday,
            validUntil: addDays(monday, 6),
            roomId: null,
            lentUntilDays: fromMinute === SESSIONS[1] ? 0 : null,
          });
        }
      }
    }
    await createVisitType(transaction, {
      unitId,
      name: 'Återbesök läkare',
      type: 'aterbesok',
      service: null,
      role: 'lakare',
      durationMinutes: SLOT_MINUTES,
    });
  });
  return bookThreeOfFour(storage, unitId, monday);
}

async function bookThreeOfFour({ ownerConnection }: Storage, unitId: string, monday: LocalDate): Promise<number> {
  const client = new pg.Client(ownerConnection);
  await client.connect();
  await client.query('set session_replication_role = replica');
  await client.query(
    `insert into patients (unit_id, personal_number, personal_number_kind, given_name, family_name)
     select $1, '18' || lpad(n::text, 10, '0'), 'personnummer', (array['Åsa', 'Karin', 'Göran'])[1 + n % 3],
       'Påhitt' || lpad(n::text, 4, '0')
     from generate_series(1, $2::int) as n`,
    [unitId, PATIENTS],
  );
  const { rowCount } = await client.query(
    `with times as (
       select resources.id as performer_id, row_number() over () as n,
         ($2::date + day + make_interval(mins => session.minute + slot * 30)) at time zone 'Europe/Stockholm' as starts_at
       from resources
       cross join generate_series(0, 4) as day
       cross join unnest($3::int[]) as session (minute)
       cross join generate_series(0, 7) as slot
       where resources.unit_id = $1
     ), people as (select id, row_number() over () as n from patients where family_name like 'Påhitt%'),
     booked as (
       insert into appointments (unit_id, patient_id, visit_type_id, type, state, starts_at, ends_at, performer_id)
       select $1, people.id, visit_types.id, 'aterbesok', 'booked', times.starts_at,
         times.starts_at + interval '30 minutes', times.performer_id
       from times
       join people on people.n = 1 + times.n % $4
       join visit_types on visit_types.unit_id = $1
       where times.n % 4 <> 0
       returning id, performer_id, starts_at, ends_at
     )
     insert into taken_times (appointment_id, whose, during)
     select booked.id, resources.whose, tstzrange(booked.starts_at, booked.ends_at)
     from booked join resources on resources.id = booked.performer_id`,
    [unitId, monday, SESSIONS, PATIENTS],
  );
  await client.query('analyze');
  await client.end();
  return rowCount ?? 0;
}

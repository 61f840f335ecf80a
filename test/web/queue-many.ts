import type { TestDatabase } from '../storage/database.ts';

/** Tasks by the thousand, past the triggers, with patients of their own at every unit that has tasks. */
export async function plantManyTasks({ owner }: TestDatabase, count: number): Promise<void> {
  await owner.query('set session_replication_role = replica');
  await owner.query(
    `with made as (
       insert into patients (unit_id, personal_number, personal_number_kind, given_name, family_name)
       select (select unit_id from admin_tasks limit 1), '18' || lpad(n::text, 10, '0'), 'personnummer',
         (array['Åsa', 'Karin', 'Göran', 'Fatima'])[1 + n % 4], 'Påhitt' || lpad(n::text, 5, '0')
       from generate_series(1, $1::int) as n returning id, unit_id, family_name
     )
     insert into admin_tasks (request_id, unit_id, patient_id, note_id, chain_id, state, type, role, target_date, route)
     select gen_random_uuid(), unit_id, id, gen_random_uuid(), gen_random_uuid(), 'new',
       (array['aterbesok', 'provtagning', 'telefon', 'rontgen'])[1 + right(family_name, 5)::int % 4],
       (array['lakare', 'distriktsskoterska'])[1 + right(family_name, 5)::int % 2],
       current_date + 60 + right(family_name, 5)::int % 400, 'auto'
     from made`,
    [count],
  );
  await owner.query('set session_replication_role = origin');
  await owner.query('analyze');
}

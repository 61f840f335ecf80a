import type pg from 'pg';
import { AppError } from '../contracts/errors.ts';
import { APPLICATION_ROLE } from './connections.ts';

/** Tables that the application reads and only the owner writes. */
const OWNERS_TABLES = ['schema_migrations', 'state_edges'];

/**
 * Makes the application's role where the owner may do that. Throws DATABASE_SCHEMA where it may not and nobody has done
 * it: an owner is exempt from the row policies, so that no unit boundary would hold.
 */
export async function makeApplicationRole(client: pg.Client): Promise<void> {
  await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${APPLICATION_ROLE}') then
        create role ${APPLICATION_ROLE} nologin;
      end if;
      execute format('grant ${APPLICATION_ROLE} to %I', session_user);
    exception
      when insufficient_privilege then null;
      when duplicate_object or unique_violation then null;
    end $$`);
  const { rows } = await client.query<{ usable: boolean }>(
    'select exists (select from pg_roles where rolname = $1 and pg_has_role(session_user, oid, $2)) as usable',
    [APPLICATION_ROLE, 'member'],
  );
  if (rows[0]?.usable === true) return;
  throw new AppError('DATABASE_SCHEMA', 'the application has no role of its own in the database', {
    expected: `"create role ${APPLICATION_ROLE} nologin" and "grant ${APPLICATION_ROLE} to" the user of DATABASE_URL`,
    got: 'a user that may not create roles',
  });
}

/**
 * What the application may do: read and write rows, but change nothing that is only appended to. Beside our tables it
 * can have schemas of its own (the job queue's).
 */
export async function grantToApplication(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_trigger join pg_class on pg_class.oid = tgrelid where tgname = 'append_only'`,
  );
  const appendOnly = rows.map(({ name }) => name).join(', ');
  await client.query(`
    do $$ begin
      execute format('grant create on database %I to ${APPLICATION_ROLE}', current_database());
    exception when insufficient_privilege then null;
    end $$;
    grant usage on schema public to ${APPLICATION_ROLE};
    grant select, insert, update, delete on all tables in schema public to ${APPLICATION_ROLE};
    revoke insert, update, delete on ${OWNERS_TABLES.join(', ')} from ${APPLICATION_ROLE};
    ${appendOnly === '' ? '' : `revoke update, delete on ${appendOnly} from ${APPLICATION_ROLE};`}
  `);
}

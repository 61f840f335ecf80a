import { sql } from 'kysely';
import type { Actor } from '../../contracts/access.ts';
import type { AccessContext, ActAs, AuditedTransaction } from '../audited-transaction.ts';
import { createEncounter } from '../repositories/encounters.ts';
import { createPatient } from '../repositories/patients.ts';
import { createStaff, createUnit, hasNoStaff } from '../repositories/staff.ts';
import type { Storage } from '../storage.ts';
import { jsonText } from '../tables/columns.ts';
import { demoNotes } from './demo-notes.ts';
import { DEMO_PATIENTS, DEMO_STAFF, DEMO_UNITS } from './demo-people.ts';
import { seedCalendar } from './seed-calendar.ts';
import { seedNote } from './seed-note.ts';

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** Who is there when notes are made. */
export interface DemoClinic {
  /** YYYY-MM-DD. */
  readonly today: string;
  /** By user name. */
  readonly staff: ReadonlyMap<string, StaffActor>;
  /** By family name. */
  readonly patients: ReadonlyMap<string, DemoPatientKeys>;
}

export interface DemoPatientKeys {
  readonly id: string;
  readonly unitId: string;
}

const SETUP: Actor = { kind: 'system', id: 'setup' };
const CONTEXT: AccessContext = { purpose: 'operation', requestId: 'demo' };
/** The row of `settings` that says that this is a demo, and when it was made. */
const DEMO_SETTING = 'demo';

/** Some seconds, and more on a slow machine that is busy. */
const LONGEST_SEEDING_MS = 60_000;

const FIRST_VISIT_UTC_HOUR = 7;
const VISIT_MINUTES = 30;
const VISITS_A_DAY = 8;
const MINUTE_MS = 60_000;

/** Whether the database holds the demo clinic. */
export async function isDemo(storage: Storage): Promise<boolean> {
  const row = await storage.plain
    .selectFrom('settings')
    .select('key')
    .where('key', '=', DEMO_SETTING)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Fills an empty database with the demo clinic, as a whole or not at all: staff of every role with one password,
 * patients, today's encounters, notes and tasks in every state. Rows of units and people are marked `demo`. False when
 * somebody has an account already. `passwordHash` is argon2id; `today` is YYYY-MM-DD.
 */
export async function seedDemo(
  storage: Storage,
  { passwordHash, today }: { passwordHash: string; today: string },
): Promise<boolean> {
  return storage.withActors(CONTEXT, async (actAs) => {
    const setup = await actAs(SETUP);
    if (!(await hasNoStaff(setup.plain))) return false;
    // Another start that seeds at the same time is waited for here, and has done it then.
    await sql`select set_config(name, ${String(LONGEST_SEEDING_MS)}, true)
      from unnest(array['lock_timeout', 'statement_timeout']) as name`.execute(setup.plain);
    const marked = await setup.plain
      .insertInto('settings')
      .values({ key: DEMO_SETTING, value: jsonText<unknown>({ seededOn: today }) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key')
      .execute();
    if (marked.length === 0) return false;
    const unitIds = await seedUnits(setup);
    const staff = await seedStaff(setup, unitIds, passwordHash);
    // Once more, as it sees the units that there are now.
    const patients = await seedPatients(await actAs(SETUP), unitIds);
    const clinic = { today, staff, patients };
    await seedEncounters(actAs, clinic);
    for (const note of demoNotes(today)) await seedNote(actAs, clinic, note);
    await seedCalendar(await actAs(SETUP), clinic, unitIds);
    return true;
  });
}

async function seedUnits({ plain }: AuditedTransaction): Promise<string[]> {
  const ids: string[] = [];
  for (const unit of DEMO_UNITS) ids.push((await createUnit(plain, { ...unit, demo: true })).id);
  return ids;
}

async function seedStaff(
  { plain }: AuditedTransaction,
  unitIds: readonly string[],
  passwordHash: string,
): Promise<Map<string, StaffActor>> {
  const staff = new Map<string, StaffActor>();
  for (const { units, accountRoles, ...person } of DEMO_STAFF) {
    const roles = [...accountRoles];
    const at = units.map((unit) => unitIds[unit]!);
    const { id } = await createStaff(plain, { ...person, accountRoles: roles, passwordHash, demo: true }, at);
    staff.set(person.username, { kind: 'staff', id, roles, unitIds: at });
  }
  return staff;
}

async function seedPatients(
  transaction: AuditedTransaction,
  unitIds: readonly string[],
): Promise<Map<string, DemoPatientKeys>> {
  const patients = new Map<string, DemoPatientKeys>();
  // Guardians come before those whom they stand for.
  const inOrder = DEMO_PATIENTS.toSorted((one, other) => Number('guardian' in one) - Number('guardian' in other));
  for (const { number, unit, guardian, personalNumberKind = 'personnummer', ...person } of inOrder) {
    const { id, unitId } = await createPatient(transaction, {
      ...person,
      personalNumber: number,
      personalNumberKind,
      unitId: unitIds[unit]!,
      guardianId: guardian === undefined ? null : patients.get(guardian)!.id,
      demo: true,
    });
    patients.set(person.familyName, { id, unitId });
  }
  return patients;
}

/** A morning of visits for each clinician, with patients of a unit where both are. */
async function seedEncounters(actAs: ActAs, { today, staff, patients }: DemoClinic): Promise<void> {
  const left = [...patients.values()];
  for (const actor of staff.values()) {
    if (!actor.roles.includes('clinician')) continue;
    const transaction = await actAs(actor);
    for (let visit = 0; visit < VISITS_A_DAY; visit++) {
      const at = left.findIndex(({ unitId }) => actor.unitIds.includes(unitId));
      const [patient] = at < 0 ? [] : left.splice(at, 1);
      if (patient === undefined) break;
      const startsAtMs =
        Date.parse(`${today}T00:00:00Z`) + (FIRST_VISIT_UTC_HOUR * 60 + visit * VISIT_MINUTES) * MINUTE_MS;
      await createEncounter(transaction, {
        unitId: patient.unitId,
        patientId: patient.id,
        staffId: actor.id,
        kind: visit % 3 === 0 ? 'nybesok' : 'aterbesok',
        startsAt: new Date(startsAtMs),
        endsAt: new Date(startsAtMs + VISIT_MINUTES * MINUTE_MS),
      });
    }
  }
}

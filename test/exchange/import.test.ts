import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportKind } from '../../src/contracts/exchange-api.ts';
import { applyImport } from '../../src/exchange/import.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { changePatient, findPatient } from '../../src/storage/repositories/patients.ts';
import { NOW_MS } from '../appointments/planted-chain.ts';
import { type Clinic, CONTEXT, madeUpNumber, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { csv, preview, takeIn, told } from './tables.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
});

const work = <Result>(of: (transaction: AuditedTransaction) => Promise<Result>) =>
  database.storage.withAudit(clinic.administrator, { purpose: 'administration', requestId: 'import' }, of);
const target = (kind: ImportKind) => ({ kind, unitId: clinic.unitId });
const look = (kind: ImportKind, ...lines: string[]) =>
  work((transaction) => preview(transaction, target(kind), csv(...lines), NOW_MS));
const take = (kind: ImportKind, ...lines: string[]) =>
  work((transaction) => takeIn(transaction, target(kind), csv(...lines), NOW_MS));
const count = async (sql: string, values: readonly unknown[] = []) =>
  Number((await database.owner.query(sql, [...values])).rows[0].count);

const PATIENTS = 'Personnummer;Förnamn;Efternamn;Telefon;Skyddad identitet;Tolkspråk;Adress;Postnummer;Ort';

describe('a file of patients', () => {
  test('is told row by row before anything is written, and taken in just so', async () => {
    const [one, other] = [madeUpNumber(), madeUpNumber()];
    const lines = [
      PATIENTS,
      `${one};Åsa;Östergård;070-123 45 67;nej;persiska;Storgatan 1;123 45;Ort`,
      `${other.slice(2, 8)}-${other.slice(8)};Bo;Ek;;;;;;`,
    ];
    const seen = await look('patients', ...lines);
    expect(seen).toMatchObject({ counts: { new: 2, changed: 0, same: 0, refused: 0 } });
    expect(seen.rows[0]!.what).toMatch(/^Åsa Östergård, \d{6}[-+]\d{4}$/);
    expect(await work((transaction) => findPatient(transaction, one))).toBeUndefined();
    expect(await take('patients', ...lines)).toMatchObject({ new: 2 });
    expect(await work((transaction) => findPatient(transaction, one))).toMatchObject({
      givenName: 'Åsa',
      familyName: 'Östergård',
      interpreterLanguage: 'fa',
      address: 'Storgatan 1, 123 45 Ort',
      birthDate: `${one.slice(0, 4)}-${one.slice(4, 6)}-${one.slice(6, 8)}`,
      unitId: clinic.unitId,
    });
  });

  test('that is taken in again changes nothing; what differs is told as it was and as it will be', async () => {
    const number = madeUpNumber();
    const row = (phone: string) => `${number};Åsa;Ek;${phone};;;;;`;
    await take('patients', PATIENTS, row('070-1111111'));
    const again = await look('patients', PATIENTS, row('070-1111111'));
    expect(again).toMatchObject({ counts: { same: 1 }, token: null });
    // An empty field says nothing.
    expect(await look('patients', PATIENTS, row(''))).toMatchObject({ counts: { same: 1 } });
    const changed = await look('patients', PATIENTS, row('070-2222222'));
    expect(changed.rows).toMatchObject([
      { action: 'changed', changes: [{ column: 'Telefon', from: '070-1111111', to: '070-2222222' }] },
    ]);
    await take('patients', PATIENTS, row('070-2222222'));
    expect(await work((transaction) => findPatient(transaction, number))).toMatchObject({ phone: '070-2222222' });
  });

  test('says of each row that is refused what is wrong, and takes in the others', async () => {
    const [good, twice] = [madeUpNumber(), madeUpNumber()];
    const elsewhere = await plantClinic(database.storage, 'Annan');
    const theirs = await database.storage.withAudit(elsewhere.doctor, CONTEXT, async (transaction) =>
      transaction.readOne({ action: 'read', object: 'patients', patientOf: () => null }, (tables) =>
        tables.selectFrom('patients').select('personalNumber').where('id', '=', elsewhere.patientId).execute(),
      ),
    );
    const lines = [
      PATIENTS,
      `${good.slice(0, -1)}${(Number(good.at(-1)) + 1) % 10};Åsa;Ek;;;;;;`,
      ';Åsa;;;;;;;',
      `${twice};Åsa;Ek;;;;;;`,
      `${twice};Åsa;Ek;;;;;;`,
      `${theirs.personalNumber};Åsa;Ek;;;;;;`,
      `${good};Åsa;Ek;telefon;kanske;klingonska;;;`,
    ];
    expect(told(await look('patients', ...lines))).toEqual([
      'Personnummer: personal_number',
      'Personnummer: missing, Efternamn: missing',
      'new',
      'Personnummer: twice',
      'Personnummer: other_unit',
      'Skyddad identitet: yes_or_no, Tolkspråk: language, Telefon: phone',
    ]);
    expect(await take('patients', ...lines)).toEqual({ new: 1, changed: 0, same: 0, refused: 5 });
  });

  test('has children with their guardians, in whatever order they stand, and says what is wrong with one', async () => {
    const [parent, other, third] = [madeUpNumber(), madeUpNumber(), madeUpNumber()];
    const child = '201501019812';
    const GUARDED = 'Personnummer;Förnamn;Efternamn;Vårdnadshavare';
    const lines = [GUARDED, `${child};Liv;Ek;${parent}`, `${parent};Bo;Ek;`];
    const seen = await look('patients', ...lines);
    expect(told(seen)).toEqual(['new', 'new']);
    expect(seen.rows[0]!.what).toMatch(/^Liv Ek, 150101-9812, vårdnadshavare \d{6}[-+]\d{4}$/);
    await take('patients', ...lines);
    const guardianOf = async (number: string) =>
      (await work((transaction) => findPatient(transaction, number)))!.guardianId;
    const idOf = async (number: string) => (await work((transaction) => findPatient(transaction, number)))!.id;
    expect(await guardianOf(child)).toBe(await idOf(parent));
    expect(await look('patients', ...lines)).toMatchObject({ counts: { same: 2 } });
    // An empty field says nothing.
    expect(await look('patients', GUARDED, `${child};Liv;Ek;`)).toMatchObject({ counts: { same: 1 } });

    const changed = [GUARDED, `${child};Liv;Ek;${other}`, `${other};Eva;Ek;`];
    const { rows } = await look('patients', ...changed);
    const short = (number: string) => expect.stringContaining(number.slice(-4));
    expect(rows[0]!.changes).toEqual([{ column: 'Vårdnadshavare', from: short(parent), to: short(other) }]);
    await take('patients', ...changed);
    expect(await guardianOf(child)).toBe(await idOf(other));

    const elsewhere = await plantClinic(database.storage, 'Annan');
    const { rows: theirs } = await database.owner.query('select personal_number from patients where id = $1', [
      elsewhere.patientId,
    ]);
    const wrong = [
      `${child};Liv;Ek;${child}`,
      `${third};Bo;Ek;${child}`,
      `201502019811;Liv;Ek;${theirs[0].personal_number}`,
      `201503019810;Liv;Ek;${third}`,
      '201504019819;Liv;Ek;Eva Ek',
    ];
    expect(told(await look('patients', GUARDED, ...wrong))).toEqual([
      'Vårdnadshavare: guardian_younger',
      'Vårdnadshavare: guardian_younger',
      'Vårdnadshavare: other_unit',
      'Vårdnadshavare: unknown_guardian',
      'Vårdnadshavare: personal_number',
    ]);
  });

  test('does not tell what is known of a protected identity', async () => {
    const number = madeUpNumber();
    await take('patients', PATIENTS, `${number};Åsa;Ek;070-1111111;ja;;;;`);
    const { rows } = await look('patients', PATIENTS, `${number};Åsa;Ek;070-2222222;;;;;`);
    expect(rows).toMatchObject([{ action: 'changed', changes: [{ column: 'Telefon', from: null }] }]);
  });

  test('is refused where it is another file than was previewed, or the database has changed meanwhile', async () => {
    const number = madeUpNumber();
    await take('patients', PATIENTS, `${number};Åsa;Ek;;;;;;`);
    const lines = [PATIENTS, `${number};Åsa;Berg;;;;;;`, `${madeUpNumber()};Bo;Ek;;;;;;`];
    const { token } = await look('patients', ...lines);
    const apply = (...of: string[]) =>
      work((transaction) => applyImport(transaction, { ...target('patients'), token: token! }, csv(...of), NOW_MS));
    await expect(apply(...lines, `${madeUpNumber()};Eva;Ek;;;;;;`)).rejects.toMatchObject({ code: 'CONFLICT' });
    await work(async (transaction) => {
      const patient = (await findPatient(transaction, number))!;
      await changePatient(transaction, patient.id, patient.version, { phone: '070' });
    });
    await expect(apply(...lines)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await work((transaction) => findPatient(transaction, number))).toMatchObject({ familyName: 'Ek' });
  });

  test('of ten thousand asks once for each thousand, tells a bounded part, and logs each who was found and written', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, at) => madeNumber(at));
    const lines = [PATIENTS, ...numbers.map((number, at) => `${number};Åsa${at};Ek;;;;;;`)];
    const queries = () => count("select count(*) from audit_events where action = 'search' and request_id = 'import'");
    const seen = await look('patients', ...lines);
    expect(seen.counts.new).toBe(10_000);
    expect(seen.rows).toHaveLength(300);
    await take('patients', ...lines);
    const before = await queries();
    const again = await look('patients', ...lines);
    expect(again.counts.same).toBe(10_000);
    expect(await queries()).toBe(before + 10);
    expect(
      await count(
        "select count(*) from audit_events where action = 'create' and object_kind = 'patients' and unit_id = $1",
        [clinic.unitId],
      ),
    ).toBe(10_001);
  });
});

/** Of nobody: samordningsnummer have days from 61. */
function madeNumber(at: number): string {
  const [month, birth] = [1 + Math.floor(at / 999), 1 + (at % 999)].map((part) => String(part));
  const nine = `40${month!.padStart(2, '0')}61${birth!.padStart(3, '0')}`;
  const sum = [...nine].reduce((total, digit, place) => {
    const value = Number(digit) * (2 - (place % 2));
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `19${nine}${(10 - (sum % 10)) % 10}`;
}

describe('a file of bookings', () => {
  const BOOKINGS = 'Personnummer;Datum;Tid;Minuter;Besökstyp;Hos;Rum';
  let calendar: PlantedCalendar;
  let number: string;
  let second: string;
  beforeEach(async () => {
    calendar = await plantCalendar(database.storage, clinic);
    [number, second] = [madeUpNumber(), madeUpNumber()];
    await take('patients', PATIENTS, `${number};Åsa;Ek;;;;;;`, `${second};Bo;Ek;;;;;;`);
  });
  const row = (who: string, day: string, time: string, more = ';Återbesök läkare;Elin Lind;') =>
    `${who};${day};${time};${more}`;

  test('lies in the calendar at the times that were written, and is not booked twice', async () => {
    const lines = [
      BOOKINGS,
      row(number, '2026-04-14', '08:00'),
      row(second, '20260414', '8.30', '45;Återbesök läkare;elin lind;Rum 1'),
    ];
    expect(await take('bookings', ...lines)).toMatchObject({ new: 2 });
    const { rows } = await database.owner.query(
      `select starts_at, ends_at, task_id, performer_id, other_resource_ids from appointments
       where unit_id = $1 order by starts_at`,
      [clinic.unitId],
    );
    expect(rows).toEqual([
      {
        starts_at: new Date('2026-04-14T06:00:00Z'),
        ends_at: new Date('2026-04-14T06:30:00Z'),
        task_id: null,
        performer_id: calendar.doctorId,
        other_resource_ids: [],
      },
      {
        starts_at: new Date('2026-04-14T06:30:00Z'),
        ends_at: new Date('2026-04-14T07:15:00Z'),
        task_id: null,
        performer_id: calendar.doctorId,
        other_resource_ids: [calendar.roomId],
      },
    ]);
    expect(await look('bookings', ...lines)).toMatchObject({ counts: { same: 2 }, token: null });
  });

  test('says what is in the way: taken already, by the file itself, past, or unknown', async () => {
    await work((transaction) => bookHour(transaction, clinic, calendar, '2026-04-15T06:00:00Z'));
    const seen = await look(
      'bookings',
      BOOKINGS,
      row(number, '2026-04-15', '08:30'),
      row(number, '2026-04-16', '08:00'),
      row(second, '2026-04-16', '08:15'),
      row(number, '2026-04-16', '08:15', ';Provtagning;Laboratoriet;'),
      row(number, '2026-03-09', '08:00'),
      row(number, '2026-03-29', '02:30'),
      row(number, '2026-02-30', '25:00', '3;Magi;Trollkarlen;Rum 9'),
      row(madeUpNumber(), '2026-04-17', '08:00'),
    );
    expect(told(seen)).toEqual([
      'Hos: resource_busy',
      'new',
      'Hos: resource_busy',
      'Personnummer: patient_busy',
      'Datum: past',
      'Tid: time',
      'Datum: date, Tid: time, Minuter: duration, Besökstyp: unknown_visit_type, Hos: unknown_resource, Rum: unknown_resource',
      'Personnummer: unknown_patient',
    ]);
  });

  test('is whole or not at all: a time that is taken after the preview leaves nothing behind', async () => {
    const lines = [BOOKINGS, row(number, '2026-04-14', '08:00'), row(second, '2026-04-14', '09:00')];
    const { token } = await look('bookings', ...lines);
    await work((transaction) => bookHour(transaction, clinic, calendar, '2026-04-14T07:00:00Z'));
    const late = work((transaction) =>
      applyImport(transaction, { ...target('bookings'), token: token! }, csv(...lines), NOW_MS),
    );
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await count('select count(*) from appointments where unit_id = $1', [clinic.unitId])).toBe(1);
  });
});

test('files of staff and of what has a calendar build up on each other, and change what is there', async () => {
  const username = crypto.randomUUID();
  const STAFF = 'Användarnamn;Förnamn;Efternamn;Yrke;Roller';
  expect(
    await take('staff', STAFF, `${username};Eva;Ny;Distriktssköterska;vårdpersonal, administration`),
  ).toMatchObject({
    new: 1,
  });
  const seen = await look('staff', STAFF, `${username};Eva;Nyare;;vård`, 'x y;A;B;;kung', `${username};A;B;;drift`);
  expect(told(seen)).toEqual(['changed', 'Användarnamn: username, Roller: account_role', 'Användarnamn: twice']);
  expect(seen.rows[0]!.changes).toEqual([
    { column: 'Efternamn', from: 'Ny', to: 'Nyare' },
    { column: 'Roller', from: 'vårdpersonal, administration', to: 'vårdpersonal' },
  ]);

  await take('staff', STAFF, `${username};Eva;Nyare;;vårdpersonal`);
  const { rows: logged } = await database.owner.query(
    `select detail from audit_events join staff on staff.id::text = object_id where username = $1
     and action = 'account-changed' order by audit_events.id`,
    [username],
  );
  expect(logged).toEqual([
    { detail: 'made, roles: clinician administrator' },
    { detail: 'familyName, roles: clinician' },
  ]);

  // Who works at another unit too is that unit's as well.
  const elsewhere = await plantClinic(database.storage, 'Annan');
  await database.owner.query(
    'insert into staff_units (staff_id, unit_id) select id, $1 from staff where username = $2',
    [elsewhere.unitId, username],
  );
  expect(told(await look('staff', STAFF, `${username};Eva;Nyast;;`))[0]).toBe('Användarnamn: other_unit_too');
  expect(told(await look('staff', STAFF, `${username};Eva;Nyare;;`))).toEqual(['same']);

  const RESOURCES = 'Namn;Slag;Användarnamn;Yrke;Språk';
  const lines = [
    RESOURCES,
    `Eva Ny;person;${username};;`,
    'Rum 7;rum;;;',
    'Tolk;tolk;;;somaliska',
    'Någon;person;okänd;;',
    'Labbet;roll;;;',
    'Sak;manick;;;',
  ];
  expect(told(await look('resources', ...lines))).toEqual([
    'new',
    'new',
    'new',
    'Användarnamn: unknown_staff',
    'Yrke: missing',
    'Slag: kind',
  ]);
  await take('resources', ...lines);
  const { rows } = await database.owner.query(
    'select name, kind, role, language from resources where unit_id = $1 order by name',
    [clinic.unitId],
  );
  expect(rows).toEqual([
    { name: 'Eva Ny', kind: 'person', role: 'distriktsskoterska', language: null },
    { name: 'Rum 7', kind: 'room', role: null, language: null },
    { name: 'Tolk', kind: 'interpreter', role: null, language: 'so' },
  ]);
  expect(told(await look('resources', ...lines.slice(0, 4)))).toEqual(['same', 'same', 'same']);
});

test('files of visit types and weekly templates say what is wrong by row and column, and change what is there', async () => {
  await plantCalendar(database.storage, clinic);
  const TYPES = 'Namn;Form;Minuter;Rum;Patienter bokar;Extra minuter med tolk';
  const types = [TYPES, 'Återbesök läkare;återbesök;45;Rum 1;nej;', 'Samtal;Telefontid;15;;;'];
  const seen = await look('visit_types', ...types, 'Dans;dans;700;Rum 9;kanske;500', 'samtal;video;5;;;');
  expect(told(seen)).toEqual([
    'changed',
    'new',
    'Form: request_type, Minuter: duration, Extra minuter med tolk: extra_minutes, Rum: unknown_resource, Patienter bokar: yes_or_no',
    'Namn: twice',
  ]);
  expect(seen.rows[0]!.changes).toEqual([
    { column: 'Minuter', from: '30', to: '45' },
    { column: 'Rum', from: '', to: 'Rum 1' },
    { column: 'Patienter bokar', from: 'Ja', to: 'Nej' },
  ]);
  expect(await take('visit_types', ...types)).toMatchObject({ new: 1, changed: 1 });
  expect(await look('visit_types', ...types)).toMatchObject({ counts: { same: 2 }, token: null });

  const WEEK = 'Hos;Veckodag;Från;Till;Minuter;Gäller från;Gäller till;Veckor mellan;Besökstyper';
  const week = [
    WEEK,
    'Elin Lind;måndag;08:00;13:00;30;2026-01-01;;;',
    'Laboratoriet;lör;8.00;12.00;15;20260401;;2;Provtagning, Samtal',
  ];
  const told2 = await look(
    'slot_templates',
    ...week,
    'Någon;blåndag;25:00;12:00;3;i vår;;9;Dans',
    'Elin Lind;tis;12:00;12:15;30;2026-01-01;2025-01-01;;',
    'Laboratoriet;6;08:00;09:00;15;2026-04-01;;;',
  );
  expect(told(told2)).toEqual([
    'changed',
    'new',
    'Hos: unknown_resource, Veckodag: weekday, Från: time, Minuter: slot_minutes, Gäller från: date, Veckor mellan: weeks, Besökstyper: unknown_visit_type',
    'Till: until_before, Gäller till: until_before',
    'Från: twice',
  ]);
  expect(told2.rows[0]!.changes).toEqual([{ column: 'Till', from: '12:00', to: '13:00' }]);
  expect(await take('slot_templates', ...week)).toMatchObject({ new: 1, changed: 1 });
  expect(await look('slot_templates', ...week)).toMatchObject({ counts: { same: 2 }, token: null });
});

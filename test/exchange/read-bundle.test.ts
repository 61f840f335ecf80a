import type {
  Appointment,
  Bundle,
  FhirResource,
  Organization,
  Patient,
  Practitioner,
  PractitionerRole,
  RelatedPerson,
} from 'fhir/r4.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportKind } from '../../src/contracts/exchange-api.ts';
import { searchset } from '../../src/fhir/bundle.ts';
import { toAppointment } from '../../src/fhir/resources/appointment.ts';
import { toPatient } from '../../src/fhir/resources/patient.ts';
import { toRelatedPerson } from '../../src/fhir/resources/related-person.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { findRecords } from '../../src/storage/repositories/fhir-records.ts';
import { changePatient, createPatient, findPatient, patientById } from '../../src/storage/repositories/patients.ts';
import { NOW_MS } from '../appointments/planted-chain.ts';
import { problemsOf } from '../fhir/r4.ts';
import { type Clinic, madeUpNumber, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { preview, takeIn, told } from './tables.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
});

const work = <Result>(of: (transaction: AuditedTransaction) => Promise<Result>) =>
  database.storage.withAudit(clinic.administrator, { purpose: 'administration', requestId: 'import' }, of);
const target = (kind: ImportKind) => ({ kind, unitId: clinic.unitId });
const look = (kind: ImportKind, file: object) =>
  work((transaction) => preview(transaction, target(kind), bytesOf(file), NOW_MS));
const take = (kind: ImportKind, file: object) =>
  work((transaction) => takeIn(transaction, target(kind), bytesOf(file), NOW_MS));
const bytesOf = (file: object) => new TextEncoder().encode(JSON.stringify(file));

function bundleOf(...resources: FhirResource[]): Bundle {
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  };
  expect(problemsOf(bundle)).toEqual([]);
  return bundle;
}

const HSA = 'urn:oid:1.2.752.29.4.19';
const PERSONNUMMER = 'http://electronichealth.se/identifier/personnummer';
const patientOf = (number: string, over: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id: crypto.randomUUID(),
  identifier: [
    { system: 'urn:oid:1.2.3', value: '7' },
    { system: PERSONNUMMER, value: number },
  ],
  name: [{ use: 'official', family: 'Östergård', given: ['Åsa', 'Maria'] }],
  ...over,
});

describe('a Bundle', () => {
  test('of patients is told entry by entry, and taken in just so', async () => {
    const [one, other] = [madeUpNumber(), madeUpNumber()];
    const bundle = bundleOf(
      patientOf(one, {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true }],
        communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'fa' }] } }],
        telecom: [{ system: 'phone', value: '070-123 45 67' }],
        address: [{ line: ['Storgatan 1'], postalCode: '123 45', city: 'Ort' }],
      }),
      { resourceType: 'Basic', id: 'left-out', code: { text: 'left out' } },
      patientOf(other, {
        meta: {
          security: [{ system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' }],
        },
      }),
      patientOf('1'),
    );
    const seen = await look('patients', bundle);
    expect(told(seen)).toEqual(['new', 'new', 'Personnummer: personal_number']);
    expect(seen.rows.map(({ line }) => line)).toEqual([1, 3, 4]);
    expect(await take('patients', bundle)).toMatchObject({ new: 2, refused: 1 });
    expect(await work((transaction) => findPatient(transaction, one))).toMatchObject({
      givenName: 'Åsa Maria',
      interpreterLanguage: 'fa',
      phone: '070-123 45 67',
      address: 'Storgatan 1, 123 45 Ort',
    });
    expect(await work((transaction) => findPatient(transaction, other))).toMatchObject({ protectedIdentity: true });
  });

  test('of booked visits names patient, performer and type by what it holds or shows', async () => {
    const number = madeUpNumber();
    const patient = patientOf(number);
    await take('patients', bundleOf(patient));
    const visit = (over: Partial<Appointment>): Appointment => ({
      resourceType: 'Appointment',
      status: 'booked',
      id: crypto.randomUUID(),
      start: '2026-04-14T08:00:00+02:00',
      end: '2026-04-14T08:30:00+02:00',
      serviceType: [{ text: 'Återbesök läkare' }],
      participant: [
        { status: 'accepted', actor: { reference: `urn:uuid:${patient.id}` } },
        { status: 'accepted', actor: { reference: 'Practitioner/1', display: 'Elin Lind' } },
      ],
      ...over,
    });
    const bundle = bundleOf(
      patient,
      visit({}),
      visit({ status: 'cancelled' }),
      visit({ serviceType: [{ text: 'Dans' }] }),
    );
    expect(told(await look('bookings', bundle))).toEqual(['new', 'Besökstyp: unknown_visit_type']);
    await take('bookings', bundle);
    const { rows } = await database.owner.query('select * from appointments where unit_id = $1', [clinic.unitId]);
    expect(rows).toMatchObject([
      { state: 'booked', performer_id: calendar.doctorId, starts_at: new Date('2026-04-14T06:00:00Z') },
    ]);
    expect(told(await look('bookings', bundle))[0]).toBe('same');
  });

  test('of a child has its guardian as RelatedPerson, who becomes a patient before the child', async () => {
    const [child, parent] = ['201501019812', madeUpNumber()];
    const guardianOf = (patient: Patient, over: Partial<RelatedPerson> = {}): RelatedPerson => ({
      resourceType: 'RelatedPerson',
      id: crypto.randomUUID(),
      patient: { reference: `urn:uuid:${patient.id}` },
      relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'GUARD' }] }],
      identifier: [{ system: PERSONNUMMER, value: parent }],
      name: [{ family: 'Östergård', given: ['Bo'] }],
      telecom: [{ system: 'phone', value: '070-123 45 67' }],
      ...over,
    });
    const patient = patientOf(child);
    const aunt = { relationship: [{ text: 'moster' }], identifier: [{ system: PERSONNUMMER, value: madeUpNumber() }] };
    const bundle = bundleOf(patient, guardianOf(patient, aunt), guardianOf(patient), guardianOf(patient));
    expect(told(await look('patients', bundle))).toEqual(['new', 'new']);
    await take('patients', bundle);
    const guardian = await work((transaction) => findPatient(transaction, parent));
    expect(guardian).toMatchObject({ givenName: 'Bo', phone: '070-123 45 67' });
    expect(await work((transaction) => findPatient(transaction, child))).toMatchObject({ guardianId: guardian!.id });
    expect(await look('patients', bundle)).toMatchObject({ counts: { same: 2 }, token: null });
  });

  describe('of staff', () => {
    const hsa = () => `SE2321000016-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    const practitioner = (hsaId: string, over: Partial<Practitioner> = {}): Practitioner => ({
      resourceType: 'Practitioner',
      id: crypto.randomUUID(),
      identifier: [{ system: HSA, value: hsaId }],
      name: [{ family: 'Ny', given: ['Eva'] }],
      ...over,
    });
    const roleOf = (of: Practitioner, over: Partial<PractitionerRole>): PractitionerRole => ({
      resourceType: 'PractitionerRole',
      id: crypto.randomUUID(),
      practitioner: { reference: `urn:uuid:${of.id}` },
      ...over,
    });

    test('makes accounts by HSA-id with name and profession at the own unit, and says whose role is elsewhere', async () => {
      const [doctor, nurse, secretary, gone, unknown] = [hsa(), hsa(), hsa(), hsa(), hsa()];
      const [elin, eva] = [practitioner(doctor), practitioner(nurse)];
      const own = { display: 'Mottagningen' };
      const elsewhere: Organization = {
        resourceType: 'Organization',
        id: crypto.randomUUID(),
        identifier: [{ system: HSA, value: 'SE2321000016-ANNAN' }],
      };
      const coding = (code: string) => [{ system: 'http://terminology.hl7.org/CodeSystem/practitioner-role', code }];
      const bundle = bundleOf(
        elin,
        eva,
        elsewhere,
        roleOf(elin, { organization: own, code: [{ coding: coding('doctor') }] }),
        roleOf(elin, { organization: { reference: `urn:uuid:${elsewhere.id}` }, code: [{ coding: coding('doctor') }] }),
        roleOf(eva, { organization: own, code: [{ text: 'Distriktssköterska' }] }),
        practitioner(secretary, { qualification: [{ code: { text: 'Sekreterare' } }] }),
        practitioner(gone, { active: false }),
        practitioner(unknown, { qualification: [{ code: { text: 'Trollkarl' } }] }),
      );
      expect(told(await look('staff', bundle))).toEqual([
        'new',
        'Enhet: not_this_unit',
        'new',
        'new',
        'Roller: missing',
      ]);
      expect((await look('staff', bundle)).rows[2]!.what).toBe(`Eva Ny, ${nurse.toLowerCase()}, vårdpersonal`);
      await take('staff', bundle);
      const { rows } = await database.owner.query(
        'select hsa_id, username, profession, account_roles from staff where hsa_id = any ($1) order by profession',
        [[doctor, nurse, secretary, unknown]],
      );
      expect(rows).toEqual([
        {
          hsa_id: nurse,
          username: nurse.toLowerCase(),
          profession: 'distriktsskoterska',
          account_roles: ['clinician'],
        },
        { hsa_id: doctor, username: doctor.toLowerCase(), profession: 'lakare', account_roles: ['clinician'] },
        {
          hsa_id: secretary,
          username: secretary.toLowerCase(),
          profession: 'sekreterare',
          account_roles: ['administrator'],
        },
      ]);
      expect(told(await look('staff', bundle)).slice(2, 4)).toEqual(['same', 'same']);
    });

    test('knows an account by its HSA-id, and changes neither its user name nor its roles', async () => {
      const id = hsa();
      const account = `Användarnamn;Förnamn;Efternamn;Roller;HSA-id\n${crypto.randomUUID()};Eva;Ny;vård, admin;${id}`;
      await work((transaction) => takeIn(transaction, target('staff'), new TextEncoder().encode(account), NOW_MS));
      const bundle = bundleOf(practitioner(id, { qualification: [{ code: { text: 'Läkare' } }] }));
      const { rows } = await look('staff', bundle);
      expect(rows).toMatchObject([{ action: 'changed', changes: [{ column: 'Yrke', to: 'lakare' }] }]);
    });

    test('lines up with the calendar: people by their Schedule, rooms, services and interpreters', async () => {
      const id = hsa();
      const elin = practitioner(id, { qualification: [{ code: { text: 'Läkare' } }] });
      await take('staff', bundleOf(elin));
      const site = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'si' }] };
      const bundle = bundleOf(
        elin,
        { resourceType: 'Schedule', id: 's', actor: [{ reference: `urn:uuid:${elin.id}` }] },
        { resourceType: 'Schedule', id: 't', actor: [{ type: 'Practitioner', display: 'Okänd' }] },
        { resourceType: 'Location', id: 'r', name: 'Rum 8' },
        { resourceType: 'Location', id: 'h', name: 'Sjukhuset', physicalType: site },
        { resourceType: 'HealthcareService', id: 'l', name: 'Provtagningen', specialty: [{ text: 'Undersköterska' }] },
        { resourceType: 'HealthcareService', id: 'i', name: 'Tolk', communication: [{ coding: [{ code: 'so' }] }] },
        { resourceType: 'HealthcareService', id: 'n', name: 'Något' },
      );
      expect(told(await look('resources', bundle))).toEqual([
        'new',
        'Användarnamn: missing',
        'new',
        'new',
        'new',
        'Yrke: missing',
      ]);
      await take('resources', bundle);
      const { rows } = await database.owner.query(
        'select name, kind, role, language from resources where unit_id = $1',
        [clinic.unitId],
      );
      expect(rows).toEqual(
        expect.arrayContaining([
          { name: 'Eva Ny', kind: 'person', role: 'lakare', language: null },
          { name: 'Provtagningen', kind: 'role', role: 'underskoterska', language: null },
          { name: 'Rum 8', kind: 'room', role: null, language: null },
          { name: 'Tolk', kind: 'interpreter', role: null, language: 'so' },
        ]),
      );
      expect((await look('resources', bundle)).counts.same).toBe(4);
    });
  });

  test('of our own is all there already', async () => {
    await work((transaction) => bookHour(transaction, clinic, calendar, '2026-04-14T08:00:00Z'));
    await work(async (transaction) => {
      const elder = {
        personalNumber: '189901019803',
        personalNumberKind: 'personnummer',
        birthDate: '1899-01-01',
      } as const;
      const names = { unitId: clinic.unitId, givenName: 'Bo', familyName: 'Prov' };
      const { id: guardianId } = await createPatient(transaction, { ...elder, ...names });
      await changePatient(transaction, clinic.patientId, 1, { guardianId });
    });
    const bundle = await work(async (transaction) => {
      const all = { filters: [], limit: 100 };
      const { records } = await findRecords(transaction, 'appointments', all);
      const patient = await patientById(transaction, clinic.patientId);
      const guardians = (await findRecords(transaction, 'guardians', all)).records.map(toRelatedPerson);
      const included = [toPatient({ ...patient, patientId: patient.id }), ...guardians];
      const matches = records.map(toAppointment);
      return searchset({
        baseUrl: 'https://klinik.test/fhir',
        matches,
        included,
        total: 1,
        self: 'https://klinik.test',
      });
    });
    expect(told(await look('patients', bundle))).toEqual(['same', 'same']);
    expect(told(await look('bookings', bundle))).toEqual(['same']);
  });

  test('that is none, or holds what R4 does not know so, is refused with the place', async () => {
    const problemOf = async (file: object) => (await look('patients', file)).problem;
    expect(await problemOf({ resourceType: 'Patient' })).toEqual({ kind: 'unreadable', line: null });
    expect(await problemOf({ resourceType: 'Bundle', type: 'history' })).toEqual({ kind: 'unreadable', line: null });
    expect(await problemOf(bundleOf())).toEqual({ kind: 'no_rows' });
    const broken = { ...patientOf('1'), name: 'Åsa' };
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: patientOf('2') }, { resource: broken }],
    };
    expect(await problemOf(bundle)).toEqual({ kind: 'unreadable', line: 2 });
    const rooms = bundleOf({ resourceType: 'Location', id: 'r', name: 'Rum 7' });
    expect(await problemOf(rooms)).toEqual({ kind: 'no_rows' });
    expect(told(await look('resources', rooms))).toEqual(['new']);
    const doctor: FhirResource = { resourceType: 'Practitioner', id: 'p', name: [{ family: 'Lind', given: ['Elin'] }] };
    expect(told(await look('staff', bundleOf(doctor)))).toEqual(['Användarnamn: missing, Roller: missing']);
  });
});

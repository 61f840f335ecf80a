import type { Appointment, Bundle, FhirResource, Patient } from 'fhir/r4.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportKind } from '../../src/contracts/exchange-api.ts';
import { searchset } from '../../src/fhir/bundle.ts';
import { toAppointment } from '../../src/fhir/resources/appointment.ts';
import { toPatient } from '../../src/fhir/resources/patient.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { findRecords } from '../../src/storage/repositories/fhir-records.ts';
import { findPatient, patientById } from '../../src/storage/repositories/patients.ts';
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

  test('of our own is all there already', async () => {
    await work((transaction) => bookHour(transaction, clinic, calendar, '2026-04-14T08:00:00Z'));
    const bundle = await work(async (transaction) => {
      const all = { filters: [], limit: 100 };
      const { records } = await findRecords(transaction, 'appointments', all);
      const patient = await patientById(transaction, clinic.patientId);
      const included = [toPatient({ ...patient, patientId: patient.id })];
      const matches = records.map(toAppointment);
      return searchset({
        baseUrl: 'https://klinik.test/fhir',
        matches,
        included,
        total: 1,
        self: 'https://klinik.test',
      });
    });
    expect(told(await look('patients', bundle))).toEqual(['same']);
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
    expect((await look('staff', bundleOf(doctor))).problem).toMatchObject({ kind: 'missing_columns' });
  });
});

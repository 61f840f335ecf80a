import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppointmentList } from '../../src/contracts/appointments-api.ts';
import {
  ClosureList,
  PeopleWithoutCalendar,
  ResourceView,
  SlotTemplateList,
  SlotTemplateView,
  VisitTypeView,
} from '../../src/contracts/calendar-api.ts';
import { changeAppointment } from '../../src/storage/repositories/appointments.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, plantCalendar } from '../storage/planted-calendar.ts';
import { runApp } from './running-app.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let app: FastifyInstance;
let administrator: SignedInHeaders;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  ({ app } = await runApp({ clinic: { storage: database.storage } }));
  administrator = await signedInAs(database.storage, clinic.administrator.id);
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function ask(
  method: Method,
  url: string,
  { body, version, as = administrator }: { body?: object; version?: number; as?: SignedInHeaders } = {},
) {
  const headers = { ...as, ...(version !== undefined && { 'if-match': `"${version}"` }) };
  const answer = await app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

const monday = { weekday: 1, fromMinute: 480, untilMinute: 720, slotMinutes: 30, validFrom: '2026-01-01' };

async function madeResource(body: object = {}) {
  const resource = {
    unitId: clinic.unitId,
    kind: 'person',
    name: 'Elin Lind',
    staffId: clinic.doctor.id,
    role: 'lakare',
    ...body,
  };
  return ask('POST', '/api/resources', { body: resource });
}

const NAME_IN_USE = { code: 'REQUEST_INVALID', detail: expect.stringContaining('"name"') };
const ROOM = { kind: 'room', staffId: null, role: null };

describe('a resource', () => {
  test('is made, renamed and put away, each in the version that was seen', async () => {
    const made = ResourceView.parse((await madeResource()).body);
    expect(made).toMatchObject({ kind: 'person', active: true, version: 1 });
    const url = `/api/resources/${made.id}`;
    const renamed = await ask('PUT', url, { body: { name: 'Dr Lind', role: 'lakare' }, version: 1 });
    expect(renamed.body).toMatchObject({ name: 'Dr Lind', role: 'lakare', active: true, version: 2 });
    const away = { name: 'Dr Lind', role: 'lakare', active: false };
    expect((await ask('PUT', url, { body: away, version: 1 })).status).toBe(412);
    expect((await ask('PUT', url, { body: away, version: 2 })).body).toMatchObject({ active: false });
  });

  test('is one a person and unit, and of somebody who works there', async () => {
    await madeResource();
    expect((await madeResource({ name: 'Dr Lind' })).body).toMatchObject({ status: 409, code: 'CONFLICT' });
    const elsewhere = await plantClinic(database.storage, 'Annan');
    expect((await madeResource({ staffId: elsewhere.doctor.id })).body).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await madeResource({ unitId: elsewhere.unitId, staffId: null, kind: 'room' })).body).toMatchObject({
      status: 403,
      code: 'UNIT_NOT_ALLOWED',
    });
    expect((await madeResource({ kind: 'room' })).body).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  test('has a name of its own as long as it is in use', async () => {
    const room = ResourceView.parse((await madeResource({ ...ROOM, name: 'Rum 1' })).body);
    expect((await madeResource({ ...ROOM, name: 'rum 1' })).body).toMatchObject(NAME_IN_USE);
    const away = { name: 'Rum 1', role: null, active: false };
    await ask('PUT', `/api/resources/${room.id}`, { body: away, version: 1 });
    expect((await madeResource({ ...ROOM, name: 'Rum 1' })).status).toBe(201);
    const back = await ask('PUT', `/api/resources/${room.id}`, { body: { ...away, active: true }, version: 2 });
    expect(back.body).toMatchObject(NAME_IN_USE);
  });

  test('can be had by whoever works at the unit and has none, the one who asks too', async () => {
    const url = `/api/resources/people?unit=${clinic.unitId}`;
    const people = async () => PeopleWithoutCalendar.parse((await ask('GET', url)).body).items.map(({ id }) => id);
    expect((await people()).sort()).toEqual([clinic.doctor.id, clinic.administrator.id].sort());
    await madeResource();
    expect(await people()).toEqual([clinic.administrator.id]);
    const elsewhere = await plantClinic(database.storage, 'Annan');
    expect((await ask('GET', `/api/resources/people?unit=${elsewhere.unitId}`)).status).toBe(404);
  });

  test('is set up by administrators, and read by whoever books', async () => {
    const doctor = await signedInAs(database.storage, clinic.doctor.id);
    const list = `/api/resources?unit=${clinic.unitId}`;
    expect((await ask('GET', list, { as: doctor })).body).toEqual({ items: [] });
    const body = { unitId: clinic.unitId, kind: 'room', name: 'Rum 1' };
    expect((await ask('POST', '/api/resources', { body, as: doctor })).body).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    });
  });
});

test('a visit type names rooms and equipment of its unit, each as what it is', async () => {
  const room = ResourceView.parse(
    (await madeResource({ kind: 'room', name: 'Rum 1', staffId: null, role: null })).body,
  );
  const body = { unitId: clinic.unitId, name: 'Återbesök', type: 'aterbesok', durationMinutes: 30, roomIds: [room.id] };
  const made = VisitTypeView.parse((await ask('POST', '/api/visit-types', { body })).body);
  expect(made.roomIds).toEqual([room.id]);
  const wrong = { ...body, name: 'EKG', roomIds: [], equipmentIds: [room.id] };
  expect((await ask('POST', '/api/visit-types', { body: wrong })).body).toMatchObject({ code: 'CONFLICT' });
  const { unitId: _, ...changes } = { ...body, durationMinutes: 45, active: false };
  const changed = await ask('PUT', `/api/visit-types/${made.id}`, { body: changes, version: 1 });
  expect(changed.body).toMatchObject({ durationMinutes: 45, active: false, version: 2 });
});

test('a visit type says what patients read and do, and has a name of its own while it is in use', async () => {
  const body = { unitId: clinic.unitId, name: 'Gynkontroll', type: 'aterbesok', durationMinutes: 30 };
  const made = VisitTypeView.parse((await ask('POST', '/api/visit-types', { body })).body);
  expect(made).toMatchObject({ publicName: null, patientsBook: true, patientsRebook: true });
  const { unitId: _, ...fields } = body;
  const url = `/api/visit-types/${made.id}`;
  const closed = { ...fields, publicName: 'Besök', patientsBook: false, patientsRebook: false };
  expect((await ask('PUT', url, { body: closed, version: 1 })).body).toMatchObject({ ...closed, version: 2 });
  const again = { ...body, name: 'gynkontroll' };
  expect((await ask('POST', '/api/visit-types', { body: again })).body).toMatchObject({
    ...NAME_IN_USE,
  });
  await ask('PUT', url, { body: { ...closed, active: false }, version: 2 });
  expect((await ask('POST', '/api/visit-types', { body: again })).status).toBe(201);
});

test('a patient’s visits are told of, those that were cancelled too, and no other unit’s', async () => {
  const calendar = await plantCalendar(database.storage, clinic);
  const inAWeek = new Date((Math.floor(Date.now() / 3_600_000) + 7 * 24) * 3_600_000).toISOString();
  await database.storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
    const visit = await bookHour(transaction, clinic, calendar, inAWeek);
    await changeAppointment(transaction, visit, { state: 'cancelled', cancelReason: 'clinic' });
    await bookHour(transaction, clinic, calendar, inAWeek);
  });
  const url = `/api/patients/${clinic.patientId}/appointments`;
  const found = AppointmentList.parse((await ask('GET', url)).body);
  expect(found.items.map(({ state }) => state).sort()).toEqual(['booked', 'cancelled']);
  const elsewhere = await plantClinic(database.storage, 'Annan');
  const stranger = await signedInAs(database.storage, elsewhere.administrator.id);
  expect(await ask('GET', url, { as: stranger })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

test('a template is made, changed and removed; one without room for a time is refused', async () => {
  const { id: resourceId } = ResourceView.parse((await madeResource()).body);
  const body = { unitId: clinic.unitId, resourceId, ...monday };
  const made = SlotTemplateView.parse((await ask('POST', '/api/slot-templates', { body })).body);
  expect(made).toMatchObject({ everyWeeks: 1, onFreeDays: false, onBridgeDays: true, lentUntilDays: null });
  const url = `/api/slot-templates/${made.id}`;
  const changed = await ask('PUT', url, { body: { ...monday, lentUntilDays: 14 }, version: 1 });
  expect(changed.body).toMatchObject({ lentUntilDays: 14, version: 2 });
  const tooShort = { ...monday, untilMinute: 500 };
  expect((await ask('PUT', url, { body: tooShort, version: 2 })).body).toMatchObject({ code: 'REQUEST_INVALID' });
  expect((await ask('DELETE', url, { version: 1 })).status).toBe(412);
  expect((await ask('DELETE', url, { version: 2 })).status).toBe(204);
  const list = await ask('GET', `/api/slot-templates?unit=${clinic.unitId}`);
  expect(SlotTemplateList.parse(list.body).items).toEqual([]);
});

test('who shuts a resource is told how much is booked meanwhile, which stays', async () => {
  const calendar = await plantCalendar(database.storage, clinic);
  await database.storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    bookHour(transaction, clinic, calendar, '2027-04-20T07:00:00Z'),
  );
  const week = { unitId: clinic.unitId, firstDay: '2027-04-19', lastDay: '2027-04-23', reason: 'Semester' };
  const shut = await ask('POST', '/api/closures', { body: { ...week, resourceId: calendar.doctorId } });
  expect(shut.body).toMatchObject({ bookedMeanwhile: 1 });
  const lab = await ask('POST', '/api/closures', { body: { ...week, resourceId: calendar.labId } });
  expect(lab.body).toMatchObject({ bookedMeanwhile: 0 });
  const list = await ask('GET', `/api/closures?unit=${clinic.unitId}&from=2027-04-23&to=2027-05-01`);
  expect(ClosureList.parse(list.body).items).toHaveLength(2);
  const { id, version } = shut.body;
  expect((await ask('DELETE', `/api/closures/${id}`, { version })).status).toBe(204);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MadeAnswerCode, NamedContacts } from '../../src/contracts/patient-plan.ts';
import { patientClient } from '../patient-page/patient-client.ts';
import { BIRTH_DATE, type PlantedTimes, plantTimes } from '../patient-page/planted-times.ts';
import { PUBLIC_URL, runApp } from '../server/running-app.ts';
import { type SignedInHeaders, signedInAs } from '../server/signed-in.ts';
import { plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

let database: TestDatabase;
let planted: PlantedTimes;
let url: string;
let headers: SignedInHeaders;
beforeEach(async () => {
  database = await cluster.fresh();
  planted = await plantTimes(database.storage);
  ({ url } = await runApp({ clinic: { storage: database.storage } }));
  headers = await signedInAs(database.storage, planted.clinic.administrator.id);
});

async function ask(method: string, path: string, body?: object) {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

test('staff name a patient’s contact at the unit, another one, and none', async () => {
  const { patientId, unitId, doctor, administrator } = planted.clinic;
  const path = `/api/patients/${patientId}/named-contacts`;
  const put = async (staffId: string, phone: string | null) =>
    NamedContacts.parse((await ask('PUT', path, { unitId, staffId, phone })).body).items;
  expect(await put(doctor.id, null)).toMatchObject([{ name: 'Test Lind', phone: '010-123 45 67' }]);
  expect(await put(administrator.id, '010-765')).toMatchObject([{ name: 'Test Öberg', phone: '010-765' }]);
  expect((await ask('DELETE', `${path}/${unitId}`)).body).toMatchObject({ items: [] });
});

test('a contact is of the unit, and the patient of one’s own', async () => {
  const elsewhere = await plantClinic(database.storage, 'Annan');
  const { unitId, doctor } = planted.clinic;
  const put = (patientId: string, staffId: string) =>
    ask('PUT', `/api/patients/${patientId}/named-contacts`, { unitId, staffId, phone: null });
  expect((await put(planted.clinic.patientId, elsewhere.doctor.id)).body).toMatchObject({ code: 'REQUEST_INVALID' });
  expect((await put(elsewhere.patientId, doctor.id)).body).toMatchObject({ code: 'NOT_FOUND' });
});

test('who has called gets a code that opens the page; the letter’s own holds on, or no more where it is astray', async () => {
  const path = `/api/tasks/${planted.taskIds[0]}/answer-code`;
  const made = MadeAnswerCode.parse((await ask('POST', path, {})).body);
  expect(made.address).toBe(`${PUBLIC_URL}/min-tid`);
  const open = async (kod: string) =>
    (await patientClient(url).post('/min-tid/in', { kod, fodelsedatum: BIRTH_DATE })).status;
  expect([await open(made.code), await open(planted.code)]).toEqual([303, 303]);
  const last = MadeAnswerCode.parse((await ask('POST', path, { endsEarlier: true })).body);
  expect([await open(last.code), await open(made.code), await open(planted.code)]).toEqual([303, 401, 401]);
  const { rows } = await database.owner.query(
    "select actor_id from audit_events where object_kind = 'answer_codes' and action = 'create' and actor_kind = 'staff'",
  );
  expect(rows.slice(-2)).toEqual(Array(2).fill({ actor_id: planted.clinic.administrator.id }));
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountRole } from '../../src/contracts/clinic.ts';
import { ImportCounts, ImportPreview } from '../../src/contracts/exchange-api.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { type Clinic, madeUpNumber, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let server: RunningApp<ScriptedTranscriber>;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  server = await runApp({ clinic: { storage: database.storage } });
});

async function send(url: string, file: string, staffId = clinic.administrator.id, type = 'text/csv') {
  const headers = { ...(await signedInAs(database.storage, staffId)), 'content-type': type };
  return server.app.inject({ method: 'POST', url, headers, payload: Buffer.from(file) });
}

async function account(role: AccountRole): Promise<string> {
  const person = { username: crypto.randomUUID(), givenName: 'N', familyName: 'N', accountRoles: [role] };
  return (await createStaff(database.storage.plain, person, [clinic.unitId])).id;
}

const target = (kind: string, unit = clinic.unitId) => `kind=${kind}&unit=${unit}`;
const patients = (name: string) => `Personnummer;Förnamn;Efternamn\r\n${madeUpNumber()};${name};Ek\r\n`;

test('a file is previewed, taken in as it was seen, and refused once it is another', async () => {
  const file = patients('Åsa');
  const preview = ImportPreview.parse((await send(`/api/imports/preview?${target('patients')}`, file)).json());
  expect(preview).toMatchObject({ counts: { new: 1 }, encoding: 'utf-8' });
  const url = `/api/imports?${target('patients')}&token=${preview.token}`;
  expect((await send(url, patients('Bo'))).json()).toMatchObject({ status: 409, code: 'CONFLICT' });
  expect(ImportCounts.parse((await send(url, file)).json())).toMatchObject({ new: 1 });
  expect((await send(url, file)).json()).toMatchObject({ status: 409, code: 'CONFLICT' });
});

test('staff come in through operators, and everything through units of one’s own', async () => {
  const file = 'Användarnamn;Förnamn;Efternamn;Roller\nny.person;Eva;Ny;vård\n';
  const url = `/api/imports/preview?${target('staff')}`;
  expect((await send(url, file)).json()).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
  expect((await send(url, file, await account('operator'))).json()).toMatchObject({ counts: { new: 1 } });
  expect((await send(url, file, clinic.doctor.id)).json()).toMatchObject({ status: 403 });
  const elsewhere = await plantClinic(database.storage, 'Annan');
  const theirs = `/api/imports/preview?${target('patients', elsewhere.unitId)}`;
  expect((await send(theirs, patients('Åsa'))).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});

test('what is no file, or too large a one, is refused', async () => {
  const url = `/api/imports/preview?${target('patients')}`;
  expect((await send(url, '{"a": 1}', undefined, 'application/json')).json()).toMatchObject({
    code: 'REQUEST_INVALID',
  });
  expect((await send(url, '')).json()).toMatchObject({ status: 400 });
  expect((await send(url, 'x'.repeat(8 * 1024 * 1024 + 1))).json()).toMatchObject({ status: 413 });
  expect((await send(url, 'Efternamn\nEk\n')).json()).toMatchObject({
    problem: { kind: 'missing_columns', columns: ['Personnummer', 'Förnamn'] },
  });
});

test('a template of each kind is a file for spreadsheets', async () => {
  const headers = await signedInAs(database.storage, clinic.administrator.id);
  const answer = await server.app.inject({ url: '/api/imports/template?kind=bookings', headers: { ...headers } });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="bokningar.csv"',
  });
  expect(answer.body).toBe('\uFEFFPersonnummer;Datum;Tid;Minuter;Besökstyp;Hos;Rum;Utrustning;Tolk\r\n');
});

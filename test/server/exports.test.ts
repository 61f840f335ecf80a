import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ExportView } from '../../src/contracts/export-api.ts';
import { exportedRows } from '../../src/exchange/export-rows.ts';
import { createExport, exportById } from '../../src/storage/repositories/exports.ts';
import { createPatient, patientById } from '../../src/storage/repositories/patients.ts';
import { createStaff, staffActor } from '../../src/storage/repositories/staff.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { type LetterClinic, plantBooked, plantLetterClinic, sendLetter } from '../delivery/planted-letter.ts';
import { madeUpNumber } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { signedInAs } from './signed-in.ts';

const REASON = 'Patienten har begärt registerutdrag';

let cluster: TestCluster;
let database: TestDatabase;
let planted: LetterClinic;
let operatorId: string;
let server: RunningApp<ScriptedTranscriber>;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  planted = await plantLetterClinic(database.storage);
  operatorId = await operator();
  server = await runApp({ clinic: { storage: database.storage } });
});

async function operator(): Promise<string> {
  const person = { username: crypto.randomUUID(), givenName: 'Dana', familyName: 'Drift', passwordHash: 'geheim' };
  const account = { ...person, accountRoles: ['operator' as const] };
  return (await createStaff(database.storage.plain, account, [planted.clinic.unitId])).id;
}

async function request(method: 'GET' | 'POST', url: string, payload?: object, staffId = operatorId) {
  const headers = { ...(await signedInAs(database.storage, staffId)) };
  return server.app.inject({ method, url, headers, ...(payload && { payload }) });
}

const ask = (asked: object) =>
  request('POST', '/api/exports', { unit: planted.clinic.unitId, reason: REASON, ...asked });

async function fetched(asked: object) {
  const { id } = ExportView.parse((await ask(asked)).json());
  return request('GET', `/api/exports/${id}/file`);
}

async function patientNumber(): Promise<string> {
  return asAdministrator(
    database.storage,
    planted.clinic,
    async (transaction) => (await patientById(transaction, planted.clinic.patientId)).personalNumber,
  );
}

const logged = async () =>
  (
    await database.owner.query<{ patient_ids: string[] }>(
      "select patient_ids from audit_events where action = 'export' and object_kind = 'exports'",
    )
  ).rows.map(({ patient_ids }) => patient_ids);

test('all that a unit owns goes out, a row a line, without what opens doors, and each patient is a line in the log', async () => {
  const task = await plantBooked(database.storage, planted);
  const { contents } = await sendLetter(database.storage, planted, task);
  const { body } = await fetched({ format: 'ndjson' });
  const rows = body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; row: Record<string, unknown> });
  const kinds = new Set(rows.map(({ kind }) => kind));
  for (const kind of [
    'units',
    'staff',
    'resources',
    'slot_templates',
    'patients',
    'note_versions',
    'appointments',
    'letters',
  ]) {
    expect(kinds).toContain(kind);
  }
  expect(body).not.toContain('geheim');
  expect(body).not.toContain(contents.answer!.code);
  expect(await logged()).toEqual([[planted.clinic.patientId]]);
  const { rows: exports } = await database.owner.query('select reason, row_count, finished_at from exports');
  expect(exports).toEqual([{ reason: REASON, row_count: rows.length, finished_at: expect.any(Date) }]);
});

test('is asked for with a reason, by operators, and fetched once by who asked', async () => {
  const { unitId: unit, administrator } = planted.clinic;
  expect((await ask({ format: 'ndjson', reason: 'för att' })).json()).toMatchObject({ code: 'REQUEST_INVALID' });
  const asked = { unit, format: 'ndjson', reason: REASON };
  expect((await request('POST', '/api/exports', asked, administrator.id)).statusCode).toBe(403);
  expect((await ask({ format: 'csv', kind: 'sessions' })).json()).toMatchObject({ code: 'REQUEST_INVALID' });
  expect((await ask({ format: 'json', personalNumber: madeUpNumber() })).json()).toMatchObject({ code: 'NOT_FOUND' });
  const { id } = ExportView.parse((await ask({ format: 'ndjson' })).json());
  const url = `/api/exports/${id}/file`;
  expect((await request('GET', url, undefined, await operator())).statusCode).toBe(404);
  const both = await Promise.all([request('GET', url), request('GET', url)]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
});

test('a patient’s extract has that patient alone, to read or for a program', async () => {
  const { storage } = database;
  await plantBooked(storage, planted);
  await asAdministrator(storage, planted.clinic, (transaction) =>
    createPatient(transaction, {
      unitId: planted.clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Någon',
      familyName: '<Annan>',
    }),
  );
  const personalNumber = await patientNumber();
  const whole = (await fetched({ format: 'json', personalNumber })).json() as Record<string, { id: string }[]>;
  expect(whole.patients!.map(({ id }) => id)).toEqual([planted.clinic.patientId]);
  expect(whole.appointments).toHaveLength(1);
  expect(whole).not.toHaveProperty('staff');
  const html = await fetched({ format: 'html', personalNumber });
  expect(html.headers).toMatchObject({ 'content-disposition': expect.stringMatching(/^attachment; .*registerutdrag/) });
  expect(html.body).toContain('<h2>Bokade tider</h2>');
  expect(html.body).not.toContain('Annan');
});

test('a kind of rows is a table for spreadsheets, in which nothing is a formula', async () => {
  await asAdministrator(database.storage, planted.clinic, (transaction) =>
    transaction.plain.updateTable('units').set({ address: '=1+1' }).execute(),
  );
  const { body } = await fetched({ format: 'csv', kind: 'units' });
  const [headings, row] = body.slice(1).split('\r\n');
  expect(headings!.split(';')).toContain('address');
  expect(row).toContain("'=1+1");
});

test('patients are read as somebody takes them, twenty at a time', async () => {
  const { storage } = database;
  await asAdministrator(storage, planted.clinic, async (transaction) => {
    for (let count = 0; count < 49; count++) {
      await createPatient(transaction, {
        unitId: planted.clinic.unitId,
        personalNumber: madeUpNumber(),
        personalNumberKind: 'personnummer',
        givenName: 'Bo',
        familyName: 'Många',
      });
    }
  });
  const actor = (await staffActor(storage.plain, operatorId))!;
  const context = { purpose: 'operation', requestId: 'export' } as const;
  const { unitId } = planted.clinic;
  const asked = await storage.withAudit(actor, context, async (transaction) => {
    const id = await createExport(transaction, {
      unitId,
      format: 'csv',
      kind: 'patients',
      reason: REASON,
      askedBy: actor.id,
    });
    return exportById(transaction, id);
  });
  const rows = exportedRows({ storage, actor, context }, asked, Date.now());
  await rows.next();
  expect(await logged()).toHaveLength(20);
  let left = 0;
  for await (const _ of rows) left += 1;
  expect(left).toBe(49);
  expect(new Set((await logged()).flat()).size).toBe(50);
});

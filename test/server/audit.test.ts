import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { AuditPage, FoundPatients, PatientIdentity } from '../../src/contracts/access-api-log.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { createStaff, createUnit, setStaffUnits } from '../../src/storage/repositories/staff.ts';
import { type Clinic, CONTEXT, madeUpNumber, plantClinic, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let operatorId: string;
let operator: SignedInHeaders;
let server: RunningApp<ScriptedTranscriber>;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  clinic = await plantClinic(storage);
  const person = { username: 'drift', givenName: 'Dana', familyName: 'Drift', accountRoles: ['operator' as const] };
  operatorId = (await createStaff(storage.plain, person, [clinic.unitId])).id;
  operator = await signedInAs(storage, operatorId);
  server = await runApp({ clinic: { storage } });
});

async function ask<Answer extends z.ZodType>(url: string, answers: Answer): Promise<z.output<Answer>> {
  const answer = await server.app.inject({ url, headers: { ...operator } });
  expect(answer.statusCode, answer.body).toBe(200);
  return answers.parse(answer.json());
}

const log = (query = '') => ask(`/api/patients/${clinic.patientId}/log?${query}`, AuditPage);

describe("a patient's log", () => {
  test('says who did what, when, at which unit and why, and that one has looked', async () => {
    await plantTask(database.storage, clinic);
    const { items } = await log();
    expect(items.at(-1)).toMatchObject({
      actorName: 'Test Lind',
      action: 'create',
      objectKind: 'patients',
      unitName: 'Mottagningen',
      purpose: 'care',
    });
    expect(items.some(({ objectKind, actorKind }) => objectKind === 'admin_tasks' && actorKind === 'system')).toBe(
      true,
    );
    const looked = (await log('limit=1')).items[0]!;
    expect(looked).toMatchObject({
      actorId: operatorId,
      actorName: 'Dana Drift',
      action: 'read',
      objectKind: 'audit_events',
      purpose: 'follow-up',
    });
    expect(Date.now() - looked.at.getTime()).toBeLessThan(60_000);
  });

  test('names the unit that a row is of, also for staff of several units', async () => {
    const { task } = await plantTask(database.storage, clinic);
    const { id: elsewhere } = await createUnit(database.storage.plain, { name: 'Den andra' });
    await setStaffUnits(database.storage.plain, clinic.administrator.id, [clinic.unitId, elsewhere]);
    const headers = { ...(await signedInAs(database.storage, clinic.administrator.id)) };
    expect((await server.app.inject({ url: `/api/tasks/${task.id}`, headers })).statusCode).toBe(200);
    const read = (await log()).items.filter(({ actorId }) => actorId === clinic.administrator.id);
    expect(read.map(({ action, objectKind, unitName }) => [action, objectKind, unitName])).toContainEqual([
      'read',
      'admin_tasks',
      'Mottagningen',
    ]);
  });

  test('is read in pages that neither repeat nor leave out a line', async () => {
    await plantTask(database.storage, clinic);
    const before = (await log('limit=200')).items.map(({ id }) => id);
    const read: number[] = [];
    let after: string | null = String(before[0]! + 1);
    while (after !== null) {
      const page: z.output<typeof AuditPage> = await log(`limit=3&after=${after}`);
      read.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect(read).toEqual(before);
  });

  test('is of the days that are asked for, as they are in Stockholm', async () => {
    const { owner } = database;
    await owner.query('alter table audit_events disable trigger append_only');
    await owner.query(`update audit_events set at = '2026-03-09T23:30:00Z'`);
    const days = async (from: string, to: string) => (await log(`from=${from}&to=${to}`)).items.length;
    expect(await days('2026-03-10', '2026-03-10')).toBeGreaterThan(0);
    expect(await days('2026-03-01', '2026-03-09')).toBe(0);
    expect(await days('2026-03-11', '2026-03-20')).toBe(0);
  });

  test.each(['limit=0', 'limit=201', 'after=x', 'from=2026-02-30', 'to=igår'])(
    'is not asked for with %s',
    async (query) => {
      const url = `/api/patients/${clinic.patientId}/log?${query}`;
      const answer = await server.app.inject({ url, headers: { ...operator } });
      expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    },
  );
});

describe('a search for patients', () => {
  const search = async (text: string) =>
    (await ask(`/api/patients?search=${encodeURIComponent(text)}`, FoundPatients)).items;

  async function plant(familyName: string, protectedIdentity: boolean): Promise<string> {
    const personalNumber = madeUpNumber();
    await database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
      createPatient(transaction, {
        unitId: clinic.unitId,
        personalNumber,
        personalNumberKind: 'personnummer',
        givenName: 'Örjan',
        familyName,
        protectedIdentity,
      }),
    );
    return personalNumber;
  }

  test('finds names and numbers, without the last four digits, and logs whom it showed', async () => {
    const number = await plant('Zetterlund', false);
    const [found] = await search('zet');
    expect(found).toMatchObject({ name: 'Örjan Zetterlund', numberBegins: number.slice(0, 8) });
    expect(await search(number.slice(0, 8))).toEqual([found]);
    const { rows } = await database.owner.query(
      `select actor_id, purpose from audit_events where action = 'search' and $1 = any (patient_ids)`,
      [found!.id],
    );
    expect(rows).toEqual(Array(2).fill({ actor_id: operatorId, purpose: 'follow-up' }));
    expect(server.logLines.join('')).not.toContain('zet');
  });

  test('shows nothing of a protected identity until it is opened, which is logged', async () => {
    const number = await plant('Zetterlund', true);
    const [found] = await search('zet');
    expect(found).toEqual({ id: found!.id, protectedIdentity: true, name: null, numberBegins: null });
    const identity = await ask(`/api/patients/${found!.id}`, PatientIdentity);
    expect(identity).toMatchObject({
      name: 'Örjan Zetterlund',
      personalNumber: `${number.slice(0, 8)}-${number.slice(8)}`,
    });
    const { items } = await ask(`/api/patients/${found!.id}/log`, AuditPage);
    expect(items.find(({ objectKind, action }) => objectKind === 'patients' && action === 'read')).toMatchObject({
      actorId: operatorId,
      objectKind: 'patients',
    });
  });

  test('of one letter is refused', async () => {
    const answer = await server.app.inject({ url: '/api/patients?search=z', headers: { ...operator } });
    expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UnitSettings } from '../../src/contracts/access-api-units.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
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
  const account = { username: 'drift', givenName: 'Dag', familyName: 'Drift', accountRoles: ['operator' as const] };
  operator = await signedInAs(storage, (await createStaff(storage.plain, account, [clinic.unitId])).id);
  server = await runApp({ clinic: { storage } });
});

async function read(id = clinic.unitId) {
  return server.app.inject({ url: `/api/units/${id}`, headers: { ...operator } });
}

async function settings(): Promise<UnitSettings> {
  return UnitSettings.parse((await read()).json());
}

/** Sets what is told; the rest as it is. */
async function set(changes: Partial<UnitSettings>, atVersion?: number) {
  const { id, version, demo: _, ...before } = await settings();
  const headers = { ...operator, 'if-match': `"${atVersion ?? version}"` };
  return server.app.inject({ method: 'PUT', url: `/api/units/${id}`, headers, payload: { ...before, ...changes } });
}

describe('the settings of a unit', () => {
  test('begin with a day, three and five, and without a deputy', async () => {
    expect(await settings()).toMatchObject({
      name: 'Mottagningen',
      deputyId: null,
      remindAfterHours: 24,
      passOnAfterHours: 72,
      leftAfterHours: 120,
      defaults: null,
    });
  });

  test('are set together, in the version that was seen, and that is logged', async () => {
    const defaults = { labOffset: '-P3D', resultOffset: 'P2W', visitMinutes: { aterbesok: 20 } };
    const changed = await set({ deputyId: clinic.doctor.id, remindAfterHours: 8, phone: '08-1', defaults });
    expect(changed.json()).toMatchObject({ deputyId: clinic.doctor.id, remindAfterHours: 8, phone: '08-1', defaults });
    expect(changed.headers.etag).toBe('"2"');
    expect(await settings()).toMatchObject({ version: 2, defaults });
    expect((await set({ name: 'Ny' }, 1)).statusCode).toBe(412);
    const { rows } = await database.owner.query(
      `select action from audit_events where object_kind = 'units' and object_id = $1`,
      [clinic.unitId],
    );
    expect(rows).toEqual([{ action: 'account-changed' }]);
  });

  test.each([
    ['passed on before they are reminded of', { remindAfterHours: 73 }, 'passOnAfterHours'],
    ['shown to all before they are passed on', { passOnAfterHours: 121 }, 'leftAfterHours'],
    ['never', { leftAfterHours: 24 * 366 }, 'leftAfterHours'],
  ])('do not let things be %s', async (_when, changes, param) => {
    const refused = await set(changes);
    expect(refused.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(refused.json().detail).toContain(param);
  });

  test('have a deputy who may sign there: a clinician of the unit whose account is open', async () => {
    const elsewhere = await plantClinic(database.storage, 'Deras');
    for (const { id } of [clinic.administrator, elsewhere.doctor]) {
      expect((await set({ deputyId: id })).json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    }
    await database.owner.query('update staff set active = false where id = $1', [clinic.doctor.id]);
    expect((await set({ deputyId: clinic.doctor.id })).statusCode).toBe(400);
  });

  test('of a unit that others manage do not exist', async () => {
    const elsewhere = await plantClinic(database.storage, 'Deras');
    expect((await read(elsewhere.unitId)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

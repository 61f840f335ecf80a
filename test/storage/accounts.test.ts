import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptApiKey, createApiKey, listApiKeys, revokeApiKey } from '../../src/storage/repositories/api-keys.ts';
import { createEncounter, listEncounters, moveEncounter } from '../../src/storage/repositories/encounters.ts';
import {
  createSession,
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  findSession,
  touchSession,
} from '../../src/storage/repositories/sessions.ts';
import {
  changeStaff,
  createStaff,
  findStaffByUsername,
  listStaff,
  staffActor,
} from '../../src/storage/repositories/staff.ts';
import { addUtterance, listUtterances } from '../../src/storage/repositories/utterances.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Clinic, CONTEXT, plantClinic, plantDraft } from './clinic.ts';
import { startTestCluster, type TestCluster } from './database.ts';

const NOW = new Date('2026-03-10T08:00:00Z');
const LATER = new Date('2026-03-10T16:00:00Z');

let cluster: TestCluster;
let storage: Storage;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  storage = (await cluster.fresh()).storage;
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

const hash = () => randomBytes(32);

test('an account is found by its user name in any case, and is an actor with its roles and units', async () => {
  const { plain } = storage;
  const made = await createStaff(
    plain,
    { username: 'ek', givenName: 'Eva', familyName: 'Ek', accountRoles: ['clinician', 'operator'] },
    [clinic.unitId],
  );
  expect((await findStaffByUsername(plain, 'EK'))?.id).toBe(made.id);
  const actor = { kind: 'staff', id: made.id, roles: ['clinician', 'operator'], unitIds: [clinic.unitId] };
  expect(await staffActor(plain, made.id)).toEqual(actor);
  expect((await listStaff(plain, [clinic.unitId])).map(({ familyName }) => familyName)).toEqual([
    'Ek',
    'Lind',
    'Öberg',
  ]);
  await changeStaff(plain, made.id, made.version, { active: false });
  expect(await staffActor(plain, made.id)).toBeUndefined();
  await expect(changeStaff(plain, made.id, made.version, { active: true })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a user name is taken once, and a role is one that there is', async () => {
  const person = { username: 'en', givenName: 'E', familyName: 'N', accountRoles: [] };
  await createStaff(storage.plain, person, []);
  await expect(createStaff(storage.plain, person, [])).rejects.toMatchObject({ code: 'CONFLICT' });
  const other = { ...person, username: 'två', accountRoles: ['chef' as 'operator'] };
  await expect(createStaff(storage.plain, other, [])).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});

test('a session lasts until it expires, is ended, or its account is closed', async () => {
  const { plain } = storage;
  const { id: staffId, version } = await createStaff(
    plain,
    { username: 'session', givenName: 'S', familyName: 'S', accountRoles: [] },
    [],
  );
  const [one, two, three] = [hash(), hash(), hash()];
  for (const tokenHash of [one, two, three]) {
    await createSession(plain, { tokenHash, csrfHash: hash(), staffId, expiresAt: LATER });
  }
  expect(await findSession(plain, one, NOW)).toMatchObject({ staffId });
  expect(await findSession(plain, one, LATER)).toBeUndefined();
  await touchSession(plain, two, { lastSeenAt: NOW, expiresAt: NOW });
  await deleteExpiredSessions(plain, NOW);
  expect(await findSession(plain, two, new Date(0))).toBeUndefined();
  await deleteSession(plain, one);
  expect(await findSession(plain, one, NOW)).toBeUndefined();
  await changeStaff(plain, staffId, version, { active: false });
  expect(await findSession(plain, three, NOW)).toBeUndefined();
  await deleteSessionsOf(plain, staffId);
});

test('an API key holds until it expires or is revoked, and is never shown with its hash', async () => {
  const tokenHash = hash();
  const { plain } = storage;
  const made = await createApiKey(plain, {
    tokenHash,
    name: 'Journalsystemet',
    ownerId: clinic.doctor.id,
    unitId: clinic.unitId,
    scopes: ['dictations:write'],
    expiresAt: LATER,
  });
  expect(made).not.toHaveProperty('tokenHash');
  expect(await acceptApiKey(plain, tokenHash, NOW)).toMatchObject({ id: made.id, lastUsedAt: NOW });
  expect(await acceptApiKey(plain, tokenHash, LATER)).toBeUndefined();
  expect(await listApiKeys(plain, [clinic.unitId], NOW)).toHaveLength(1);
  expect(await revokeApiKey(plain, made.id, [clinic.administrator.id], NOW)).toBe(false);
  expect(await revokeApiKey(plain, made.id, [clinic.unitId], NOW)).toBe(true);
  expect(await acceptApiKey(plain, tokenHash, NOW)).toBeUndefined();
});

test('a day of encounters is listed by time, and each moves along its edges', async () => {
  await storage.withAudit(clinic.doctor, CONTEXT, async (transaction) => {
    const { unitId, patientId, doctor } = clinic;
    const at = (hour: number) => new Date(NOW.getTime() + hour * 3_600_000);
    for (const hour of [2, 0, 30]) {
      const kind = 'aterbesok';
      const times = { startsAt: at(hour), endsAt: at(hour + 1) };
      await createEncounter(transaction, { unitId, patientId, staffId: doctor.id, kind, ...times });
    }
    const today = await listEncounters(transaction, { staffId: doctor.id, from: NOW, to: at(24) });
    expect(today.map(({ startsAt }) => startsAt)).toEqual([at(0), at(2)]);
    const arrived = await moveEncounter(transaction, today[0]!.id, 1, 'arrived');
    await moveEncounter(transaction, arrived.id, arrived.version, 'done');
  });
});

test('an encounter that is planned is not done before the patient has arrived', async () => {
  const moving = storage.withAudit(clinic.doctor, CONTEXT, async (transaction) => {
    const { unitId, patientId, doctor } = clinic;
    const times = { startsAt: NOW, endsAt: LATER };
    const made = await createEncounter(transaction, { unitId, patientId, staffId: doctor.id, kind: 'video', ...times });
    await moveEncounter(transaction, made.id, made.version, 'done');
  });
  await expect(moving).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
});

test('an utterance is kept once with its words, however often it is sent', async () => {
  const { note } = await plantDraft(storage, clinic);
  const words = [{ id: 'w1', text: 'Återbesök', startSeconds: 0, endSeconds: 0.6, probability: 0.9 }];
  await storage.withAudit(clinic.doctor, CONTEXT, async (transaction) => {
    const said = { noteId: note.id, unitId: clinic.unitId, liveSessionId: 's', text: 'Återbesök', words };
    for (const number of [0, 0, 1]) {
      await addUtterance(transaction, { ...said, number, startSeconds: number, endSeconds: number + 1 });
    }
    const kept = await listUtterances(transaction, note.id);
    expect(kept.map((utterance) => [utterance.number, utterance.words])).toEqual([
      [0, words],
      [1, words],
    ]);
  });
});

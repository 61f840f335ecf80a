import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, resumeSession } from '../../src/access/sessions.ts';
import { csrfTokenOf, newToken, tokenHash } from '../../src/access/tokens.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';

const MINUTE_MS = 60_000;
const LENGTHS = { longestMs: 12 * 60 * MINUTE_MS, idleMs: 30 * MINUTE_MS };
const BEGIN_MS = Date.parse('2026-03-10T07:00:00Z');

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
});
afterAll(() => cluster.close());

const at = (minutes: number) => new Date(BEGIN_MS + minutes * MINUTE_MS);
const open = async () => (await openSession(database.storage.plain, clinic.doctor.id, LENGTHS, at(0))).token;
const resume = (token: string, minutes: number) => resumeSession(database.storage, token, LENGTHS, at(minutes));

test('a session that nobody uses ends after half an hour', async () => {
  const token = await open();
  expect((await resume(token, 0))?.account.actor).toEqual(clinic.doctor);
  expect(await resume(token, 30)).toBeUndefined();
});

test('one that is used lasts on, until it is twelve hours old', async () => {
  const token = await open();
  for (let minutes = 29; minutes < 12 * 60; minutes += 29) expect(await resume(token, minutes)).toBeDefined();
  expect((await resume(token, 719))?.expiresAt).toEqual(at(720));
  expect(await resume(token, 720)).toBeUndefined();
});

test('one that lasts a minute lasts on, too, while it is used', async () => {
  const lengths = { ...LENGTHS, idleMs: MINUTE_MS };
  const { token } = await openSession(database.storage.plain, clinic.doctor.id, lengths, at(0));
  for (let minutes = 0.5; minutes < 5; minutes += 0.5) {
    expect(await resumeSession(database.storage, token, lengths, at(minutes))).toBeDefined();
  }
  expect(await resumeSession(database.storage, token, lengths, at(6))).toBeUndefined();
});

test('its use is written down once a minute, not with each request', async () => {
  const token = await open();
  const seen = async () => {
    const { rows } = await database.owner.query('select last_seen_at as seen from sessions where token_hash = $1', [
      tokenHash(token),
    ]);
    return rows[0].seen;
  };
  await resume(token, 0.5);
  expect(await seen()).toEqual(at(0));
  await resume(token, 1);
  expect(await seen()).toEqual(at(1));
});

test('those that have ended are cleared away at the next login', async () => {
  await open();
  await openSession(database.storage.plain, clinic.doctor.id, LENGTHS, at(24 * 60));
  const { rows } = await database.owner.query('select count(*)::int as count from sessions');
  expect(rows).toEqual([{ count: 1 }]);
});

test('tokens have 256 random bits, and their CSRF tokens tell nothing of them', () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  expect(new Set(tokens).size).toBe(1000);
  expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
  expect(new Set(tokens.map(csrfTokenOf)).size).toBe(1000);
  expect(csrfTokenOf(tokens[0]!)).not.toContain(tokens[0]);
});

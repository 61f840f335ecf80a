import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { makeApiKey } from '../../src/access/api-keys.ts';
import type { ApiScope } from '../../src/contracts/access.ts';
import { type DictationPage, DictationView } from '../../src/contracts/dictations-api.ts';
import type { SoundStore } from '../../src/recorded/sound-store.ts';
import { patientById } from '../../src/storage/repositories/patients.ts';
import { openSounds } from '../recorded/recorder.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let sounds: SoundStore;
let server: RunningApp<ScriptedTranscriber>;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  sounds = await openSounds();
  server = await runApp({ clinic: { storage: database.storage, sounds } });
});
afterAll(() => cluster.close());

async function keyWith(...scopes: ApiScope[]): Promise<Record<string, string>> {
  const { token } = await makeApiKey(database.storage.plain, {
    name: 'EHR',
    ownerId: clinic.doctor.id,
    unitId: clinic.unitId,
    scopes,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return { authorization: `Bearer ${token}` };
}

const asDoctor = () => signedInAs(database.storage, clinic.doctor.id);
const asAdministrator = () => signedInAs(database.storage, clinic.administrator.id);

const SOUND = new File([new Uint8Array(500).fill(3)], 'dikta01.wav', { type: 'audio/wav' });

function post(
  headers: Record<string, string>,
  fields: Record<string, string> = {},
  { key = randomUUID(), sound = SOUND }: { key?: string | null; sound?: File | null } = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ patient: clinic.patientId, author: clinic.doctor.id, ...fields })) {
    if (value !== '') form.append(name, value);
  }
  if (sound) form.append('audio', sound);
  return fetch(`${server.url}/api/dictations`, {
    method: 'POST',
    headers: { ...headers, ...(key !== null && { 'idempotency-key': key }) },
    body: form,
  });
}

async function sent(headers: Record<string, string>, fields = {}): Promise<DictationView> {
  return DictationView.parse(await (await post(headers, fields)).json());
}

describe('a recording that is sent', () => {
  test('is answered when it is on the disk and put down, with the way to its state', async () => {
    const key = await keyWith('dictations:write', 'dictations:read');
    const answer = await post(key, {
      recordedAt: '2026-03-10T09:30:00Z',
      language: 'sv',
      vocabulary: 'Metoprolol\nWaran',
    });
    expect(answer.status).toBe(202);
    const view = (await answer.json()) as z.input<typeof DictationView>;
    expect(answer.headers.get('location')).toBe(`/api/dictations/${view.id}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(view).toMatchObject({
      state: 'received',
      recordedAt: '2026-03-10T09:30:00.000Z',
      patientId: clinic.patientId,
      authorId: clinic.doctor.id,
      patient: null,
      author: null,
      noteId: null,
      soundBytes: 500,
    });
    expect(await sounds.read(view.id)).toHaveLength(500);
    const { rows } = await database.owner.query('select topic, payload from outbox');
    expect(rows).toEqual([{ topic: 'dictation.received', payload: { dictationId: view.id } }]);
    const followed = await fetch(server.url + answer.headers.get('location'), { headers: key });
    expect(await followed.json()).toMatchObject({ id: view.id, state: 'received' });
  });

  test('twice is one, and with something else under the same key it is refused', async () => {
    const headers = await keyWith('dictations:write');
    const key = 'dictaphone-7/0042';
    const [first, again] = await Promise.all([post(headers, {}, { key }), post(headers, {}, { key })]);
    const view = (await first.json()) as z.input<typeof DictationView>;
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(await again.json()).toEqual(view);
    expect(await readdir(sounds.folder)).toHaveLength(1);
    const otherFields = await post(headers, { language: 'en' }, { key });
    const otherSound = await post(headers, {}, { key, sound: new File([new Uint8Array(9)], 'a.wav') });
    for (const answer of [otherFields, otherSound]) {
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ code: 'CONFLICT' });
    }
    expect(await readdir(sounds.folder)).toEqual([`${view.id}.sound`]);
    expect((await post(await keyWith('dictations:write'), { language: 'en' }, { key })).status).toBe(202);
  });

  test('names patient and author as its sender knows them', async () => {
    const { storage } = database;
    const { personalNumber } = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
      patientById(transaction, clinic.patientId),
    );
    await database.owner.query("update staff set hsa_id = 'SE2321000016-1003' where id = $1", [clinic.doctor.id]);
    await database.owner.query("update units set hsa_id = 'SE2321000016-UNIT'");
    const key = await keyWith('dictations:write');
    const number = `${personalNumber.slice(0, 8)}-${personalNumber.slice(8)}`;
    const view = await sent(key, { patient: number, author: 'SE2321000016-1003', unit: 'SE2321000016-UNIT' });
    expect(view).toMatchObject({ patientId: clinic.patientId, authorId: clinic.doctor.id, unitId: clinic.unitId });
  });

  test.each([
    ['patient', () => randomUUID()],
    ['patient', () => '19121212-1212'],
    ['patient', () => 'Tolvan Tolvansson'],
    ['author', () => randomUUID()],
    ['author', () => 'nobody'],
    ['author', () => clinic.administrator.id],
    ['unit', () => 'SE-0'],
    ['encounter', () => randomUUID()],
    ['language', () => 'svenska'],
    ['recordedAt', () => '2199-01-01T00:00:00Z'],
    ['recordedAt', () => 'i tisdags'],
    ['colour', () => 'blue'],
    ['vocabulary', () => '[1'],
    ['templates', () => '[{"name":'],
    ['templates', () => '[{"name":"hjärta"}]'],
  ])(
    'with a "%s" that is not usable is refused by the name of the field, and told nothing of',
    async (field, value) => {
      const given = value();
      const answer = await post(await keyWith('dictations:write'), { [field]: given });
      const problem = await answer.text();
      expect(answer.status).toBe(400);
      expect(JSON.parse(problem)).toMatchObject({
        code: 'REQUEST_INVALID',
        detail: expect.stringContaining(`"${field}"`),
      });
      expect(problem).not.toContain(given);
      expect(server.logLines.join('')).not.toContain(given);
      expect(await readdir(sounds.folder)).toEqual([]);
    },
  );

  test.each([
    ['without a key of its own', { key: null }, 400, 'REQUEST_INVALID'],
    ['without sound', { sound: null }, 400, 'REQUEST_INVALID'],
    ['whose file is empty', { sound: new File([], 'a.wav') }, 400, 'AUDIO_EMPTY'],
    ['that is too large', { sound: new File([new Uint8Array(1_100_000)], 'a.wav') }, 413, 'AUDIO_TOO_LARGE'],
  ])('%s is refused', async (_what, over, status, code) => {
    const answer = await post(await keyWith('dictations:write'), {}, over);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
    expect(await readdir(sounds.folder)).toEqual([]);
  });

  test('as something that is no form is refused as such', async () => {
    const headers = { ...(await keyWith('dictations:write')), 'idempotency-key': 'a', 'content-type': 'audio/wav' };
    const answer = await fetch(`${server.url}/api/dictations`, { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(415);
  });

  test('wants a key with the scope, or staff of a role', async () => {
    expect((await post({})).status).toBe(401);
    expect((await post(await keyWith('transcribe', 'dictations:read'))).status).toBe(403);
    const { 'x-csrf-token': _, ...forged } = { ...(await asDoctor()) };
    expect((await post(forged)).status).toBe(403);
    expect((await post({ ...(await asAdministrator()) })).status).toBe(202);
  });

  test("by a clinician without an author is the clinician's own; a program must name one", async () => {
    expect(await sent({ ...(await asDoctor()) }, { author: '' })).toMatchObject({
      authorId: clinic.doctor.id,
      author: { familyName: 'Lind' },
      patient: { familyName: 'Prov' },
    });
    expect((await post(await keyWith('dictations:write'), { author: '' })).status).toBe(400);
  });
});

describe('recorded dictations', () => {
  test('are listed by state, the newest first, page after page', async () => {
    const headers = { ...(await asAdministrator()) };
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift((await sent(headers)).id);
    await fetch(`${server.url}/api/dictations/${ids[1]}`, { method: 'DELETE', headers });
    const list = async (query: string) =>
      (await (await fetch(`${server.url}/api/dictations?${query}`, { headers })).json()) as {
        items: DictationPage['items'];
        next: string | null;
      };
    const first = await list('limit=2');
    const second = await list(`limit=2&after=${first.next}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
    expect((await list('state=withdrawn')).items.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await list('state=received,failed')).items.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect((await fetch(`${server.url}/api/dictations?state=lost`, { headers })).status).toBe(400);
  });

  test('that are transcribed just now tell how far they are without a line in the log', async () => {
    const headers = { ...(await asAdministrator()) };
    const { id } = await sent(headers);
    await database.owner.query(`
      set taltid.actor_kind = 'system'; set taltid.actor_id = 'x'; set taltid.purpose = 'care'; set taltid.request_id = 'x';
      update dictations set state = 'transcribing';
      insert into dictation_progress (dictation_id, done_seconds, total_seconds) select id, 12.5, 60 from dictations`);
    const lines = async () => (await database.owner.query('select count(*) from audit_events')).rows;
    const before = await lines();
    const answer = await fetch(`${server.url}/api/dictations/progress`, { headers });
    expect(await answer.json()).toEqual({ items: [{ id, doneSeconds: 12.5, totalSeconds: 60 }] });
    expect(await lines()).toEqual(before);
    const theirs = await plantClinic(database.storage, 'Deras');
    const elsewhere = await fetch(`${server.url}/api/dictations/progress`, {
      headers: { ...(await signedInAs(database.storage, theirs.doctor.id)) },
    });
    expect(await elsewhere.json()).toEqual({ items: [] });
  });

  test('of other units are not there, for staff nor keys', async () => {
    const { id } = await sent({ ...(await asDoctor()) });
    const theirs = await plantClinic(database.storage, 'Deras');
    const headers = { ...(await signedInAs(database.storage, theirs.doctor.id)), 'if-match': '"1"' };
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/audio'],
      ['DELETE', ''],
      ['POST', '/hand-over'],
      ['POST', '/retry'],
    ]) {
      const answer = await fetch(`${server.url}/api/dictations/${id}${path}`, { method: method!, headers });
      expect([method, path, answer.status]).toEqual([method, path, 404]);
    }
  });

  test('are listened to whole and in part, for as long as the sound is kept, and the log says who did', async () => {
    const headers = { ...(await asAdministrator()) };
    const { id } = await sent(headers);
    const url = `${server.url}/api/dictations/${id}/audio`;
    const whole = await fetch(url, { headers });
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect((await whole.bytes()).length).toBe(500);
    const part = await fetch(url, { headers: { ...headers, range: 'bytes=100-149' } });
    expect([part.status, (await part.bytes()).length]).toEqual([206, 50]);
    const { rows } = await database.owner.query(
      "select distinct actor_id from audit_events where object_kind = 'dictations' and action = 'read' and object_id = $1",
      [id],
    );
    expect(rows).toEqual([{ actor_id: clinic.administrator.id }]);
    await fetch(`${server.url}/api/dictations/${id}`, { method: 'DELETE', headers });
    const gone = await fetch(url, { headers });
    expect([gone.status, await gone.json()]).toEqual([410, expect.objectContaining({ code: 'SOUND_GONE' })]);
    expect(await readdir(sounds.folder)).toEqual([]);
  });

  test('are taken back by a key of the same owner, not by a key of another', async () => {
    const { id } = await sent(await keyWith('dictations:write'));
    const url = `${server.url}/api/dictations/${id}`;
    const { token } = await makeApiKey(database.storage.plain, {
      name: 'Other',
      ownerId: clinic.administrator.id,
      unitId: clinic.unitId,
      scopes: ['dictations:write'],
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const refused = await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    expect(refused.status).toBe(403);
    expect((await fetch(url, { method: 'DELETE', headers: await keyWith('dictations:write') })).status).toBe(204);
  });

  test('of a note are found by it; a note that was not recorded has none', async () => {
    const headers = { ...(await asDoctor()), 'content-type': 'application/json' };
    const made = await fetch(`${server.url}/api/notes`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ patientId: clinic.patientId }),
    });
    const { id } = (await made.json()) as { id: string };
    const answer = await fetch(`${server.url}/api/notes/${id}/recording`, { headers });
    expect(await answer.json()).toEqual({ recording: null });
  });
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { LIVE_PROTOCOL } from '../../src/contracts/live.ts';
import type { NoteView } from '../../src/contracts/notes-api.ts';
import { JournalStore } from '../../src/live/journal-store.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { SimulatedSpeech } from '../live/simulated-speech.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { openNoteWorld } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

const RATE_HZ = 16_000;
const WAV_HEADER_BYTES = 44;
/** The page's session began so long before the server's own. */
const FROM_SECONDS = 2;

/** A clinic whose doctor has dictated three words, one a second; the sound of each second is its number. */
async function dictatedNote(begunBy?: (doctorId: string) => string | null) {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-live-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const live = await LiveSessions.open({
    speech: new SimulatedSpeech(),
    folder,
    settings: DEFAULT_LIVE_SETTINGS,
    log: () => {},
  });
  const world = await openNoteWorld(database, { live });
  const { doctor, clinic } = world;
  const sessionId = randomUUID();
  const journal = await (await JournalStore.open(folder, DEFAULT_LIVE_SETTINGS)).create(sessionId, {
    kind: 'opened',
    protocol: LIVE_PROTOCOL,
    tokenSha256: 'ab'.repeat(32),
    language: 'sv',
    sampleRateHz: RATE_HZ,
    accountId: begunBy ? begunBy(clinic.doctor.id) : clinic.doctor.id,
    vocabulary: [],
    prompt: '',
    pauseSeconds: 0.7,
  });
  for (let seq = 1; seq <= 5; seq++) {
    const samples = new Int16Array(RATE_HZ).fill(seq * 1000);
    journal.append({ kind: 'frame', seq, samples: new Uint8Array(samples.buffer) });
  }
  await journal.close();
  const words = ['Ont', 'i', 'halsen.'].map((text, at) => ({
    id: `w${at}`,
    text,
    startSeconds: FROM_SECONDS + at + 1,
    endSeconds: FROM_SECONDS + at + 2,
    probability: 0.9,
  }));
  const { body: note } = await doctor.send<NoteView>('POST', '/api/notes', { patientId: clinic.patientId });
  const utterance = {
    liveSessionId: 'page',
    number: 0,
    startSeconds: 3,
    endSeconds: 6,
    text: 'Ont i halsen.',
    words,
    sound: { sessionId, fromSeconds: FROM_SECONDS },
  };
  const url = `/api/notes/${note.id}`;
  expect((await doctor.send('POST', `${url}/utterances`, { utterances: [utterance] })).status).toBe(204);
  const spans = [
    { sectionId: 'anamnes', start: 0, end: 3, wordIds: ['w0'] },
    { sectionId: 'anamnes', start: 4, end: 5, wordIds: ['w1'] },
    { sectionId: 'anamnes', start: 6, end: 13, wordIds: ['w2'] },
  ];
  const content = { sections: [{ id: 'anamnes', heading: '', text: 'Ont i halsen.' }], spans };
  expect((await doctor.send('PUT', `${url}/text`, content, note.text.version!)).status).toBe(200);
  return { world, url, noteId: note.id };
}

async function listen(origin: string, at: string, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(`${origin}${at}`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const sound = answer.ok ? bytes.subarray(WAV_HEADER_BYTES) : [];
  const samples = new Int16Array(Uint8Array.from(sound).buffer);
  return { status: answer.status, type: answer.headers.get('content-type'), bytes, samples };
}

test('words are heard again as they were said, by whoever may read the note, and it is logged', async () => {
  const { world, url, noteId } = await dictatedNote();
  const heard = await listen(world.url, `${url}/sound?start=4&end=5`, world.doctor.headers);
  expect([heard.status, heard.type]).toEqual([200, 'audio/wav']);
  expect(heard.bytes.readUInt32LE(24)).toBe(RATE_HZ);
  expect(heard.samples.length / RATE_HZ).toBeCloseTo(1.3, 2);
  expect(heard.samples[RATE_HZ / 2]).toBe(3000);
  expect((await listen(world.url, `${url}/sound?start=4&end=5`, world.colleague.headers)).status).toBe(200);
  expect((await listen(world.url, `${url}/sound?start=4&end=5`, world.stranger.headers)).status).toBe(404);
  const { rows } = await database.owner.query(
    `select distinct actor_id from audit_events where object_kind = 'utterances' and action = 'read' and object_id = $1
     and actor_id = $2`,
    [noteId, world.colleague.id],
  );
  expect(rows).toHaveLength(1);
});

test('sound of a session that somebody else began is not taken for the words of a note', async () => {
  for (const begunBy of [() => randomUUID(), () => null]) {
    const { world, url } = await dictatedNote(begunBy);
    const answer = await world.doctor.get(`${url}/sound?start=0&end=13`);
    expect(answer).toMatchObject({ status: 410, body: { code: 'SOUND_GONE' } });
  }
});

test('where nothing was dictated, or nothing is kept any more, it is said so', async () => {
  const { world, url } = await dictatedNote();
  expect((await world.doctor.get(`${url}/sound?start=3&end=4`)).body.code).toBe('SOUND_GONE');
  const later = await openNoteWorld(database);
  const elsewhere = await later.pageOf(world.clinic.doctor.id);
  expect((await elsewhere.get(`${url}/sound?start=0&end=13`)).body.code).toBe('SOUND_GONE');
});

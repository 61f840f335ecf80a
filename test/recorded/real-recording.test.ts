import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Background } from '../../src/background.ts';
import { loadConfig, PROJECT_DIRECTORY, recogniserSettings } from '../../src/config.ts';
import { noteText } from '../../src/contracts/notes.ts';
import type { Transcriber } from '../../src/contracts/transcriber.ts';
import { viewNote } from '../../src/notes/view.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { startSpeechPool } from '../../src/speech/pool.ts';
import { eventually, SHORT_TIMES } from '../queue/running-queue.ts';
import { runApp } from '../server/running-app.ts';
import { signedInAs } from '../server/signed-in.ts';
import { CONTEXT, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { openSounds, reached } from './recorder.ts';

const CLIP = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech/kan_du_vara.flac');

let cluster: TestCluster;
let pool: Transcriber;
beforeAll(async () => {
  const workers = Math.min(2, availableParallelism());
  [cluster, pool] = await Promise.all([
    startTestCluster(),
    startSpeechPool({ ...recogniserSettings(loadConfig({})), workers, queueLimit: 8 }),
  ]);
});
afterAll(async () => {
  await pool?.close();
  await cluster?.close();
});

test('a file that a program sends is the note of what is said in it, and its words can be heard again', async () => {
  const { storage } = await cluster.fresh();
  const clinic = await plantClinic(storage);
  const sounds = await openSounds();
  const log = () => undefined;
  const queue = await BookingQueue.open({ storage, workers: 0, workerScript: '', times: SHORT_TIMES, log });
  await queue.start();
  const shared = { storage, sounds, webhookHosts: [] };
  const background = await Background.start({
    ...shared,
    queue,
    transcriber: pool,
    keepSoundsMs: 0,
    publicUrl: 'http://localhost',
    patientsSignIn: false,
    log,
  });
  onTestFinished(async () => {
    await background.close();
    await queue.close();
  });
  const { url } = await runApp({ clinic: shared });
  const headers = await signedInAs(storage, clinic.doctor.id);
  const form = new FormData();
  form.set('patient', clinic.patientId);
  form.set('punctuation', 'both');
  form.set('audio', new File([await readFile(CLIP)], 'dikta.flac', { type: 'audio/flac' }));
  const sent = await fetch(`${url}/api/dictations`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'one' },
    body: form,
  });
  const { id } = (await sent.json()) as { id: string };
  const { noteId } = await eventually(() => reached(storage, clinic, id, 'drafted'), 60_000);
  const note = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
    viewNote(transaction, noteId!, new Date()),
  );
  const text = noteText(note.text.content);
  expect(text).toMatch(/kan du/i);

  const start = text.search(/kan/i);
  const heard = await fetch(`${url}/api/notes/${noteId}/sound?start=${start}&end=${start + 'kan du'.length}`, {
    headers,
  });
  expect(heard.status).toBe(200);
  const whole = await fetch(`${url}/api/dictations/${id}/audio`, { headers });
  expect(whole.headers.get('content-type')).toBe('audio/wav');
  const seconds = async (answer: Response) => {
    const { samples, rateHz } = await decodeAudio(new Uint8Array(await answer.arrayBuffer()), {
      maxBytes: 1e7,
      maxSeconds: 60,
    });
    return samples.length / rateHz;
  };
  const [wordsSeconds, wholeSeconds] = [await seconds(heard), await seconds(whole)];
  expect(wordsSeconds).toBeGreaterThan(0.2);
  expect(wordsSeconds).toBeLessThan(wholeSeconds);
}, 120_000);

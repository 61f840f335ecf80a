import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import { viewNote } from '../../src/notes/view.ts';
import { handOverDictation, retryDictation, withdrawDictation } from '../../src/recorded/change.ts';
import { keepRecordingsUp } from '../../src/recorded/upkeep.ts';
import { listDeadLetters } from '../../src/storage/repositories/dead-letters.ts';
import { listFollowUps } from '../../src/storage/repositories/follow-ups.ts';
import { noteById } from '../../src/storage/repositories/notes.ts';
import { enqueue } from '../../src/storage/repositories/outbox.ts';
import { listReminders } from '../../src/storage/repositories/reminders.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { RedisServer } from '../queue/redis-server.ts';
import { BACKENDS, eventually } from '../queue/running-queue.ts';
import { type Clinic, CONTEXT, confirmAndSign, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { look, reached, record, runRecorder, saying } from './recorder.ts';
import { PLAN } from './said.ts';

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let clinic: Clinic;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  ({ storage } = database);
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

const asDoctor = <Result>(work: Parameters<typeof storage.withAudit<Result>>[2]) =>
  storage.withAudit(clinic.doctor, CONTEXT, work);

async function count(table: string): Promise<number> {
  const { rows } = await database.owner.query<{ count: string }>(`select count(*) from ${table}`);
  return Number(rows[0]!.count);
}

const deadLetters = (many: number) =>
  eventually(async () => {
    const letters = await listDeadLetters(storage.plain, { limit: 10 });
    expect(letters).toHaveLength(many);
    return letters;
  });

describe.each(BACKENDS)('with $kind', ({ kind, isMissing }) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (kind === 'redis' && !isMissing) redis = await RedisServer.start();
  });
  afterAll(() => redis?.close());

  test.skipIf(isMissing)(
    'a recording becomes a draft of its author with its follow-ups, and signed with it',
    async () => {
      const recorder = await runRecorder(storage, { redis, transcriber: saying(...PLAN) });
      const { id } = await record(recorder, clinic);
      const { noteId } = await reached(storage, clinic, id, 'drafted');
      const note = await asDoctor((transaction) => viewNote(transaction, noteId!, new Date()));
      expect(note).toMatchObject({ author: { id: clinic.doctor.id }, writtenOn: '2026-03-10', state: 'draft' });
      expect(note.text.content.sections.find(({ id: section }) => section === 'planering')?.text).toBe(
        'Återbesök om sex veckor.',
      );
      expect(note.followUps).toMatchObject([{ state: 'found', fields: { type: 'aterbesok' } }]);
      await asDoctor((transaction) => confirmAndSign(transaction, noteId!));
      expect(await look(storage, clinic, id)).toMatchObject({ state: 'signed' });
    },
  );

  test.skipIf(isMissing)('messages that repeat make no second note', async () => {
    const recorder = await runRecorder(storage, { redis, transcriber: saying(...PLAN) });
    const { id: dictationId } = await record(recorder, clinic);
    for (let time = 0; time < 3; time++) {
      await storage.transaction((tables) => enqueue(tables, { topic: 'dictation.received', payload: { dictationId } }));
    }
    await reached(storage, clinic, dictationId, 'drafted');
    await eventually(async () =>
      expect(await recorder.queue.queues.get('dictation')!.counts()).toMatchObject({
        waiting: 0,
        active: 0,
        delayed: 0,
      }),
    );
    expect(await count('notes')).toBe(1);
  });

  test.skipIf(isMissing)(
    'what fails is tried again, and failed with a dead letter in the end; a new attempt settles both',
    async () => {
      const transcriber = saying(...PLAN);
      const error = new AppError('SPEECH_WORKER_DIED', 'it died', { retryable: true });
      transcriber.failure = { error, after: 'nothing' };
      const recorder = await runRecorder(storage, { redis, transcriber });
      const { id } = await record(recorder, clinic);
      const failed = await reached(storage, clinic, id, 'failed');
      expect(failed.problem).toMatchObject({ code: 'SPEECH_WORKER_DIED', words: expect.stringMatching(/Försök igen/) });
      expect(await deadLetters(1)).toMatchObject([{ topic: 'dictation.received', payload: { dictationId: id } }]);
      transcriber.failure = undefined;
      await asDoctor((transaction) => retryDictation(transaction, id, failed.version));
      await reached(storage, clinic, id, 'drafted');
      await deadLetters(0);
    },
  );
});

describe('a recorded dictation', () => {
  test("whose sound cannot be read has failed at once, and is nobody's dead letter", async () => {
    const transcriber = saying(...PLAN);
    transcriber.failure = { error: new AppError('AUDIO_CORRUPT', 'the file is damaged'), after: 'nothing' };
    const recorder = await runRecorder(storage, { transcriber });
    const { id } = await record(recorder, clinic);
    const { problem } = await reached(storage, clinic, id, 'failed');
    expect(problem).toMatchObject({ code: 'AUDIO_CORRUPT', words: expect.stringMatching(/skadad/) });
    expect(transcriber.requests).toHaveLength(1);
    await deadLetters(0);
  });

  test('in which nobody speaks has failed, and so has one that is longer than a note', async () => {
    const silent = saying();
    const first = await record(await runRecorder(storage, { transcriber: silent }), clinic);
    expect((await reached(storage, clinic, first.id, 'failed')).problem?.code).toBe('AUDIO_SILENT');
    silent.segments = saying(...Array.from({ length: 40 }, () => 'mycket långt '.repeat(50))).segments;
    const failed = await look(storage, clinic, first.id);
    await asDoctor((transaction) => retryDictation(transaction, first.id, failed.version));
    await eventually(async () =>
      expect((await look(storage, clinic, first.id)).problem?.code).toBe('REQUEST_TOO_LARGE'),
    );
  });

  test('waits without an attempt counted while the recogniser has no room', async () => {
    const transcriber = saying(...PLAN);
    transcriber.failure = { error: new AppError('SPEECH_BUSY', 'full', { retryable: true }), after: 'nothing' };
    const recorder = await runRecorder(storage, { transcriber });
    const { id } = await record(recorder, clinic);
    await eventually(async () => {
      expect(await recorder.queue.queues.get('dictation')!.counts()).toMatchObject({ delayed: 1 });
    });
    expect(await look(storage, clinic, id)).toMatchObject({ state: 'transcribing', problem: null });
    expect(recorder.events.filter(({ event }) => event === 'queue-job-failed')).toEqual([]);
  });

  test('is told how far it is, and withdrawn in the middle it becomes no note', async () => {
    const transcriber = saying(...PLAN);
    const gate = Promise.withResolvers<void>();
    transcriber.gate = gate.promise;
    const recorder = await runRecorder(storage, { transcriber });
    const { id } = await record(recorder, clinic);
    await transcriber.asked.promise;
    transcriber.requests[0]!.onProgress!({ doneSeconds: 12, totalSeconds: 48 });
    await eventually(async () =>
      expect((await look(storage, clinic, id)).progress).toEqual({ doneSeconds: 12, totalSeconds: 48 }),
    );
    await asDoctor((transaction) => withdrawDictation(transaction, id, new Date()));
    gate.resolve();
    await eventually(async () =>
      expect(await recorder.queue.queues.get('dictation')!.counts()).toMatchObject({ active: 0, waiting: 0 }),
    );
    expect(await look(storage, clinic, id)).toMatchObject({ state: 'withdrawn', noteId: null, hasSound: false });
    expect(await count('notes')).toBe(0);
  });

  test('is withdrawn with its draft and the follow-ups in it, but not once one is decided', async () => {
    const recorder = await runRecorder(storage, { transcriber: saying(...PLAN) });
    const { id } = await record(recorder, clinic);
    const { noteId } = await reached(storage, clinic, id, 'drafted');
    const other = await record(recorder, clinic);
    const { noteId: otherNoteId } = await reached(storage, clinic, other.id, 'drafted');
    await asDoctor((transaction) => withdrawDictation(transaction, id, new Date()));
    expect(await asDoctor((transaction) => noteById(transaction, noteId!))).toMatchObject({ state: 'discarded' });
    expect(await asDoctor((transaction) => listFollowUps(transaction, noteId!))).toEqual([]);
    expect(await look(storage, clinic, id)).toMatchObject({ state: 'withdrawn', hasSound: false });
    await database.owner.query(
      `set taltid.actor_kind = 'staff'; set taltid.actor_id = 'x'; set taltid.purpose = 'care'; set taltid.request_id = 'x';
      update follow_ups set state = 'confirmed' where note_id = '${otherNoteId}'`,
    );
    await expect(asDoctor((transaction) => withdrawDictation(transaction, other.id, new Date()))).rejects.toMatchObject(
      { code: 'STATE_NOT_ALLOWED' },
    );
  });

  test('is taken back by its author or sender, not by somebody else', async () => {
    const recorder = await runRecorder(storage, { transcriber: saying(...PLAN) });
    const { id } = await record(recorder, clinic);
    await expect(
      storage.withAudit(clinic.administrator, CONTEXT, (transaction) => withdrawDictation(transaction, id, new Date())),
    ).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    const sent = await record(recorder, clinic, { actor: clinic.administrator });
    await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
      withdrawDictation(transaction, sent.id, new Date()),
    );
    expect(await look(storage, clinic, sent.id)).toMatchObject({ state: 'withdrawn' });
  });

  test('is handed to its author, who is reminded', async () => {
    const recorder = await runRecorder(storage, { transcriber: saying(...PLAN) });
    const { id } = await record(recorder, clinic, { actor: clinic.administrator });
    const { version } = await reached(storage, clinic, id, 'drafted');
    const now = new Date();
    await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
      handOverDictation(transaction, id, version, now),
    );
    expect((await look(storage, clinic, id)).handedOverAt).toEqual(now);
    const reminders = await asDoctor((transaction) => listReminders(transaction, clinic.doctor.id, new Date()));
    expect(reminders).toMatchObject([{ kind: 'draft_to_sign' }]);
  });

  test('follows its note to the right patient', async () => {
    const recorder = await runRecorder(storage, { transcriber: saying(...PLAN) });
    const { id } = await record(recorder, clinic);
    const { noteId } = await reached(storage, clinic, id, 'drafted');
    const other = await plantClinic(storage);
    await database.owner.query(
      `set taltid.actor_kind = 'staff'; set taltid.actor_id = 'x'; set taltid.purpose = 'care'; set taltid.request_id = 'x';
      update notes set patient_id = '${other.patientId}' where id = '${noteId}'`,
    );
    const { rows } = await database.owner.query('select patient_id from dictations where id = $1', [id]);
    expect(rows).toEqual([{ patient_id: other.patientId }]);
  });

  test('that was lost with the job queue is asked for again; its sound goes some time after the signature', async () => {
    const recorder = await runRecorder(storage, { transcriber: saying(...PLAN) });
    const upkeep = { ...recorder, queue: recorder.queue.queues.get('dictation')!, keepMs: 24 * 3_600_000 };
    const { id } = await record(recorder, clinic);
    const { noteId } = await reached(storage, clinic, id, 'drafted');
    await asDoctor((transaction) => confirmAndSign(transaction, noteId!));
    await database.owner.query(`
      create function lose() returns trigger language plpgsql as 'begin return null; end';
      create trigger lose before insert on outbox for each row execute function lose()`);
    const lost = await record(recorder, clinic);
    await database.owner.query('drop trigger lose on outbox');
    const inAnHour = new Date(Date.now() + 3_600_000);
    await eventually(async () => expect((await upkeep.queue.counts()).active).toBe(0));
    await keepRecordingsUp(upkeep, inAnHour);
    await reached(storage, clinic, lost.id, 'drafted');
    expect(await look(storage, clinic, id)).toMatchObject({ state: 'signed', hasSound: true });
    await keepRecordingsUp(upkeep, new Date(Date.now() + 25 * 3_600_000));
    expect(await look(storage, clinic, id)).toMatchObject({ hasSound: false });
    await expect(recorder.sounds.read(id)).rejects.toMatchObject({ code: 'SOUND_GONE' });
    expect(await recorder.sounds.read(lost.id)).toHaveLength(1000);
  });
});

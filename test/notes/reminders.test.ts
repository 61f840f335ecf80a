import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answer } from '../../src/notes/questions.ts';
import { reminderLines, sweepReminders } from '../../src/notes/reminders.ts';
import { leftNotes, worklist } from '../../src/notes/worklist.ts';
import { changeFollowUp } from '../../src/storage/repositories/follow-ups.ts';
import { noteById } from '../../src/storage/repositories/notes.ts';
import { askAboutFollowUp, questionById } from '../../src/storage/repositories/questions.ts';
import { createStaff, staffActor } from '../../src/storage/repositories/staff.ts';
import { type Clinic, CONTEXT, plantClinic, plantDraft } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let deputy: Clinic['doctor'];

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  const { storage, owner } = database;
  clinic = await plantClinic(storage);
  const { id } = await createStaff(
    storage.plain,
    { username: 'sandberg', givenName: 'Test', familyName: 'Sandberg', accountRoles: ['clinician'] },
    [clinic.unitId],
  );
  deputy = (await staffActor(storage.plain, id))!;
  await owner.query('update units set deputy_id = $1 where id = $2', [deputy.id, clinic.unitId]);
});

function hoursFromNow(hours: number): Date {
  return new Date(Date.now() + hours * 3_600_000);
}

const remindersOf = (actor: Clinic['doctor'], now: Date) =>
  database.storage.withAudit(actor, CONTEXT, (transaction) => reminderLines(transaction, now));

test('a note that is not signed in time is reminded of once, then passed on to the deputy of the unit', async () => {
  const { storage } = database;
  const { note } = await plantDraft(storage, clinic);
  expect(await sweepReminders(storage, hoursFromNow(1))).toMatchObject({ notesRemindedOf: 0, notesPassedOn: 0 });
  expect(await sweepReminders(storage, hoursFromNow(25))).toMatchObject({ notesRemindedOf: 1, notesPassedOn: 0 });
  expect(await sweepReminders(storage, hoursFromNow(26))).toMatchObject({ notesRemindedOf: 0, notesPassedOn: 0 });
  expect(await remindersOf(clinic.doctor, hoursFromNow(26))).toMatchObject([
    { kind: 'note_unsigned', objectId: note.id, ageHours: expect.closeTo(2, 0) },
  ]);
  expect(await sweepReminders(storage, hoursFromNow(73))).toMatchObject({ notesRemindedOf: 1, notesPassedOn: 1 });
  expect(await sweepReminders(storage, hoursFromNow(74))).toMatchObject({ notesRemindedOf: 0, notesPassedOn: 0 });
  expect(await remindersOf(deputy, hoursFromNow(74))).toMatchObject([{ objectId: note.id }]);
  const day = await storage.withAudit(deputy, CONTEXT, (transaction) => worklist(transaction, hoursFromNow(74)));
  expect(day.notes).toMatchObject([{ id: note.id, relation: 'deputy', undecided: 1, ageHours: 74 }]);
});

test('a note that nobody signs does not hide its follow-ups: after some days the whole unit sees them', async () => {
  const { storage } = database;
  const { note, followUps } = await plantDraft(storage, clinic);
  const seenBy = (actor: Clinic['doctor'], hours: number) =>
    storage.withAudit(actor, CONTEXT, (transaction) => leftNotes(transaction, { now: hoursFromNow(hours), limit: 10 }));
  expect(await seenBy(clinic.administrator, 119)).toEqual([]);
  expect(await seenBy(clinic.administrator, 121)).toMatchObject([
    { id: note.id, relation: 'unit', undecided: 1, followUps: [{ id: followUps[0]!.id, state: 'found' }] },
  ]);
  const elsewhere = await plantClinic(storage, 'Annan mottagning');
  expect(await seenBy(elsewhere.doctor, 121)).toEqual([]);
});

test('a question that nobody answers is passed on to the deputy, who can answer it', async () => {
  const { storage } = database;
  const { note, followUps } = await plantDraft(storage, clinic);
  const [followUp] = followUps;
  const question = await storage.withAudit(clinic.doctor, CONTEXT, async (transaction) => {
    const asked = await changeFollowUp(transaction, followUp!.id, followUp!.version, { state: 'asked' });
    return askAboutFollowUp(transaction, asked, { toRole: 'administrator', text: 'När?', remindAt: new Date() });
  });
  await sweepReminders(storage, hoursFromNow(73));
  expect((await sweepReminders(storage, hoursFromNow(74))).questionsPassedOn).toBe(0);
  await storage.withAudit(deputy, CONTEXT, async (transaction) => {
    const passed = await questionById(transaction, question.id);
    expect(passed).toMatchObject({ toStaffId: deputy.id, toRole: null, state: 'open' });
    await answer(transaction, passed.id, passed.version, { answer: 'Vecka 12.' }, new Date());
  });
  expect((await sweepReminders(storage, hoursFromNow(200))).questionsPassedOn).toBe(0);
  const { state } = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) => noteById(transaction, note.id));
  expect(state).toBe('draft');
});

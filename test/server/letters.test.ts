import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TimeProposals } from '../../src/contracts/appointments-api.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { LetterPreview } from '../../src/contracts/letter-api.ts';
import { LETTER_TEXT_BLOCKS, OwnLetterTexts } from '../../src/contracts/letter-texts.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { nextWorkingDay } from '../../src/followup/calendar/swedish-days.ts';
import { LETTER_PAGE_POLICY } from '../../src/letters/html-style.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import { listVisitTypes } from '../../src/storage/repositories/calendar-setup.ts';
import { putLetterTexts } from '../../src/storage/repositories/letter-texts.ts';
import { changePatient, patientById } from '../../src/storage/repositories/patients.ts';
import { changeUnit, unitById } from '../../src/storage/repositories/staff.ts';
import { asAdministrator, LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { plantCalendar } from '../storage/planted-calendar.ts';
import { type Requests, requestsAs } from './queue-requests.ts';
import { runApp } from './running-app.ts';
import { signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let app: FastifyInstance;
let anna: Requests;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  clinic = await plantClinic(storage);
  await plantCalendar(storage, clinic);
  ({ app } = await runApp({ clinic: { storage } }));
  anna = await requestsAs(app, storage, clinic.administrator.id);
});

const target = nextWorkingDay(addDays(stockholmClockAt(Date.now()).date, 42));
const visit: FollowUpRequest = { ...VISIT, time: { kind: 'om', expr: 'om sex veckor', target, mal_datum: target } };

async function bookedTask(): Promise<AdminTask> {
  const [task] = (await plantChain(database.storage, clinic, [visit, LAB])) as [AdminTask];
  const { proposals } = TimeProposals.parse((await anna.get(`/api/tasks/${task.id}/proposals`)).body);
  const visits = proposals[0]!.visits.map(({ taskId, performer, startsAt }) => ({
    taskId,
    performerId: performer.id,
    startsAt: startsAt.toISOString(),
  }));
  const choice = { what: 'chosen', visits, givesUp: [] };
  expect((await anna.post(`/api/tasks/${task.id}/booking`, choice, task.version)).status).toBe(201);
  return task;
}

/** Tells the unit's phone number, which a letter needs. */
async function givePhone(): Promise<void> {
  await asAdministrator(database.storage, clinic, ({ write }) =>
    write.updateTable('units').set({ phone: '010-123 45 67' }).where('id', '=', clinic.unitId).execute(),
  );
}

const previewOf = async ({ id }: AdminTask) => LetterPreview.parse((await anna.get(`/api/tasks/${id}/letter`)).body);

test('a booked visit and its test before it stand in one letter, in the order of the clock', async () => {
  await givePhone();
  const { form, text } = await previewOf(await bookedTask());
  expect(form).toBe('timed');
  expect(text.indexOf('1. Provtagning')).toBeGreaterThan(0);
  expect(text.indexOf('2. Återbesök läkare')).toBeGreaterThan(text.indexOf('1. Provtagning'));
  expect(text).toContain('Du träffar: Elin Lind');
  expect(text).toContain('010-123 45 67');
});

test("the clinician's words about preparing stand beside what the patient will read", async () => {
  await givePhone();
  const task = await bookedTask();
  await asAdministrator(database.storage, clinic, ({ write }) =>
    write
      .updateTable('adminTasks')
      .set({ preparations: ['EKG och BT innan'] })
      .where('id', '=', task.id)
      .execute(),
  );
  const { preparations, text } = await previewOf(task);
  expect(preparations).toContainEqual({
    original: 'EKG och BT innan',
    plain: 'EKG (mätning av hjärtats rytm) och blodtryck innan',
    writtenOut: [
      { short: 'BT', plain: 'blodtryck' },
      { short: 'EKG', plain: 'EKG (mätning av hjärtats rytm)' },
    ],
  });
  expect(text).toContain('- EKG (mätning av hjärtats rytm) och blodtryck innan');
});

test('a letter is written in the words of its last visit’s type, and says how to find the unit', async () => {
  await givePhone();
  const task = await bookedTask();
  const { unitId } = clinic;
  await asAdministrator(database.storage, clinic, async (transaction) => {
    const types = await listVisitTypes(transaction, unitId);
    const nothing = OwnLetterTexts.parse(Object.fromEntries(LETTER_TEXT_BLOCKS.map((block) => [block, null])));
    for (const { id, name } of types) {
      await putLetterTexts(transaction, { unitId, visitTypeId: id }, 1, { ...nothing, closing: `Välkommen: ${name}.` });
    }
    const { version } = await unitById(transaction.plain, unitId);
    const reached = { directions: 'Ta hiss B till plan 3.', phoneHours: 'vardagar kl. 8–10' };
    await changeUnit(transaction.plain, unitId, version, reached);
  });
  const { text } = await previewOf(task);
  expect(text).toContain('Välkommen: Återbesök läkare.');
  expect(text).not.toContain('Välkommen: Provtagning.');
  expect(text).toContain('Vägen: Ta hiss B till plan 3.');
  expect(text).toContain('(vardagar kl. 8–10)');
  const [unbooked] = (await plantChain(database.storage, clinic, [visit])) as [AdminTask];
  const open = await previewOf(unbooked);
  expect(open.text).toContain('Gäller: Återbesök läkare');
  expect(open.text).toContain('Välkommen: Återbesök läkare.');
});

test('about a child it goes to the guardian until the child is 18', async () => {
  await givePhone();
  const task = await bookedTask();
  const today = stockholmClockAt(Date.now()).date;
  const bornYearsAgo = (years: number) =>
    asAdministrator(database.storage, clinic, async (transaction) => {
      const { version } = await patientById(transaction, clinic.patientId);
      const birthDate = `${Number(today.slice(0, 4)) - years}-01-01`;
      await changePatient(transaction, clinic.patientId, version, { birthDate });
    });
  await bornYearsAgo(17);
  expect((await previewOf(task)).letter.address[0]).toBe('Vårdnadshavare till Åsa Prov');
  await bornYearsAgo(18);
  const { letter, text } = await previewOf(task);
  expect(letter.address[0]).toBe('Åsa Prov');
  expect(text).not.toContain('vårdnadshavare');
});

test('a task without a time becomes an open letter with its last day', async () => {
  await givePhone();
  const [task] = (await plantChain(database.storage, clinic, [visit])) as [AdminTask];
  const { form, text } = await previewOf(task);
  expect(form).toBe('open');
  expect(text).toContain('Boka senast: ');
  expect(text).not.toContain('Tid: ');
});

test('the letter is printed as a PDF and shown as a page, and all are lines in the log of the patient', async () => {
  await givePhone();
  const task = await bookedTask();
  const headers = await signedInAs(database.storage, clinic.administrator.id);
  const paper = await app.inject({ url: `/api/tasks/${task.id}/letter.pdf?largePrint=true`, headers });
  expect(paper.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
  expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  const page = await app.inject({ url: `/api/tasks/${task.id}/letter.html`, headers });
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': LETTER_PAGE_POLICY,
    'cache-control': 'no-store',
  });
  expect(page.body).toContain('<h1>Dina tider</h1>');
  const lines = await asAdministrator(database.storage, clinic, ({ plain }) =>
    plain
      .selectFrom('auditEvents')
      .select(['objectKind', 'actorId', 'patientIds'])
      .orderBy('id', 'desc')
      .limit(8)
      .execute(),
  );
  expect(lines).toContainEqual({
    objectKind: 'patients',
    actorId: clinic.administrator.id,
    patientIds: [task.patientId],
  });
});

test('with protected identity neither form tells who, where or what for', async () => {
  await givePhone();
  const task = await bookedTask();
  await asAdministrator(database.storage, clinic, async (transaction) => {
    const { version } = await patientById(transaction, task.patientId);
    await changePatient(transaction, task.patientId, version, { protectedIdentity: true });
  });
  const { text, letter } = await previewOf(task);
  for (const words of ['Mottagningen', 'Elin Lind', 'Provtagning', 'Återbesök']) {
    expect(text).not.toContain(words);
    expect(JSON.stringify(letter)).not.toContain(words);
  }
  expect(text).toContain('Förmedlas av Skatteverket');
});

test('a unit without a phone number is told so, rather than a letter that says nobody to call', async () => {
  const answer = await anna.get(`/api/tasks/${(await bookedTask()).id}/letter`);
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'STATE_NOT_ALLOWED', expected: 'a phone number of the unit', got: 'none' },
  });
});

test("another unit's task has no letter", async () => {
  const task = await bookedTask();
  const elsewhere = await plantClinic(database.storage, 'Den andra');
  const stranger = await anna.as(elsewhere.administrator.id);
  expect((await stranger.get(`/api/tasks/${task.id}/letter`)).status).toBe(404);
});

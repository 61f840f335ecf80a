import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NoteView } from '../../src/contracts/notes-api.ts';
import type { FollowUpCard } from '../../src/contracts/notes-api-cards.ts';
import type { QuestionLine } from '../../src/contracts/notes-api-questions.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import { wakingDay } from '../../src/queue/tasks/waking-day.ts';
import { claimTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { askAboutTask } from '../../src/storage/repositories/questions.ts';
import { CONTEXT, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type Answer, begin, type NoteWorld, openNoteWorld, sign } from './note-pages.ts';

interface QuestionLines {
  readonly items: readonly QuestionLine[];
  readonly next: string | null;
}

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

/** A note with one card that somebody is asked about. */
async function askedNote(to: (world: NoteWorld) => object) {
  const world = await openNoteWorld(database);
  const note = await begin(world, 'Återbesök om sex veckor.');
  const [card] = note.followUps as [FollowUpCard];
  const asked = { decision: 'asked', to: to(world), text: 'Finns tid då?' };
  const answer = await world.doctor.send('PUT', `/api/follow-ups/${card.id}/decision`, asked, card.version);
  return { world, note, card, asked: answer };
}

async function openQuestions(page: NoteWorld['doctor']): Promise<readonly QuestionLine[]> {
  return (await page.get<QuestionLines>('/api/questions')).body.items;
}

async function stateOf({ doctor }: NoteWorld, id: string): Promise<FollowUpCard> {
  return (await doctor.get<NoteView>(`/api/notes/${id}`)).body.followUps[0]!;
}

describe('a question about a card', () => {
  test('reaches who is asked, lets the note be signed, and its outcome makes the request', async () => {
    const { world, note, card } = await askedNote((all) => ({ staffId: all.colleague.id }));
    expect((await sign(world.doctor, note.id)).status).toBe(200);
    const [question] = await openQuestions(world.colleague);
    expect(question).toMatchObject({
      followUpId: card.id,
      text: 'Finns tid då?',
      source: { text: 'Återbesök om sex veckor' },
    });
    const answered = await world.colleague.send(
      'POST',
      `/api/questions/${question!.id}/answer`,
      { answer: 'Ja, gör så.', outcome: { decision: 'confirmed' } },
      question!.version,
    );
    expect(answered).toMatchObject({
      status: 200,
      body: { state: 'answered', answeredBy: { id: world.colleague.id } },
    });
    expect(await stateOf(world, note.id)).toMatchObject({ state: 'confirmed', request: { state: 'active' } });
    expect(await openQuestions(world.colleague)).toEqual([]);
  });

  test('to a role reaches everybody who has it at the unit, and nobody elsewhere', async () => {
    const { world } = await askedNote(() => ({ role: 'lakare' }));
    const elsewhere = await openNoteWorld(database);
    expect(await openQuestions(world.colleague)).toHaveLength(1);
    expect(await openQuestions(elsewhere.colleague)).toEqual([]);
    expect(await openQuestions(world.administrator)).toEqual([]);
  });

  test('to nobody is not asked', async () => {
    for (const to of [{ role: 'naprapat' }, { staffId: '00000000-0000-4000-8000-000000000000' }]) {
      const { asked } = await askedNote(() => to);
      expect(asked).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    }
  });

  test('answered without an outcome waits for the author, who is told so and decides', async () => {
    const { world, note, card } = await askedNote((all) => ({ staffId: all.clinic.administrator.id }));
    await sign(world.doctor, note.id);
    const [question] = await openQuestions(world.administrator);
    const url = `/api/questions/${question!.id}/answer`;
    const deciding = { answer: 'Ja.', outcome: { decision: 'confirmed' } };
    expect((await world.administrator.send('POST', url, deciding, question!.version)).body.code).toBe(
      'ROLE_NOT_ALLOWED',
    );
    await world.administrator.send('POST', url, { answer: 'Ja.' }, question!.version);
    const { body } = await world.doctor.get('/api/worklist');
    expect(body.answered).toMatchObject([{ noteId: note.id, followUpId: card.id }]);
    const { version } = await stateOf(world, note.id);
    const decided = await world.doctor.send(
      'PUT',
      `/api/follow-ups/${card.id}/decision`,
      { decision: 'confirmed' },
      version,
    );
    expect(decided.body).toMatchObject({ state: 'confirmed', request: { state: 'active' } });
    expect((await world.doctor.get('/api/worklist')).body.answered).toEqual([]);
  });

  test('is answered once, by who is asked', async () => {
    const { world } = await askedNote((all) => ({ staffId: all.colleague.id }));
    const [question] = await openQuestions(world.colleague);
    const url = `/api/questions/${question!.id}/answer`;
    expect((await world.administrator.send('POST', url, { answer: 'Jag?' }, question!.version)).status).toBe(403);
    expect((await world.stranger.send('POST', url, { answer: 'Jag?' }, question!.version)).status).toBe(404);
    expect((await world.colleague.send('POST', url, { answer: 'Ja.' }, question!.version)).status).toBe(200);
    expect((await world.colleague.send('POST', url, { answer: 'Nej.' }, question!.version)).status).toBe(412);
    const again = await world.colleague.send('POST', url, { answer: 'Nej.' }, question!.version + 1);
    expect(again.body.code).toBe('RECORD_PERMANENT');
  });

  test('is handed on, and taken back with the decision', async () => {
    const { world, card, asked } = await askedNote((all) => ({ staffId: all.colleague.id }));
    const [question] = await openQuestions(world.colleague);
    const to = { staffId: world.clinic.administrator.id };
    await world.colleague.send('POST', `/api/questions/${question!.id}/pass-on`, { to }, question!.version);
    expect(await openQuestions(world.colleague)).toEqual([]);
    expect(await openQuestions(world.administrator)).toHaveLength(1);
    await world.doctor.send('PUT', `/api/follow-ups/${card.id}/decision`, { decision: 'found' }, asked.body.version);
    expect(await openQuestions(world.administrator)).toEqual([]);
    const { body } = await world.doctor.get<QuestionLines>('/api/questions?which=by_me');
    expect(body.items).toMatchObject([{ state: 'withdrawn', followUpId: card.id }]);
  });
});

describe('an answer with another måldatum', () => {
  const today = stockholmClockAt(Date.now()).date;
  const [earlier, later] = [addDays(today, 20), addDays(today, 80)];

  test('changes what the card asks for, and the request is made so', async () => {
    const { world, note } = await askedNote((all) => ({ staffId: all.colleague.id }));
    await sign(world.doctor, note.id);
    const [question] = await openQuestions(world.colleague);
    expect(question!.toStaff).toMatchObject({ id: world.colleague.id });
    const url = `/api/questions/${question!.id}/answer`;
    const until = (targetDate: string) => ({ answer: 'Senare.', outcome: { decision: 'new_target', targetDate } });
    const past = await world.colleague.send('POST', url, until(addDays(today, -1)), question!.version);
    expect(past.body.code).toBe('REQUEST_INVALID');
    expect((await world.colleague.send('POST', url, until(later), question!.version)).status).toBe(200);
    expect(await stateOf(world, note.id)).toMatchObject({
      state: 'changed',
      fields: { type: 'aterbesok', time: { mal_datum: later, latest: later } },
      request: { state: 'active' },
    });
  });

  test('moves the task with its request, earlier as well as later, and the day on which it wakes again', async () => {
    const world = await openNoteWorld(database);
    const { clinic } = world;
    const { task } = await plantTask(database.storage, clinic);
    const ask = () =>
      database.storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
        const { version, state } = await taskById(transaction, task.id);
        const claimed = state === 'new' ? (await claimTask(transaction, task.id)).task : { id: task.id, version };
        const asked = { toStaffId: clinic.doctor.id, text: 'När?', remindAt: new Date() };
        await askAboutTask(transaction, claimed, asked);
      });
    for (const targetDate of [later, earlier]) {
      await ask();
      const [question] = await openQuestions(world.doctor);
      const outcome = { decision: 'new_target', targetDate };
      const url = `/api/questions/${question!.id}/answer`;
      await world.doctor.send('POST', url, { answer: 'Så här.', outcome }, question!.version);
      const { rows } = await database.owner.query(
        `select admin_tasks.state, admin_tasks.target_date::text as task, booking_requests.target_date::text as request,
          booking_requests.target_question_id as question
        from admin_tasks join booking_requests on booking_requests.id = request_id where admin_tasks.id = $1`,
        [task.id],
      );
      expect(rows).toEqual([{ state: 'claimed', task: targetDate, request: targetDate, question: question!.id }]);
    }
    const { version } = await database.storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
      taskById(transaction, task.id),
    );
    const waiting = { action: 'wait', untilEvent: 'svar' };
    await world.administrator.send('POST', `/api/tasks/${task.id}/changes`, waiting, version);
    const { rows } = await database.owner.query(
      `select (wakes_at at time zone 'Europe/Stockholm')::date::text as day from admin_tasks where id = $1`,
      [task.id],
    );
    const addDaysOfWork = (day: string, days: number) => addWorkingDays(day as LocalDate, days);
    expect(rows).toEqual([{ day: wakingDay({ today, addWorkingDays: addDaysOfWork }, earlier) }]);
  });

  test('is a clinician’s to give', async () => {
    const { world } = await askedNote((all) => ({ staffId: all.clinic.administrator.id }));
    const [question] = await openQuestions(world.administrator);
    const outcome = { decision: 'new_target', targetDate: later };
    const url = `/api/questions/${question!.id}/answer`;
    const refused = await world.administrator.send('POST', url, { answer: 'Ja.', outcome }, question!.version);
    expect(refused.body.code).toBe('ROLE_NOT_ALLOWED');
  });
});

test('the answer to a question about a task brings the task back to who had it', async () => {
  const world = await openNoteWorld(database);
  const { clinic } = world;
  const { task } = await plantTask(database.storage, clinic);
  await database.storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
    const { task: claimed } = await claimTask(transaction, task.id);
    await askAboutTask(transaction, claimed, { toStaffId: clinic.doctor.id, text: 'Senare?', remindAt: new Date() });
  });
  const [question] = await openQuestions(world.doctor);
  expect(question).toMatchObject({ taskId: task.id, followUpId: null, source: { text: 'Återbesök om sex veckor' } });
  const url = `/api/questions/${question!.id}/answer`;
  const withOutcome = { answer: 'Ja.', outcome: { decision: 'nothing' } };
  expect((await world.doctor.send('POST', url, withOutcome, question!.version)).body.code).toBe('REQUEST_INVALID');
  await world.doctor.send('POST', url, { answer: 'Ja.' }, question!.version);
  const { rows } = await database.owner.query('select state, claimed_by from admin_tasks where id = $1', [task.id]);
  expect(rows).toEqual([{ state: 'claimed', claimed_by: clinic.administrator.id }]);
});

test('questions come in pages, the oldest first, each once', async () => {
  const world = await openNoteWorld(database);
  for (let number = 0; number < 5; number++) {
    const note = await begin(world, 'Återbesök om sex veckor.');
    const asked = { decision: 'asked', to: { staffId: world.colleague.id }, text: `Fråga ${number}` };
    await world.doctor.send('PUT', `/api/follow-ups/${note.followUps[0]!.id}/decision`, asked, 1);
  }
  const texts: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const url: string = `/api/questions?limit=2${next === '' ? '' : `&after=${next}`}`;
    const { body }: Answer<QuestionLines> = await world.colleague.get(url);
    texts.push(...body.items.map(({ text }) => text));
    next = body.next;
  }
  expect(texts).toEqual([0, 1, 2, 3, 4].map((number) => `Fråga ${number}`));
  expect((await world.colleague.get('/api/questions?after=nonsense')).status).toBe(400);
});

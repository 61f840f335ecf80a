import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../src/contracts/access.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { remindOfWaiting } from '../../src/queue/rounds/remind.ts';
import { repairLost } from '../../src/queue/rounds/repair.ts';
import { tidy } from '../../src/queue/rounds/tidy.ts';
import { wakeTasks } from '../../src/queue/rounds/wake.ts';
import { makeTasks } from '../../src/queue/tasks/make-task.ts';
import { recall, settleQuestion, wakeIfDue } from '../../src/queue/tasks/settle.ts';
import type { ClinicWorld } from '../../src/queue/world.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { claimTask, letTaskWait, listTasks, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import type { BookingRequest } from '../../src/storage/repositories/booking-requests.ts';
import { createEncounter, moveEncounter } from '../../src/storage/repositories/encounters.ts';
import type { NewFollowUp } from '../../src/storage/repositories/follow-ups.ts';
import { answerQuestion, askAboutTask, questionById } from '../../src/storage/repositories/questions.ts';
import type { Storage } from '../../src/storage/storage.ts';
import {
  type Clinic,
  CONTEXT,
  confirmAndSign,
  newFollowUp,
  plantClinic,
  plantDraft,
  REVISIT,
  WORKER,
} from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { CALENDAR } from './calendar.ts';

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let clinic: Clinic;
let world: ClinicWorld;
let notesRemindedAt: Date[];
const JOB = { id: 'job-1', start: 1 };
const HOUR_MS = 3_600_000;
const earlier = new Date(CALENDAR.now().getTime() - 1);

beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  database = await cluster.fresh();
  ({ storage } = database);
  clinic = await plantClinic(storage);
  notesRemindedAt = [];
  world = {
    storage,
    calendar: CALENDAR,
    remindOfNotes: async (now) => notesRemindedAt.push(now),
    offerFreedTime: async () => undefined,
    refreshFits: async () => undefined,
  };
});
afterAll(() => cluster.close());

async function sign(fields: Partial<FollowUpRequest> = {}, over: Partial<NewFollowUp> = {}): Promise<BookingRequest> {
  const { note } = await plantDraft(storage, clinic, [newFollowUp({ fields: { ...REVISIT, ...fields }, ...over })]);
  const requests = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
    confirmAndSign(transaction, note.id),
  );
  return requests[0]!;
}

function as<Result>(actor: Actor, work: (transaction: AuditedTransaction) => Promise<Result>): Promise<Result> {
  return storage.withAudit(actor, CONTEXT, work);
}

async function taskOf({ chainId }: BookingRequest) {
  const [task] = await as(WORKER, (transaction) => listTasks(transaction, { chainId }));
  return task;
}

async function made(fields: Partial<FollowUpRequest> = {}, over: Partial<NewFollowUp> = {}) {
  const request = await sign(fields, over);
  await makeTasks(world, { id: randomUUID(), start: 1 }, [request.id]);
  return (await taskOf(request))!;
}

async function reminders(): Promise<unknown[]> {
  const sql = 'select kind, object_id, to_staff_id, dismissed_at is not null as dismissed from reminders';
  return (await database.owner.query(sql)).rows;
}

test('a task says who, what, how long, in which language and what to prepare', async () => {
  const { owner } = database;
  await owner.query(
    `update units set defaults = '{"labOffset": "-P1W", "resultOffset": "P1W", "visitMinutes": {"aterbesok": 30}}'`,
  );
  await owner.query(`update staff set profession = 'lakare' where id = $1`, [clinic.doctor.id]);
  const flag = {
    flag: 'series_without_end',
    name: 'series_without_end',
    route: 'review',
    reason: 'Serien har inget slut.',
  } as const;
  const task = await made(
    {
      practitioner: 'Lind',
      service: 'diabetes',
      needs: ['tolk:so', 'rullstol'],
      prep: ['fasta'],
      prep_verbatim: ['fastande från midnatt'],
    },
    { flags: [flag], route: 'review' },
  );
  expect(task).toMatchObject({
    state: 'new',
    role: 'lakare',
    practitionerId: clinic.doctor.id,
    service: 'diabetes',
    durationMinutes: 30,
    interpreterLanguage: 'so',
    needs: ['tolk:so', 'rullstol'],
    preparations: ['fastande från midnatt'],
    targetDate: REVISIT.time!.mal_datum,
    flags: [flag],
  });
});

test('"@author" is who wrote the note, "@same" whom the patient met last, and a name of nobody is no one', async () => {
  expect(await made({ practitioner: '@author' })).toMatchObject({ practitionerId: clinic.doctor.id });
  expect(await made({ practitioner: '@same' })).toMatchObject({ practitionerId: null });
  const { unitId, patientId } = clinic;
  await database.owner.query(`update staff set profession = 'lakare'`);
  await as(clinic.administrator, async (transaction) => {
    const startsAt = new Date(Date.now() - HOUR_MS);
    const times = { kind: 'aterbesok', startsAt, endsAt: new Date() } as const;
    const encounter = { unitId, patientId, staffId: clinic.administrator.id, ...times };
    const { id, version } = await createEncounter(transaction, encounter);
    await moveEncounter(transaction, id, version, 'arrived');
  });
  expect(await made({ practitioner: '@same' })).toMatchObject({ practitionerId: clinic.administrator.id });
  expect(await made({ practitioner: 'Nyström' })).toMatchObject({ practitionerId: null, role: 'lakare' });
});

test('what waits for an event comes back ten working days before its måldatum, or after twenty', async () => {
  const dated = await made({ trigger: 'svar_mr' }, { route: 'hold' });
  expect(dated).toMatchObject({ state: 'waiting', wakesOn: 'svar_mr', wakesAt: new Date('2026-04-14T06:00:00Z') });
  const { time: _, ...undated } = REVISIT;
  const request = await sign({}, { route: 'hold', fields: undated });
  await makeTasks(world, JOB, [request.id]);
  expect(await taskOf(request)).toMatchObject({ wakesOn: 'hold', wakesAt: new Date('2026-04-07T06:00:00Z') });
});

test('an earlier start of a job writes nothing once a later one has begun', async () => {
  const [first, second] = [await sign(), await sign()];
  await makeTasks(world, { id: 'taken-over', start: 2 }, [first.id]);
  const late = makeTasks(world, { id: 'taken-over', start: 1 }, [second.id]);
  await expect(late).rejects.toThrow('was taken over');
  expect(await taskOf(second)).toBeUndefined();
});

test('ten workers that do the same job at once make one task', async () => {
  const request = await sign();
  const jobs = Array.from({ length: 10 }, (_, at) => makeTasks(world, { id: `copy-${at}`, start: 1 }, [request.id]));
  const done = await Promise.all(jobs);
  expect(done.flat()).toHaveLength(1);
  expect(await as(WORKER, (transaction) => listTasks(transaction, { chainId: request.chainId }))).toHaveLength(1);
});

test('a waiting task is new again when its time has come, and not before', async () => {
  const { administrator } = clinic;
  const wait = async (wakesAt: Date) => {
    const { id } = await made();
    const { task } = await as(administrator, (transaction) => claimTask(transaction, id));
    await as(administrator, (transaction) => letTaskWait(transaction, id, task.version, { wakesAt, wakesOn: null }));
    return id;
  };
  const stateOf = async (id: string) => (await as(WORKER, (transaction) => taskById(transaction, id))).state;
  const [due, soon, told] = [
    await wait(earlier),
    await wait(new Date(CALENDAR.now().getTime() + HOUR_MS)),
    await wait(earlier),
  ];
  await wakeIfDue(world, { id: 'told', start: 1 }, told);
  await wakeIfDue(world, { id: 'soon', start: 1 }, soon);
  expect(await stateOf(told)).toBe('new');
  await wakeTasks(world, JOB);
  expect(await stateOf(due)).toBe('new');
  expect(await stateOf(soon)).toBe('waiting');
});

test('an unanswered question is reminded of once a working day, and its answer ends that', async () => {
  const { id } = await made();
  const { task } = await as(clinic.administrator, (transaction) => claimTask(transaction, id));
  const asked = await as(clinic.administrator, (transaction) =>
    askAboutTask(transaction, task, { toStaffId: clinic.doctor.id, text: 'Går vecka 17?', remindAt: earlier }),
  );
  await remindOfWaiting(world, JOB);
  await remindOfWaiting(world, JOB);
  expect(notesRemindedAt).toEqual([CALENDAR.now(), CALENDAR.now()]);
  const questionId = asked.question.id;
  const reminder = { kind: 'question_unanswered', object_id: questionId, to_staff_id: clinic.doctor.id };
  expect(await reminders()).toEqual([{ ...reminder, dismissed: false }]);
  const open = await as(WORKER, (transaction) => questionById(transaction, questionId));
  expect(open.remindAt).toEqual(new Date('2026-03-11T06:00:00Z'));
  await as(clinic.doctor, (transaction) => answerQuestion(transaction, questionId, open.version, 'Ja.'));
  await settleQuestion(world, { id: 'answered', start: 1 }, questionId);
  expect(await reminders()).toEqual([{ ...reminder, dismissed: true }]);
});

test('three working days before an unbooked måldatum who has the task is reminded, or all administrators', async () => {
  const near = (day: string) => ({ time: { kind: 'datum', expr: day, target: day, mal_datum: day } }) as const;
  await made(near('2026-03-16'));
  const unclaimed = await made(near('2026-03-13'));
  const claimed = await made(near('2026-03-12'));
  await as(clinic.doctor, (transaction) => claimTask(transaction, claimed.id));
  await remindOfWaiting(world, JOB);
  await remindOfWaiting(world, JOB);
  const told = [
    { kind: 'target_near', object_id: unclaimed.id, to_staff_id: clinic.administrator.id, dismissed: false },
    { kind: 'target_near', object_id: claimed.id, to_staff_id: clinic.doctor.id, dismissed: false },
  ];
  expect(await reminders()).toHaveLength(2);
  expect(await reminders()).toEqual(expect.arrayContaining(told));
  await recall(world, { id: 'withdrawn', start: 1 }, unclaimed.requestId);
  expect(await reminders()).toContainEqual({ ...told[0], dismissed: true });
});

test('a request whose job was lost with its store is asked for anew', async () => {
  const { owner } = database;
  const [lost, young] = [await sign(), await sign()];
  await owner.query('update outbox set sent_at = now()');
  await owner.query('alter table booking_requests disable trigger user');
  await owner.query(`update booking_requests set created_at = now() - interval '1 hour' where id = $1`, [lost.id]);
  await owner.query('alter table booking_requests enable trigger user');
  await repairLost(world, JOB);
  await repairLost(world, JOB);
  const asked = await storage.plain.selectFrom('outbox').select('payload').where('sentAt', 'is', null).execute();
  expect(asked).toEqual([{ payload: { requestId: lost.id } }]);
  expect(young.id).not.toBe(lost.id);
});

test('what was sent long ago is cleared away, what waits is not', async () => {
  await sign();
  const { owner } = database;
  await owner.query(`insert into outbox (topic, payload, sent_at) values
    ('note.signed', '{}', now() - interval '8 days'), ('note.signed', '{}', now() - interval '6 days')`);
  await owner.query(`insert into job_fences (job_id, start, at) values ('old', 1, now() - interval '8 days')`);
  await tidy(world, JOB);
  const { rows } = await owner.query('select sent_at is null as waits from outbox order by id');
  expect(rows).toEqual([{ waits: true }, { waits: false }]);
  expect((await owner.query('select * from job_fences')).rows).toEqual([]);
});

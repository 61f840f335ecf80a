import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import {
  cancelTask,
  changeTask,
  claimTask,
  createTask,
  letTaskWait,
  releaseTask,
  taskById,
  tasksToWake,
  wakeTask,
} from '../../src/storage/repositories/admin-tasks.ts';
import {
  requestById,
  requestConfirmed,
  setTargetDate,
  withdrawRequest,
} from '../../src/storage/repositories/booking-requests.ts';
import {
  addFollowUps,
  changeFollowUp,
  listDecisions,
  listFollowUps,
} from '../../src/storage/repositories/follow-ups.ts';
import { eventsSince } from '../../src/storage/repositories/logs.ts';
import { beginAmendment, listVersions, moveNote, noteById, signNote } from '../../src/storage/repositories/notes.ts';
import { markSent, takeUnsent } from '../../src/storage/repositories/outbox.ts';
import { listQuestionsOfStaff } from '../../src/storage/repositories/question-lists.ts';
import {
  answerQuestion,
  askAboutFollowUp,
  askAboutTask,
  listQuestions,
} from '../../src/storage/repositories/questions.ts';
import { listUnsignedNotes } from '../../src/storage/repositories/unsigned-notes.ts';
import type { Storage } from '../../src/storage/storage.ts';
import {
  type Clinic,
  CONTEXT,
  confirmAndSign,
  newFollowUp,
  plantClinic,
  plantDraft,
  plantTask,
  REVISIT,
  WORKER,
} from './clinic.ts';
import { startTestCluster, type TestCluster } from './database.ts';

let cluster: TestCluster;
let storage: Storage;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  storage = (await cluster.fresh()).storage;
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

const asDoctor = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  storage.withAudit(clinic.doctor, CONTEXT, work);
const asAdministrator = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  storage.withAudit(clinic.administrator, CONTEXT, work);
const asWorker = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  storage.withAudit(WORKER, CONTEXT, work);

test('a task is made once, however often its job is repeated, also at the same time', async () => {
  const { request, task } = await plantTask(storage, clinic);
  const repeated = await Promise.all(
    [1, 2, 3, 4].map(() => asWorker((transaction) => createTask(transaction, request, { role: 'annan' }))),
  );
  expect(repeated.map((made) => [made.isNew, made.task.id, made.task.role])).toEqual(
    Array(4).fill([false, task.id, null]),
  );
});

test('of many who claim a task at once one gets it, and each is told who has it', async () => {
  const { task } = await plantTask(storage, clinic);
  const claims = await Promise.all(
    [clinic.doctor, clinic.administrator, clinic.doctor, clinic.administrator].map((actor) =>
      storage.withAudit(actor, CONTEXT, async (transaction) => ({ actor, ...(await claimTask(transaction, task.id)) })),
    ),
  );
  const holders = new Set(claims.map((claim) => claim.task.claimedBy));
  expect(holders.size).toBe(1);
  for (const { actor, isMine } of claims) expect(isMine).toBe(holders.has(actor.id));
  expect(claims[0]!.task.version).toBe(2);
});

test('a claimed task is taken over knowingly, and the first is refused by the version', async () => {
  const { task } = await plantTask(storage, clinic);
  const mine = await asAdministrator((transaction) => claimTask(transaction, task.id));
  const theirs = await asDoctor((transaction) => claimTask(transaction, task.id, { takeOver: true }));
  expect(theirs).toMatchObject({ isMine: true, task: { claimedBy: clinic.doctor.id } });
  await expect(
    asAdministrator((transaction) => changeTask(transaction, task.id, mine.task.version, { state: 'booked' })),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a task goes from new to done, and each step is an event', async () => {
  const { task } = await plantTask(storage, clinic);
  await asAdministrator(async (transaction) => {
    let { version } = (await claimTask(transaction, task.id)).task;
    for (const state of ['booked', 'called', 'done'] as const) {
      version = (await changeTask(transaction, task.id, version, { state })).version;
    }
  });
  const events = await eventsSince(storage.plain, [clinic.unitId], { after: 0, limit: 10_000 });
  expect(events.filter(({ objectId }) => objectId === task.id).map((event) => [event.fromState, event.state])).toEqual([
    [null, 'new'],
    ['new', 'claimed'],
    ['claimed', 'booked'],
    ['booked', 'called'],
    ['called', 'done'],
  ]);
});

test('a task is released, and laid aside until it wakes', async () => {
  const { task } = await plantTask(storage, clinic);
  const { task: claimed } = await asAdministrator((transaction) => claimTask(transaction, task.id));
  const released = await asAdministrator((transaction) => releaseTask(transaction, task.id, claimed.version));
  expect(released).toMatchObject({ state: 'new', claimedBy: null });
  await asAdministrator(async (transaction) => {
    const again = await claimTask(transaction, task.id);
    await letTaskWait(transaction, task.id, again.task.version, { wakesAt: new Date(0), wakesOn: null });
  });
  const [sleeping] = await asWorker((transaction) => tasksToWake(transaction, new Date(), 10));
  expect(sleeping?.id).toBe(task.id);
  const woken = await asWorker((transaction) => wakeTask(transaction, task.id, sleeping!.version));
  expect(woken).toMatchObject({ state: 'new', wakesAt: null });
});

test('a task without a måldatum can be given one when it wakes, and keeps it', async () => {
  const { task } = await plantTask(storage, clinic, { id: 'R1', type: 'aterbesok' });
  expect(task).toMatchObject({ targetDate: null, undated: true });
  const waiting = await asAdministrator(async (transaction) => {
    const { task: claimed } = await claimTask(transaction, task.id);
    return letTaskWait(transaction, task.id, claimed.version, { wakesAt: null, wakesOn: 'provsvar' });
  });
  const woken = await asWorker((transaction) => wakeTask(transaction, task.id, waiting.version, '2026-05-01'));
  expect(woken).toMatchObject({ targetDate: '2026-05-01', queueDay: '2026-05-01', undated: false });
  await expect(
    asWorker((transaction) => changeTask(transaction, task.id, woken.version, { targetDate: '2026-06-01' })),
  ).rejects.toMatchObject({ code: 'TARGET_DATE_FIXED' });
});

test('a question to all of a role is not put to the one of them who asks it', async () => {
  const { task } = await plantTask(storage, clinic);
  const { question } = await asAdministrator(async (transaction) => {
    const { task: claimed } = await claimTask(transaction, task.id);
    return askAboutTask(transaction, claimed, { toRole: 'administrator', text: 'Vem tar den?', remindAt: new Date() });
  });
  const listed = (which: 'to_me' | 'by_me') =>
    asAdministrator(async (transaction) => {
      const questions = await listQuestionsOfStaff(transaction, clinic.administrator.id, { which, limit: 50 });
      return questions.some(({ id }) => id === question.id);
    });
  expect([await listed('to_me'), await listed('by_me')]).toEqual([false, true]);
});

test('the answer to a question returns the task to whoever asked, and may set another måldatum', async () => {
  const { task, request } = await plantTask(storage, clinic);
  const { question } = await asAdministrator(async (transaction) => {
    const { task: claimed } = await claimTask(transaction, task.id);
    const asked = { toStaffId: clinic.doctor.id, text: 'En vecka senare?', remindAt: new Date() };
    return askAboutTask(transaction, claimed, asked);
  });
  await asDoctor(async (transaction) => {
    const [open] = await listQuestionsOfStaff(transaction, clinic.doctor.id, { which: 'to_me', limit: 10 });
    expect(open?.id).toBe(question.id);
    await answerQuestion(transaction, question.id, question.version, 'Ja.');
    await setTargetDate(transaction, request.id, {
      targetDate: '2026-05-05',
      earliestDate: null,
      questionId: question.id,
    });
  });
  const after = await asAdministrator((transaction) => taskById(transaction, task.id));
  expect(after).toMatchObject({ state: 'claimed', claimedBy: clinic.administrator.id, targetDate: '2026-05-05' });
  await expect(
    asDoctor((transaction) => answerQuestion(transaction, question.id, question.version + 1, 'Nej.')),
  ).rejects.toMatchObject({ code: 'RECORD_PERMANENT' });
});

test('a withdrawn request cancels its task, whatever its state, with its open question', async () => {
  const { task, request } = await plantTask(storage, clinic);
  await asAdministrator(async (transaction) => {
    const { task: claimed } = await claimTask(transaction, task.id);
    await askAboutTask(transaction, claimed, { toStaffId: clinic.doctor.id, text: 'När?', remindAt: new Date() });
  });
  await asDoctor((transaction) => withdrawRequest(transaction, request.id, request.version, 'fel patient'));
  await asDoctor(async (transaction) => {
    expect(await taskById(transaction, task.id)).toMatchObject({
      state: 'cancelled',
      cancelReason: 'request_withdrawn',
    });
    const questions = await listQuestions(transaction, { taskId: task.id });
    expect(questions.map(({ state }) => state)).toEqual(['withdrawn']);
  });
});

test('a cancelled task says why', async () => {
  const { task } = await plantTask(storage, clinic);
  const reason = { reason: 'patient_declined', note: 'Ringde och avböjde' } as const;
  const cancelled = await asAdministrator((transaction) => cancelTask(transaction, task.id, task.version, reason));
  expect(cancelled).toMatchObject({ state: 'cancelled', cancelReason: 'patient_declined', open: false });
});

test('a signature, its requests and their messages come together or not at all', async () => {
  const { note } = await plantDraft(storage, clinic, [
    newFollowUp(),
    newFollowUp({ fields: { ...REVISIT, id: 'R2' } }),
  ]);
  const failing = asDoctor(async (transaction) => {
    await confirmAndSign(transaction, note.id);
    throw new Error('the power goes');
  });
  await expect(failing).rejects.toThrow('the power goes');
  const count = async () => (await storage.transaction((tables) => takeUnsent(tables, 10_000))).length;
  const before = await count();
  const requests = await asDoctor((transaction) => confirmAndSign(transaction, note.id));
  expect(requests).toHaveLength(2);
  expect((await count()) - before).toBe(2);
});

test('two relays never take the same message, and one that dies leaves its messages to the next', async () => {
  await plantTask(storage, clinic);
  const dying = storage.transaction(async (tables) => {
    const mine = await takeUnsent(tables, 10_000);
    const others = await storage.transaction((same) => takeUnsent(same, 10_000));
    expect(mine.length).toBeGreaterThan(0);
    expect(others).toEqual([]);
    throw new Error('killed');
  });
  await expect(dying).rejects.toThrow('killed');
  await storage.transaction(async (tables) => {
    const left = await takeUnsent(tables, 10_000);
    expect(left.length).toBeGreaterThan(0);
    await markSent(
      tables,
      left.map(({ id }) => id),
    );
  });
  expect(await storage.transaction((tables) => takeUnsent(tables, 10))).toEqual([]);
});

test('a signed note is amended by a new version, and what changed in it is requested anew', async () => {
  const { note, request } = await plantTask(storage, clinic);
  const amended = await asDoctor(async (transaction) => {
    const { version } = await noteById(transaction, note.id);
    await beginAmendment(transaction, note.id, version);
    const [followUp] = await listFollowUps(transaction, note.id);
    const reopened = await changeFollowUp(transaction, followUp!.id, followUp!.version, {
      state: 'found',
      reopenedBecause: 'texten ändrades',
    });
    const time = { ...REVISIT.time!, mal_datum: '2026-05-12' };
    await changeFollowUp(transaction, reopened.id, reopened.version, {
      state: 'changed',
      fields: { ...REVISIT, time },
    });
    await withdrawRequest(transaction, request.id, request.version, 'ändrad i ny version');
    await signNote(transaction, note.id, (await noteById(transaction, note.id)).version, 'fel tid');
    return requestConfirmed(transaction, note.id, await listFollowUps(transaction, note.id));
  });
  expect(amended).toMatchObject([{ noteVersion: 2, targetDate: '2026-05-12' }]);
  await asDoctor(async (transaction) => {
    expect((await listVersions(transaction, note.id)).map(({ number, reason }) => [number, reason])).toEqual([
      [2, 'fel tid'],
      [1, null],
    ]);
    const decisions = await listDecisions(transaction, note.id);
    expect(decisions.map(({ kind, fromState }) => [fromState, kind])).toEqual([
      ['found', 'confirmed'],
      ['confirmed', 'found'],
      ['found', 'changed'],
    ]);
  });
});

test('an amended follow-up does not leave its old request active', async () => {
  const { note } = await plantTask(storage, clinic);
  const forgetting = asDoctor(async (transaction) => {
    await beginAmendment(transaction, note.id, (await noteById(transaction, note.id)).version);
    const [followUp] = await listFollowUps(transaction, note.id);
    await changeFollowUp(transaction, followUp!.id, followUp!.version, { state: 'nothing' });
    await signNote(transaction, note.id, (await noteById(transaction, note.id)).version, 'inget återbesök');
  });
  await expect(forgetting).rejects.toMatchObject({ code: 'FOLLOW_UPS_UNDECIDED' });
});

test('an answer on a signed note confirms what was asked about, and makes its request', async () => {
  const { note, followUps } = await plantDraft(storage, clinic);
  const question = await asDoctor(async (transaction) => {
    await changeFollowUp(transaction, followUps[0]!.id, followUps[0]!.version, { state: 'asked' });
    const asked = { toStaffId: clinic.doctor.id, text: 'Vilken läkare?', remindAt: new Date() };
    const made = await askAboutFollowUp(transaction, followUps[0]!, asked);
    await signNote(transaction, note.id, note.version, null);
    return made;
  });
  const requests = await asDoctor(async (transaction) => {
    await answerQuestion(transaction, question.id, question.version, 'Dr Lind.');
    const [followUp] = await listFollowUps(transaction, note.id);
    await changeFollowUp(transaction, followUp!.id, followUp!.version, { state: 'confirmed' });
    return requestConfirmed(transaction, note.id, await listFollowUps(transaction, note.id));
  });
  expect(requests).toHaveLength(1);
});

test('a note moved to the right patient takes its follow-ups along, and leaves a withdrawn request where it was', async () => {
  const { note, request } = await plantTask(storage, clinic);
  const right = await plantClinic(storage);
  const both = { ...clinic.doctor, unitIds: [...clinic.doctor.unitIds, ...right.doctor.unitIds] };
  await storage.withAudit(both, CONTEXT, async (transaction) => {
    await withdrawRequest(transaction, request.id, request.version, 'fel patient');
    const { version } = await noteById(transaction, note.id);
    await beginAmendment(transaction, note.id, version);
    const opened = await noteById(transaction, note.id);
    await moveNote(transaction, note.id, opened.version, right.patientId);
    expect(await listFollowUps(transaction, note.id)).toMatchObject([{ patientId: right.patientId }]);
    expect(await requestById(transaction, request.id)).toMatchObject({ patientId: clinic.patientId });
    await signNote(transaction, note.id, (await noteById(transaction, note.id)).version, 'fel patient');
    await requestConfirmed(transaction, note.id, await listFollowUps(transaction, note.id));
  });
});

test('unsigned notes are listed for author and deputy, the oldest first, with what is left to decide', async () => {
  const fresh = await plantClinic(storage);
  const { note } = await plantDraft(storage, fresh, [newFollowUp(), newFollowUp()]);
  await storage.withAudit(fresh.doctor, CONTEXT, async (transaction) => {
    await addFollowUps(transaction, note, [newFollowUp({ origin: 'marked' })]);
    expect(await listUnsignedNotes(transaction, fresh.doctor.id)).toMatchObject([{ id: note.id, undecided: 3 }]);
  });
});

test('committed changes are heard of as they happen', async () => {
  const { promise: heard, resolve: tell } = Promise.withResolvers<number>();
  const listening = await storage.listen(['taltid_events', 'taltid_outbox'], (channel, payload) => {
    if (channel === 'taltid_events') tell(Number(payload));
  });
  await plantDraft(storage, clinic);
  expect(await heard).toBeGreaterThan(0);
  await listening.close();
});

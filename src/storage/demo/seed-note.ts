import { randomUUID } from 'node:crypto';
import type { Actor } from '../../contracts/access.ts';
import type { TaskState } from '../../contracts/booking.ts';
import { type NoteContent, noteText } from '../../contracts/notes.ts';
import type { ActAs, AuditedTransaction } from '../audited-transaction.ts';
import {
  type AdminTask,
  cancelTask,
  changeTask,
  claimTask,
  createTask,
  type ResolvedTask,
} from '../repositories/admin-tasks.ts';
import { type BookingRequest, requestConfirmed } from '../repositories/booking-requests.ts';
import {
  addFollowUps,
  changeFollowUp,
  decideNote,
  listFollowUps,
  type NewFollowUp,
  type StoredFollowUp,
} from '../repositories/follow-ups.ts';
import { beginAmendment, createNote, discardNote, type Note, noteById, signNote } from '../repositories/notes.ts';
import { askAboutFollowUp, askAboutTask } from '../repositories/questions.ts';
import { dayFrom } from './demo-days.ts';
import type { DemoFollowUp, DemoNote } from './demo-note.ts';
import type { DemoClinic, StaffActor } from './seed-demo.ts';

const WORKER: Actor = { kind: 'system', id: 'booking-worker' };
const INTERPRETER = 'tolk:';

/** Makes a note and what followed from it, each step by whoever would have taken it. */
export async function seedNote(actAs: ActAs, clinic: DemoClinic, demo: DemoNote): Promise<void> {
  const author = clinic.staff.get(demo.author)!;
  const administrator = clinic.staff.get('oberg')!;
  const asAuthor = await actAs(author);
  const note = await write(asAuthor, clinic, demo, author);
  await decide(asAuthor, demo, note, administrator);
  if (demo.end === 'discarded') await discardNote(asAuthor, note.id, note.version);
  if (demo.end !== 'signed' && demo.end !== 'amending') return;
  await signNote(asAuthor, note.id, note.version, null);
  const followUps = await listFollowUps(asAuthor, note.id);
  const requests = await requestConfirmed(asAuthor, note.id, followUps);
  for (const request of requests) {
    const { task: state = 'new' } = demo.followUps.find(({ fields }) => fields.id === request.requestKey)!;
    const { task } = await createTask(await actAs(WORKER), request, resolved(request, state));
    await advance(await actAs(administrator), task, state, author);
  }
  if (demo.end === 'amending') {
    const asAgain = await actAs(author);
    await beginAmendment(asAgain, note.id, (await noteById(asAgain, note.id)).version);
  }
}

async function write(
  transaction: AuditedTransaction,
  { today, staff, patients }: DemoClinic,
  { patient: familyName, daysAgo, deputy, assessment, plan, followUps }: DemoNote,
  author: StaffActor,
): Promise<Note> {
  const patient = patients.get(familyName)!;
  const writtenOn = dayFrom(today, -daysAgo);
  const content: NoteContent = {
    sections: [
      { id: 'bedomning', heading: 'Bedömning', text: assessment },
      { id: 'planering', heading: 'Planering', text: plan },
    ],
    spans: [],
  };
  const note = await createNote(
    transaction,
    {
      unitId: patient.unitId,
      patientId: patient.id,
      authorId: author.id,
      deputyId: deputy === undefined ? null : staff.get(deputy)!.id,
      writtenOn,
      ...(daysAgo > 0 && { createdAt: new Date(`${writtenOn}T09:30:00Z`) }),
    },
    content,
  );
  const chainId = randomUUID();
  const text = noteText(content);
  await addFollowUps(
    transaction,
    note,
    followUps.map((followUp) => newFollowUp(followUp, chainId, text)),
  );
  return note;
}

function newFollowUp({ words, fields, route }: DemoFollowUp, chainId: string, text: string): NewFollowUp {
  const start = text.indexOf(words);
  const source = { start, end: start + words.length, text: words };
  return {
    chainId,
    requestKey: fields.id,
    origin: 'heard',
    fields,
    sources: { type: [source] },
    proposals: [],
    flags: [],
    source,
    route,
  };
}

async function decide(
  transaction: AuditedTransaction,
  { followUps, end }: DemoNote,
  note: Note,
  administrator: StaffActor,
): Promise<void> {
  for (const followUp of await listFollowUps(transaction, note.id)) {
    const { decide: decision } = followUps.find(({ fields }) => fields.id === followUp.requestKey)!;
    if (decision === undefined) continue;
    const state = decision === 'ask' ? 'asked' : decision;
    await changeFollowUp(transaction, followUp.id, followUp.version, { state });
    if (decision === 'ask') await ask(transaction, followUp, administrator);
  }
  if (end !== undefined && followUps.length === 0) await decideNote(transaction, note, 'no_follow_up');
}

async function ask(transaction: AuditedTransaction, followUp: StoredFollowUp, to: StaffActor): Promise<void> {
  await askAboutFollowUp(transaction, followUp, {
    toStaffId: to.id,
    text: 'När finns tid hos samma läkare?',
    remindAt: new Date(),
  });
}

function resolved({ fields, route }: BookingRequest, state: TaskState): ResolvedTask {
  const { role = null, service = null, needs = [], prep_verbatim: preparations = [], trigger } = fields;
  const interpreter = needs.find((need) => need.startsWith(INTERPRETER));
  return {
    role,
    service,
    needs,
    preparations,
    interpreterLanguage: interpreter?.slice(INTERPRETER.length) ?? null,
    ...(state === 'waiting' && { state, wakesOn: trigger ?? route }),
  };
}

async function advance(
  transaction: AuditedTransaction,
  { id, version }: AdminTask,
  state: TaskState,
  clinician: StaffActor,
): Promise<void> {
  if (state === 'new' || state === 'waiting') return;
  if (state === 'cancelled') {
    await cancelTask(transaction, id, version, { reason: 'patient_declined', note: null });
    return;
  }
  const { task } = await claimTask(transaction, id);
  if (state === 'question') {
    const text = 'Går det bra med en vecka senare? Patienten är bortrest.';
    await askAboutTask(transaction, task, { toStaffId: clinician.id, text, remindAt: new Date() });
    return;
  }
  let at = task;
  for (const next of ['booked', 'called', 'done'] as const) {
    if (at.state === state) return;
    at = await changeTask(transaction, id, at.version, { state: next });
  }
}

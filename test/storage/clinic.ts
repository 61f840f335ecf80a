import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/contracts/access.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { NoteContent } from '../../src/contracts/notes.ts';
import type { AccessContext, AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, createTask } from '../../src/storage/repositories/admin-tasks.ts';
import { type BookingRequest, requestConfirmed } from '../../src/storage/repositories/booking-requests.ts';
import {
  addFollowUps,
  changeFollowUp,
  listFollowUps,
  type NewFollowUp,
  type StoredFollowUp,
} from '../../src/storage/repositories/follow-ups.ts';
import { createNote, type Note, noteById, signNote } from '../../src/storage/repositories/notes.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { createStaff, createUnit, staffActor } from '../../src/storage/repositories/staff.ts';
import type { Storage } from '../../src/storage/storage.ts';

export const CONTEXT: AccessContext = { purpose: 'care', requestId: 'test' };
export const WORKER: Actor = { kind: 'system', id: 'booking-worker' };
type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** A unit with a doctor, an administrator and a patient. */
export interface Clinic {
  readonly unitId: string;
  readonly doctor: StaffActor;
  readonly administrator: StaffActor;
  readonly patientId: string;
}

/** Birth numbers 980-999 are nobody's. */
let planted = 0;
export function madeUpNumber(): string {
  const nine = `${String(planted++ % 100).padStart(2, '0')}0101${980 + (Math.floor(planted / 100) % 20)}`;
  const sum = [...nine].reduce((total, digit, at) => {
    const value = Number(digit) * (2 - (at % 2));
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `19${nine}${(10 - (sum % 10)) % 10}`;
}

export async function plantClinic(storage: Storage, name = 'Mottagningen'): Promise<Clinic> {
  const unit = await createUnit(storage.plain, { name });
  const account = async (familyName: string, role: 'clinician' | 'administrator'): Promise<StaffActor> => {
    const { id } = await createStaff(
      storage.plain,
      { username: randomUUID(), givenName: 'Test', familyName, accountRoles: [role] },
      [unit.id],
    );
    return (await staffActor(storage.plain, id))!;
  };
  const doctor = await account('Lind', 'clinician');
  const administrator = await account('Öberg', 'administrator');
  const patient = await storage.withAudit(doctor, CONTEXT, (transaction) =>
    createPatient(transaction, {
      unitId: unit.id,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Åsa',
      familyName: 'Prov',
    }),
  );
  return { unitId: unit.id, doctor, administrator, patientId: patient.id };
}

export const CONTENT: NoteContent = {
  sections: [{ id: 'planering', heading: 'Planering', text: 'Återbesök om sex veckor.' }],
  spans: [],
};

export const REVISIT: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'om', expr: 'om sex veckor', target: '2026-04-21', mal_datum: '2026-04-28' },
};

export function newFollowUp(over: Partial<NewFollowUp> = {}): NewFollowUp {
  return {
    chainId: randomUUID(),
    requestKey: null,
    origin: 'heard',
    fields: REVISIT,
    sources: {},
    proposals: [],
    flags: [],
    source: { start: 0, end: 23, text: 'Återbesök om sex veckor' },
    route: 'auto',
    ...over,
  };
}

/** A draft with follow-ups that nobody has decided on. */
export async function plantDraft(
  storage: Storage,
  { doctor, unitId, patientId }: Clinic,
  followUps: readonly NewFollowUp[] = [newFollowUp()],
): Promise<{ note: Note; followUps: StoredFollowUp[] }> {
  return storage.withAudit(doctor, CONTEXT, async (transaction) => {
    const note = await createNote(
      transaction,
      { unitId, patientId, authorId: doctor.id, writtenOn: '2026-03-10' },
      CONTENT,
    );
    return { note, followUps: await addFollowUps(transaction, note, followUps) };
  });
}

/** Confirms all that is found, signs and requests: one transaction, as the product does it. */
export async function confirmAndSign(transaction: AuditedTransaction, noteId: string): Promise<BookingRequest[]> {
  for (const { id, version, state } of await listFollowUps(transaction, noteId)) {
    if (state === 'found') await changeFollowUp(transaction, id, version, { state: 'confirmed' });
  }
  const { version } = await noteById(transaction, noteId);
  await signNote(transaction, noteId, version, null);
  return requestConfirmed(transaction, noteId, await listFollowUps(transaction, noteId));
}

/** A signed note with its request and task. */
export async function plantTask(
  storage: Storage,
  clinic: Clinic,
  fields: FollowUpRequest = REVISIT,
): Promise<{ note: Note; request: BookingRequest; task: AdminTask }> {
  const { note } = await plantDraft(storage, clinic, [newFollowUp({ fields })]);
  const [request] = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
    confirmAndSign(transaction, note.id),
  );
  const { task } = await storage.withAudit(WORKER, CONTEXT, (transaction) => createTask(transaction, request!, {}));
  return { note, request: request!, task };
}

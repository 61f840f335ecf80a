import type { RequestType } from '../contracts/followup.ts';
import type { LetterContents } from '../contracts/letter.ts';
import { linesOfAddress } from '../letters/address.ts';
import { inPlainWords } from '../letters/plain-words.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, listTasks } from '../storage/repositories/admin-tasks.ts';
import { appointmentsOfTasks } from '../storage/repositories/appointments.ts';
import { type Letter, lettersOfPatient, markLetterRead } from '../storage/repositories/letters.ts';
import { type VisitAhead, visitsAhead } from '../storage/repositories/patient-visits.ts';
import { type Patient, patientById } from '../storage/repositories/patients.ts';
import { unitById } from '../storage/repositories/staff.ts';
import { isToldTo, type Viewer } from './viewer.ts';

/** Whom to call, and where it is: with a protected identity no more than the number before signing in. */
export interface UnitContact {
  readonly name: string | null;
  readonly phone: string | null;
  readonly phoneHours: string | null;
  readonly addressLines: readonly string[];
  readonly directions: string | null;
}

/** What of a visit is told beside its time: the place, who and what for. */
export interface VisitTold {
  readonly what: string;
  readonly meets: string;
  readonly preparations: readonly string[];
}

export interface PatientVisit {
  readonly id: string;
  readonly version: number;
  readonly unitId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly type: RequestType;
  /** Null where it is told by phone, or after signing in: a protected identity. */
  readonly told: VisitTold | null;
  /** Whether it is still ahead, and can be changed here. */
  readonly isChangeable: boolean;
  /** Whether the patient moves it; else the clinic does, on the phone. */
  readonly isMovable: boolean;
}

/** What an open letter asks the patient to book. */
export interface TaskToBook {
  readonly taskId: string;
  readonly version: number;
  readonly unitId: string;
  /** Null where it is not told here, or where the letter names nothing. */
  readonly what: string | null;
  /** YYYY-MM-DD. */
  readonly latestDay: string;
  readonly preparations: readonly string[];
}

export interface PatientTimes {
  /** Null with a protected identity that has not signed in. */
  readonly name: string | null;
  readonly visits: readonly PatientVisit[];
  readonly toBook: readonly TaskToBook[];
  readonly units: ReadonlyMap<string, UnitContact>;
}

/** Tasks that a patient may book, whoever works on them. */
const OPEN_STATES: readonly AdminTask['state'][] = ['new', 'claimed', 'waiting'];
/** A letter that counts: neither stopped nor replaced. */
const GOOD_LETTERS: readonly Letter['state'][] = ['queued', 'sent', 'read'];

/**
 * What the patient's page shows: the times ahead and what is to be booked, as far as the session sees. Letters about
 * them are read by that, so that nothing more is sent.
 */
export async function patientTimes(
  transaction: AuditedTransaction,
  viewer: Viewer,
  nowMs: number,
): Promise<PatientTimes> {
  const { subjectId } = viewer;
  const patient = await patientById(transaction, subjectId);
  const isTold = isToldTo(viewer, patient);
  const letters = (await lettersOfPatient(transaction, subjectId)).filter(({ state }) => GOOD_LETTERS.includes(state));
  const plain = plainWords(letters);
  const visits = (await visitsAhead(transaction, subjectId, new Date(nowMs))).map((visit) =>
    visitOf(visit, { isTold, plain, nowMs }),
  );
  const toBook = (await tasksToBook(transaction, subjectId, letters)).map((task) => taskOf(task, isTold, plain));
  for (const { id, state } of letters) if (state !== 'read') await markLetterRead(transaction, id);
  return {
    name: isTold ? nameOf(patient) : null,
    visits,
    toBook,
    units: await contacts(transaction, unitsOf(transaction, [...visits, ...toBook]), isTold),
  };
}

function visitOf(
  { id, version, unitId, startsAt, endsAt, type, visitTypeName, performerName, ...visit }: VisitAhead,
  { isTold, plain, nowMs }: { isTold: boolean; plain: PlainWords; nowMs: number },
): PatientVisit {
  const told = { what: visitTypeName, meets: performerName, preparations: readable(visit.preparations ?? [], plain) };
  const may = { isChangeable: startsAt.getTime() > nowMs, isMovable: visit.patientsRebook };
  return { id, version, unitId, startsAt, endsAt, type, told: isTold ? told : null, ...may };
}

function taskOf({ task, contents }: AskedTask, isTold: boolean, plain: PlainWords): TaskToBook {
  const { id, version, unitId, targetDate, preparations } = task;
  return {
    taskId: id,
    version,
    unitId,
    what: (isTold && contents.toBook?.what) || null,
    latestDay: targetDate,
    preparations: isTold ? readable(preparations, plain) : [],
  };
}

/** A task with the letter that asks to book it. */
interface AskedTask {
  readonly task: AdminTask & { readonly targetDate: string };
  readonly contents: LetterContents;
}

/** What open letters are about, as far as it has no time yet. */
async function tasksToBook(
  transaction: AuditedTransaction,
  patientId: string,
  letters: readonly Letter[],
): Promise<AskedTask[]> {
  const open = letters.filter(({ form }) => form === 'open');
  if (open.length === 0) return [];
  const tasks = await listTasks(transaction, { patientId });
  const held = await appointmentsOfTasks(
    transaction,
    open.map(({ taskId }) => taskId),
  );
  return tasks.flatMap(({ targetDate, ...task }) => {
    // The latest letter comes first.
    const letter = open.find(({ taskId }) => taskId === task.id);
    const isFree =
      OPEN_STATES.includes(task.state) && held.every(({ taskId, state }) => taskId !== task.id || state === 'reserved');
    return letter && isFree && targetDate !== null
      ? [{ task: { ...task, targetDate }, contents: letter.contents }]
      : [];
  });
}

/** The clinician's words -> how the letters write them, which staff have looked through. */
type PlainWords = ReadonlyMap<string, string>;

function plainWords(letters: readonly Letter[]): PlainWords {
  const said = ({ visits, toBook }: LetterContents) => [
    ...visits.flatMap(({ preparations }) => preparations),
    ...(toBook?.preparations ?? []),
  ];
  // The latest letter comes first, and its words win.
  return new Map(
    letters.toReversed().flatMap(({ contents }) => said(contents).map(({ original, plain }) => [original, plain])),
  );
}

function readable(preparations: readonly string[], plain: PlainWords): string[] {
  return preparations.map((original) => plain.get(original) ?? inPlainWords(original).plain);
}

/** Where something is booked; with nothing ahead, wherever the patient is known. */
function unitsOf({ unitIds }: AuditedTransaction, ahead: readonly { readonly unitId: string }[]): ReadonlySet<string> {
  return new Set(ahead.length > 0 ? ahead.map(({ unitId }) => unitId) : unitIds);
}

async function contacts(
  transaction: AuditedTransaction,
  unitIds: ReadonlySet<string>,
  isTold: boolean,
): Promise<ReadonlyMap<string, UnitContact>> {
  const found = new Map<string, UnitContact>();
  for (const unitId of unitIds) found.set(unitId, await unitContact(transaction, unitId, isTold));
  return found;
}

/** `isTold`: whether the patient may read here where it is. */
export async function unitContact(
  { plain }: AuditedTransaction,
  unitId: string,
  isTold: boolean,
): Promise<UnitContact> {
  const { name, phone, phoneHours, address, directions } = await unitById(plain, unitId);
  const place = isTold
    ? { name, addressLines: linesOfAddress(address), directions }
    : { name: null, addressLines: [], directions: null };
  return { phone, phoneHours, ...place };
}

function nameOf({ givenName, familyName }: Patient): string {
  return `${givenName} ${familyName}`;
}

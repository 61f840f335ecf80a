import { visitTypeFor } from '../booking/fit.ts';
import { AppError } from '../contracts/errors.ts';
import { LetterContents, type LetterPreparation, type LetterVisit } from '../contracts/letter.ts';
import type { LetterTexts } from '../contracts/letter-texts.ts';
import { linesOfAddress } from '../letters/address.ts';
import { inPlainWords } from '../letters/plain-words.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, listTasks, taskById } from '../storage/repositories/admin-tasks.ts';
import { appointmentsOfTasks, type NamedAppointment, namedAppointments } from '../storage/repositories/appointments.ts';
import { chainTasks } from '../storage/repositories/booking-chains.ts';
import { listVisitTypes, type StoredVisitType } from '../storage/repositories/calendar-setup.ts';
import { letterTextsFor } from '../storage/repositories/letter-texts.ts';
import { type Patient, patientById } from '../storage/repositories/patients.ts';
import { unitById } from '../storage/repositories/staff.ts';

/** Until then letters are written to the guardian; what opens them and is told of them is younger people's own earlier. */
const GROWN_UP_YEARS = 18;

export interface LetterWishes {
  /** The day on the letter, in Sweden: YYYY-MM-DD. */
  readonly writtenOn: string;
  readonly hasLargePrint: boolean;
}

/** What a letter says, and the unit's words around it: what a letter is composed of. */
export interface LetterParts {
  readonly contents: LetterContents;
  readonly texts: LetterTexts;
}

/**
 * The letter about a task: the booked times of everything that hangs together with it, or until when to book one. Its
 * texts are those of the visit that the others come before. Throws STATE_NOT_ALLOWED for what has neither a time nor a
 * last day, and for a unit without a phone number.
 */
export async function letterOfTask(
  transaction: AuditedTransaction,
  taskId: string,
  { writtenOn, hasLargePrint }: LetterWishes,
): Promise<LetterParts> {
  const task = await taskById(transaction, taskId);
  const { unitId } = task;
  const tasks = await listTasks(transaction, { chainId: task.chainId });
  const patient = await patientById(transaction, task.patientId);
  const booked = await bookedVisits(transaction, tasks);
  const guardian = await guardianOf(transaction, patient, writtenOn);
  const unbookedType = booked.length > 0 ? undefined : await visitTypeOf(transaction, task);
  const contents = LetterContents.parse({
    form: booked.length > 0 ? 'timed' : 'open',
    writtenOn,
    patient: { name: nameOf(patient) },
    recipient: patient.protectedIdentity ? HANDED_OVER : (guardian ?? addressOf(patient)),
    unit: await senderOf(transaction, unitId),
    visits: booked.map((appointment) => visitOf(appointment, tasks)),
    ...(booked.length === 0 && { toBook: toBook(task, unbookedType) }),
    isGuardian: guardian !== undefined,
    interpreterLanguage: LetterContents.shape.interpreterLanguage.safeParse(patient.interpreterLanguage).data,
    hasProtectedIdentity: patient.protectedIdentity,
    hasLargePrint,
  });
  const visitTypeId = booked.at(-1)?.visitTypeId ?? unbookedType?.id ?? null;
  return { contents, texts: await letterTextsFor(transaction, { unitId, visitTypeId }) };
}

/** Where somebody with protected identity lives is not known here: the tax agency forwards the letter. */
const HANDED_OVER = { name: 'Förmedlas av Skatteverket', addressLines: [] };

async function bookedVisits(
  transaction: AuditedTransaction,
  tasks: readonly AdminTask[],
): Promise<readonly NamedAppointment[]> {
  const held = await appointmentsOfTasks(
    transaction,
    tasks.map(({ id }) => id),
  );
  const ids = held.filter(({ state }) => state === 'booked').map(({ id }) => id);
  return ids.length === 0 ? [] : namedAppointments(transaction, { ids });
}

/** What would be booked for a task as it stands. */
async function visitTypeOf(transaction: AuditedTransaction, task: AdminTask) {
  const visitTypes = await listVisitTypes(transaction, task.unitId);
  const ofChain = await chainTasks(transaction, task.chainId);
  const { orderedByRole = null } = ofChain.find(({ id }) => id === task.id) ?? {};
  return visitTypeFor(
    { ...task, orderedByRole },
    visitTypes.filter(({ active }) => active),
  );
}

function visitOf(appointment: NamedAppointment, tasks: readonly AdminTask[]): LetterVisit {
  const { startsAt, endsAt, publicName, performerName, taskId, type } = appointment;
  return {
    startsAt: startsAt.toISOString(),
    durationMinutes: Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000),
    meeting: type === 'telefon' ? 'phone' : type === 'video' ? 'video' : 'here',
    what: publicName,
    meets: performerName,
    preparations: preparationsOf(tasks.find(({ id }) => id === taskId)),
  };
}

function toBook(task: AdminTask, visitType: StoredVisitType | undefined) {
  if (task.targetDate === null) {
    throw new AppError('STATE_NOT_ALLOWED', 'there is nothing to call the patient to yet', {
      expected: 'a booked time, or a last day to book one',
      got: 'neither',
    });
  }
  if (visitType?.patientsBook === false) {
    throw new AppError('STATE_NOT_ALLOWED', 'staff book this visit type', {
      expected: 'a booked time',
      got: 'an open letter',
    });
  }
  const what = visitType?.publicName ?? visitType?.name;
  return { what, latestDay: task.targetDate, preparations: preparationsOf(task) };
}

function preparationsOf(task: AdminTask | undefined): LetterPreparation[] {
  return (task?.preparations ?? []).map((original) => ({ original, ...inPlainWords(original) }));
}

async function senderOf(transaction: AuditedTransaction, unitId: string) {
  const { name, phone, phoneHours, address, directions } = await unitById(transaction.plain, unitId);
  if (phone === null) {
    throw new AppError('STATE_NOT_ALLOWED', 'a letter says whom to call', {
      expected: 'a phone number of the unit',
      got: 'none',
    });
  }
  return {
    name,
    phone,
    phoneHours: phoneHours ?? undefined,
    addressLines: linesOfAddress(address),
    directions: directions ?? undefined,
  };
}

/** Of a child: the guardian, as far as known. */
async function guardianOf(transaction: AuditedTransaction, patient: Patient, writtenOn: string) {
  if (!isChild(patient, writtenOn)) return undefined;
  const { addressLines } = addressOf(patient);
  if (patient.guardianId === null) return { name: `Vårdnadshavare till ${nameOf(patient)}`, addressLines };
  const guardian = await patientById(transaction, patient.guardianId);
  return { name: nameOf(guardian), addressLines: guardian.address ? linesOfAddress(guardian.address) : addressLines };
}

function isChild({ birthDate }: Patient, day: string): boolean {
  if (birthDate === null) return false;
  const grownUpOn = `${Number(birthDate.slice(0, 4)) + GROWN_UP_YEARS}${birthDate.slice(4)}`;
  return day < grownUpOn;
}

function addressOf(patient: Patient) {
  return { name: nameOf(patient), addressLines: linesOfAddress(patient.address) };
}

const nameOf = ({ givenName, familyName }: Patient) => `${givenName} ${familyName}`;

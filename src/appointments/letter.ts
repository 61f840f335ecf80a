import { AppError } from '../contracts/errors.ts';
import { LetterContents, type LetterPreparation, type LetterVisit } from '../contracts/letter.ts';
import { inPlainWords } from '../letters/plain-words.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, listTasks, taskById } from '../storage/repositories/admin-tasks.ts';
import { appointmentsOfTasks, type NamedAppointment, namedAppointments } from '../storage/repositories/appointments.ts';
import { type Patient, patientById } from '../storage/repositories/patients.ts';
import { unitById } from '../storage/repositories/staff.ts';

const GROWN_UP_YEARS = 18;

export interface LetterWishes {
  /** The day on the letter, in Sweden: YYYY-MM-DD. */
  readonly writtenOn: string;
  readonly hasLargePrint: boolean;
}

/**
 * What the letter about a task says: the booked times of everything that hangs together with it, or until when to book
 * one. Throws STATE_NOT_ALLOWED for what has neither a time nor a last day, and for a unit without a phone number.
 */
export async function letterContents(
  transaction: AuditedTransaction,
  taskId: string,
  { writtenOn, hasLargePrint }: LetterWishes,
): Promise<LetterContents> {
  const task = await taskById(transaction, taskId);
  const tasks = await listTasks(transaction, { chainId: task.chainId });
  const patient = await patientById(transaction, task.patientId);
  const visits = await bookedVisits(transaction, tasks);
  const guardian = await guardianOf(transaction, patient, writtenOn);
  return LetterContents.parse({
    form: visits.length > 0 ? 'timed' : 'open',
    writtenOn,
    patient: { name: nameOf(patient) },
    recipient: patient.protectedIdentity ? HANDED_OVER : (guardian ?? addressOf(patient)),
    unit: await senderOf(transaction, task.unitId),
    visits,
    ...(visits.length === 0 && { toBook: toBook(task) }),
    isGuardian: guardian !== undefined,
    interpreterLanguage: LetterContents.shape.interpreterLanguage.safeParse(patient.interpreterLanguage).data,
    hasProtectedIdentity: patient.protectedIdentity,
    hasLargePrint,
  });
}

/** Where somebody with protected identity lives is not known here: the tax agency forwards the letter. */
const HANDED_OVER = { name: 'Förmedlas av Skatteverket', addressLines: [] };

async function bookedVisits(transaction: AuditedTransaction, tasks: readonly AdminTask[]): Promise<LetterVisit[]> {
  const held = await appointmentsOfTasks(
    transaction,
    tasks.map(({ id }) => id),
  );
  const ids = held.filter(({ state }) => state === 'booked').map(({ id }) => id);
  if (ids.length === 0) return [];
  return (await namedAppointments(transaction, { ids })).map((appointment) => visitOf(appointment, tasks));
}

function visitOf(appointment: NamedAppointment, tasks: readonly AdminTask[]): LetterVisit {
  const { startsAt, endsAt, visitTypeName, performerName, taskId, type } = appointment;
  return {
    startsAt: startsAt.toISOString(),
    durationMinutes: Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000),
    meeting: type === 'telefon' ? 'phone' : type === 'video' ? 'video' : 'here',
    what: visitTypeName,
    meets: performerName,
    preparations: preparationsOf(tasks.find(({ id }) => id === taskId)),
  };
}

function toBook(task: AdminTask) {
  if (task.targetDate === null) {
    throw new AppError('STATE_NOT_ALLOWED', 'there is nothing to call the patient to yet', {
      expected: 'a booked time, or a last day to book one',
      got: 'neither',
    });
  }
  return { latestDay: task.targetDate, preparations: preparationsOf(task) };
}

function preparationsOf(task: AdminTask | undefined): LetterPreparation[] {
  return (task?.preparations ?? []).map((original) => ({ original, plain: inPlainWords(original).plain }));
}

async function senderOf(transaction: AuditedTransaction, unitId: string) {
  const { name, phone, address } = await unitById(transaction.plain, unitId);
  if (phone === null) {
    throw new AppError('STATE_NOT_ALLOWED', 'a letter says whom to call', {
      expected: 'a phone number of the unit',
      got: 'none',
    });
  }
  return { name, phone, addressLines: linesOf(address) };
}

/** Of a child: the guardian, as far as known. */
async function guardianOf(transaction: AuditedTransaction, patient: Patient, writtenOn: string) {
  if (!isChild(patient, writtenOn)) return undefined;
  const { addressLines } = addressOf(patient);
  if (patient.guardianId === null) return { name: `Vårdnadshavare till ${nameOf(patient)}`, addressLines };
  const guardian = await patientById(transaction, patient.guardianId);
  return { name: nameOf(guardian), addressLines: guardian.address ? linesOf(guardian.address) : addressLines };
}

function isChild({ birthDate }: Patient, day: string): boolean {
  if (birthDate === null) return false;
  const grownUpOn = `${Number(birthDate.slice(0, 4)) + GROWN_UP_YEARS}${birthDate.slice(4)}`;
  return day < grownUpOn;
}

function addressOf(patient: Patient) {
  return { name: nameOf(patient), addressLines: linesOf(patient.address) };
}

const nameOf = ({ givenName, familyName }: Patient) => `${givenName} ${familyName}`;

function linesOf(address: string | null): string[] {
  return (address ?? '')
    .split(/[,\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

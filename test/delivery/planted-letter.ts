import type { ChainStation } from '../../src/contracts/delivery.ts';
import { issueLetter, type LetterOrder } from '../../src/delivery/issue.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import { changeTask, claimTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { type Delivery, deliveriesOf } from '../../src/storage/repositories/deliveries.ts';
import { type Letter, letterById } from '../../src/storage/repositories/letters.ts';
import { changePatient, patientById } from '../../src/storage/repositories/patients.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { jsonText } from '../../src/storage/tables/columns.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { type Clinic, plantClinic, plantTask } from '../storage/clinic.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';

const DAY_MS = 24 * 3_600_000;
export const PUBLIC_URL = 'https://tider.klinik.test';

/** A clinic that can write letters, and a patient who can be reached. */
export interface LetterClinic {
  readonly clinic: Clinic;
  readonly calendar: PlantedCalendar;
}

export async function plantLetterClinic(
  storage: Storage,
  chain?: readonly ChainStation[],
  contact: { phone?: string | null; email?: string | null; protectedIdentity?: boolean } = {},
): Promise<LetterClinic> {
  const clinic = await plantClinic(storage);
  const calendar = await plantCalendar(storage, clinic);
  await asAdministrator(storage, clinic, async (transaction) => {
    const unit = { phone: '010-123 45 67', ...(chain && { letterChain: jsonText(chain) }) };
    await transaction.plain.updateTable('units').set(unit).where('id', '=', clinic.unitId).execute();
    const { version } = await patientById(transaction, clinic.patientId);
    const reached = { phone: '070-174 06 05', email: 'asa@patient.test', ...contact };
    await changePatient(transaction, clinic.patientId, version, reached);
  });
  return { clinic, calendar };
}

/** A booked task of the patient, so many days from now. */
export async function plantBooked(
  storage: Storage,
  { clinic, calendar }: LetterClinic,
  inDays = 20,
): Promise<AdminTask> {
  const { task } = await plantTask(storage, clinic);
  const day = new Date(Date.now() + inDays * DAY_MS).toISOString().slice(0, 10);
  return asAdministrator(storage, clinic, async (transaction) => {
    const { task: claimed } = await claimTask(transaction, task.id);
    const of = { taskId: task.id, chainId: task.chainId };
    await bookHour(transaction, clinic, calendar, `${day}T09:00:00Z`, of);
    return changeTask(transaction, task.id, claimed.version, { state: 'booked' });
  });
}

/** Sends the letter of a task. */
export function sendLetter(
  storage: Storage,
  { clinic }: LetterClinic,
  task: Pick<AdminTask, 'id'>,
  order: Partial<LetterOrder> = {},
): Promise<Letter> {
  return asAdministrator(storage, clinic, (transaction) =>
    issueLetter(
      transaction,
      { taskId: task.id, kind: 'kallelse', preparations: [], ...order },
      { nowMs: Date.now(), publicUrl: PUBLIC_URL },
    ),
  );
}

export interface LetterNow {
  readonly letter: Letter;
  readonly ways: readonly Delivery[];
  readonly taskState: AdminTask['state'];
}

export function letterNow(storage: Storage, { clinic }: LetterClinic, letterId: string): Promise<LetterNow> {
  return asAdministrator(storage, clinic, async (transaction) => {
    const letter = await letterById(transaction, letterId);
    const { state: taskState } = await taskById(transaction, letter.taskId);
    return { letter, ways: await deliveriesOf(transaction, [letterId]), taskState };
  });
}

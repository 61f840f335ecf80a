import { bookOpenTimes } from '../../src/appointments/book-open.ts';
import { openChoices } from '../../src/appointments/rebook.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { issueLetter } from '../../src/delivery/issue.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import type { PatientActor } from '../../src/patient-page/sessions.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { changeTask, listTasks, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { changePatient, patientById } from '../../src/storage/repositories/patients.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { plantChain } from '../appointments/planted-chain.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
import { plantCalendar } from '../storage/planted-calendar.ts';

/** As somebody types it beside the code. */
export const BIRTH_DATE = '1975-03-04';
/** What the clinician said before the visit, and how staff wrote it out. */
export const FASTING = {
  original: 'fastande sedan kl 22',
  plain: 'Ät och drick ingenting efter kl. 22 kvällen innan.',
};

const VISIT_IN_DAYS = 42;
const TARGET_IN_DAYS = 56;

/** A patient with a letter: a test and a visit that hang together, booked or to be booked. */
export interface PlantedTimes {
  readonly clinic: Clinic;
  readonly patient: PatientActor;
  readonly code: string;
  readonly chainId: string;
  /** Of the visit and of its test. */
  readonly taskIds: readonly [visit: string, test: string];
}

export interface PlantingOptions {
  readonly form?: 'timed' | 'open';
  readonly isProtected?: boolean;
  /** Of the same clinic as another patient's. */
  readonly clinic?: Clinic;
}

/** A unit that can be found and called, with times that it lends to patients. */
export async function plantLendingClinic(storage: Storage): Promise<Clinic> {
  const clinic = await plantClinic(storage, 'Ekbackens vårdcentral');
  await storage.plain
    .updateTable('units')
    .set({
      phone: '010-123 45 67',
      phoneHours: 'vardagar kl. 8.00–10.00',
      address: 'Ekbacksvägen 2, 123 45 Ekby',
      directions: 'Ingången är mitt emot biblioteket. Hiss finns.',
    })
    .where('id', '=', clinic.unitId)
    .execute();
  // On red days, too: whenever the tests are run, there are times.
  await plantCalendar(storage, clinic, { lentUntilDays: 0, onFreeDays: true });
  return clinic;
}

export async function plantTimes(storage: Storage, options: PlantingOptions = {}): Promise<PlantedTimes> {
  const { form = 'timed', isProtected = false } = options;
  const clinic = options.clinic ?? (await plantLendingClinic(storage));
  const { patientId, administrator } = clinic;
  const asStaff = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
    storage.withAudit(administrator, CONTEXT, work);
  await asStaff(async (transaction) => {
    const { version } = await patientById(transaction, patientId);
    const told = { birthDate: BIRTH_DATE, protectedIdentity: isProtected, address: 'Storgatan 1, 123 45 Ekby' };
    await changePatient(transaction, patientId, version, told);
  });
  const [visit, test] = await plantChain(storage, clinic, requests());
  const patient: PatientActor = { kind: 'patient', id: patientId, unitIds: [clinic.unitId], chainId: visit!.chainId };
  await asStaff((transaction) =>
    changeTask(transaction, test!.id, test!.version, { preparations: [FASTING.original] }),
  );
  if (form === 'timed') await bookFirst(storage, patient, visit!.id);
  const { contents } = await asStaff((transaction) =>
    issueLetter(
      transaction,
      { kind: 'kallelse', taskId: visit!.id, preparations: [FASTING] },
      { nowMs: Date.now(), publicUrl: 'https://tid.example' },
    ),
  );
  return { clinic, patient, code: contents.answer!.code, chainId: visit!.chainId, taskIds: [visit!.id, test!.id] };
}

async function bookFirst(storage: Storage, patient: PatientActor, taskId: string): Promise<void> {
  await storage.withAudit(patient, { purpose: 'own-data', requestId: 'test' }, async (transaction) => {
    const { proposals } = await openChoices(transaction, taskId, Date.now());
    const times = proposals[0]!.visits.map(({ fit, performerId, startMs }) => ({
      taskId: fit.need.taskId,
      performerId,
      startMs,
    }));
    const { version } = await taskById(transaction, taskId);
    await bookOpenTimes(transaction, { taskId, version }, { times, givesUp: [] }, Date.now());
  });
}

/** A visit in six weeks, with a test a week before it. */
function requests(): FollowUpRequest[] {
  const { date: today } = stockholmClockAt(Date.now());
  const time = {
    kind: 'om',
    expr: 'om sex veckor',
    target: addDays(today, VISIT_IN_DAYS),
    mal_datum: addDays(today, TARGET_IN_DAYS),
  } as const;
  return [
    { id: 'R1', type: 'aterbesok', role: 'lakare', time },
    { id: 'R2', type: 'provtagning', before: 'R1', time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' } },
  ];
}

/** The states of a chain's tasks, as staff see them: of the visit, then of its test. */
export async function taskStates(storage: Storage, { clinic, chainId, taskIds }: PlantedTimes): Promise<string[]> {
  const tasks = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    listTasks(transaction, { chainId }),
  );
  return taskIds.map((taskId) => tasks.find(({ id }) => id === taskId)!.state);
}

import type { FollowUpRequest } from '../../contracts/followup.ts';
import { languageCodeOf } from '../../contracts/languages.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { createTask, type ResolvedTask } from '../../storage/repositories/admin-tasks.ts';
import { listStaff } from '../../storage/repositories/staff.ts';
import { lastMetBy, type TaskSources, taskSources } from '../../storage/repositories/task-sources.ts';
import { fenced } from '../transactions.ts';
import type { ClinicCalendar, ClinicWorld, JobStart } from '../world.ts';
import { findNamed } from './practitioner.ts';
import { wakingDay } from './waking-day.ts';

const INTERPRETER = 'tolk:';

export interface MadeTask {
  /** From the signature to the task that the queue page shows. */
  readonly latencySeconds: number;
}

/**
 * Makes the tasks of requests, all or none; a request that was withdrawn, or has its task, gets none. Its links are the
 * chain that it shares with the request, and its slack is counted from its måldatum by whoever shows it, as days pass.
 */
export function makeTasks(world: ClinicWorld, job: JobStart, requestIds: readonly string[]): Promise<MadeTask[]> {
  return fenced(world, job, async (transaction) => {
    const made: MadeTask[] = [];
    for (const requestId of requestIds) {
      const sources = await taskSources(transaction, requestId);
      if (sources.state !== 'active') continue;
      const resolved = await resolve(transaction, world.calendar, sources);
      const { task, isNew } = await createTask(transaction, sources, resolved);
      if (isNew) made.push({ latencySeconds: (task.createdAt.getTime() - sources.createdAt.getTime()) / 1000 });
    }
    return made;
  });
}

async function resolve(
  transaction: AuditedTransaction,
  calendar: ClinicCalendar,
  sources: TaskSources,
): Promise<ResolvedTask> {
  const { fields, flags, route, unitDefaults, patientLanguage } = sources;
  const { needs = [], prep = [], prep_verbatim: preparations = prep } = fields;
  // Notes say "persiska", calendars and patients have the code.
  const spoken = needs.find((need) => need.startsWith(INTERPRETER))?.slice(INTERPRETER.length);
  return {
    ...(await resolvePerson(transaction, sources)),
    service: fields.service ?? null,
    durationMinutes: fields.duration_min ?? unitDefaults?.visitMinutes[fields.type] ?? null,
    interpreterLanguage: spoken === undefined ? patientLanguage : (languageCodeOf(spoken) ?? spoken),
    needs,
    preparations,
    flags,
    ...(route === 'hold' && { state: 'waiting', wakesOn: awaited(fields), wakesAt: wakingTime(calendar, sources) }),
  };
}

/** The competence that was asked for, and the person where one is named; the competence is the person's if none is. */
async function resolvePerson(
  transaction: AuditedTransaction,
  { fields, authorId, patientId, unitId }: TaskSources,
): Promise<{ role: string | null; practitionerId: string | null }> {
  const { role, practitioner } = fields;
  if (practitioner === undefined) return { role: role ?? null, practitionerId: null };
  const staff = await listStaff(transaction.plain, [unitId]);
  const found =
    practitioner === '@author'
      ? authorId
      : practitioner === '@same'
        ? await lastMetBy(transaction, { patientId, unitId }, role)
        : findNamed(practitioner, role, staff)?.id;
  // Who has left the unit since then cannot be booked.
  const person = staff.find(({ id }) => id === found);
  return { role: role ?? person?.profession ?? null, practitionerId: person?.id ?? null };
}

function awaited({ trigger, condition, anchor }: FollowUpRequest): string {
  return trigger ?? condition ?? anchor?.event ?? 'hold';
}

function wakingTime(calendar: ClinicCalendar, { targetDate }: TaskSources): Date {
  const addWorkingDays = (day: string, workingDays: number) => calendar.addWorkingDays(day, workingDays);
  return calendar.morningOf(wakingDay({ today: calendar.today(), addWorkingDays }, targetDate));
}

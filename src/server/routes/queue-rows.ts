import { formatPersonalNumber } from '../../access/personal-number.ts';
import type { QueueTask } from '../../contracts/queue-api.ts';
import { type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { workingDaysBetween } from '../../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { queueRowsById, requestsOfRows, typesInChains } from '../../storage/repositories/queue-page.ts';
import type { TaskRow } from '../../storage/repositories/task-queue.ts';

/** Rows of the database as the page shows them. `today` is the clinic's. */
export async function toQueueTasks(
  transaction: AuditedTransaction,
  rows: readonly TaskRow[],
  today: LocalDate,
): Promise<QueueTask[]> {
  const requests = await requestsOfRows(transaction, rows);
  const chains = await typesInChains(
    transaction,
    rows.map(({ chainId }) => chainId),
  );
  const slackTo = slackFrom(today);
  return rows.map((row) => {
    const request = requests.get(row.requestId);
    const chain = chains.get(row.chainId) ?? [];
    const { analyses = [], practitioner = null, time } = request?.fields ?? {};
    return {
      id: row.id,
      version: row.version,
      state: row.state,
      unitId: row.unitId,
      patient: {
        id: row.patientId,
        protectedIdentity: row.protectedIdentity,
        name: row.protectedIdentity ? null : `${row.givenName} ${row.familyName}`,
        personalNumber: row.protectedIdentity ? null : formatPersonalNumber(row.personalNumber, today),
      },
      type: row.type,
      service: row.service,
      analyses,
      role: row.role,
      practitioner: practitioner === '@author' ? (request?.orderedByFamilyName ?? null) : practitioner,
      earliestDate: row.earliestDate,
      targetDate: row.targetDate,
      timeWords: time?.expr ?? null,
      slackWorkingDays: row.targetDate === null ? null : (row.fitSlack ?? slackTo(row.targetDate)),
      earliestFit: row.fitSlack === null ? null : { date: row.fitOn },
      createdDay: row.createdDay,
      interpreterLanguage: row.interpreterLanguage,
      needs: row.needs,
      hasTests: chain.some(({ taskId, type }) => taskId !== row.id && type === 'provtagning'),
      isSameDay: chain.length > 1 && chain.some(({ isSameDay }) => isSameDay),
      holder:
        row.claimedBy === null
          ? null
          : {
              id: row.claimedBy,
              name: `${row.claimedByGivenName} ${row.claimedByFamilyName}`,
              since: row.claimedAt!,
            },
      wakesAt: row.wakesAt,
      wakesOn: row.wakesOn,
      lacksLetter: row.lacksLetter,
    };
  });
}

/** Tasks as they are now, whatever their state, in the order of the ids; those that are not here are left out. */
export async function queueTasksById(
  transaction: AuditedTransaction,
  taskIds: readonly string[],
  today: LocalDate,
): Promise<QueueTask[]> {
  const tasks = await toQueueTasks(transaction, await queueRowsById(transaction, taskIds), today);
  return tasks.sort((one, other) => taskIds.indexOf(one.id) - taskIds.indexOf(other.id));
}

/** Many rows share a day, and a day is counted one by one. */
function slackFrom(today: LocalDate): (targetDate: string) => number {
  const known = new Map<string, number>();
  return (targetDate) => {
    const slack = known.get(targetDate) ?? workingDaysBetween(today, parseLocalDate(targetDate)!);
    known.set(targetDate, slack);
    return slack;
  };
}

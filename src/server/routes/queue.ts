import type { FastifyInstance } from 'fastify';
import {
  TaskChanges,
  TaskChangesQuery,
  TaskChoices,
  TaskCounts,
  TaskCountsBody,
  type TaskFilter,
  TaskListQuery,
  TaskPage,
} from '../../contracts/queue-api.ts';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { addWorkingDays } from '../../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { searchPatients } from '../../storage/repositories/patients.ts';
import type { QueueCursor } from '../../storage/repositories/queue-lanes.ts';
import { lastEventId, rolesInQueue, tasksChangedSince } from '../../storage/repositories/queue-page.ts';
import { countQueue, listQueue, MAX_QUEUE_COUNT, type QueueFilter } from '../../storage/repositories/task-queue.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { RequestError } from '../request-error.ts';
import { queueChangeRoutes } from './queue-changes.ts';
import { slackScale } from './queue-order.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';
import { queueTasksById, toQueueTasks } from './queue-rows.ts';
import { queueTaskRoutes } from './queue-task.ts';

/** Patients whose tasks a search shows; who has more namesakes than these types more of the name. */
const MAX_PATIENTS_FOUND = 200;
/** Changed tasks that are told one by one. */
const MAX_CHANGED = 200;

/** The booking queue: lists and counts here; one task, and what is done with it, beside. */
export async function queueRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): Promise<void> {
  const today = () => stockholmClockAt(now()).date;

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks',
      summary: 'The booking queue, by slack to måldatum; tasks without one follow, by age',
      roles: QUEUE_ROLES,
      query: TaskListQuery,
      answers: TaskPage,
    },
    async ({ request, actor, query: { limit, after, ...filter } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const lastChange = await lastEventId(transaction.plain);
        const narrowed = await queueFilter(transaction, filter, today());
        // One more than is shown tells whether there is a next page.
        const rows = await listQueue(transaction, narrowed, {
          after: parseCursor(after),
          limit: limit + 1,
          scale: slackScale(today()),
        });
        const shown = rows.slice(0, limit);
        return {
          items: await toQueueTasks(transaction, shown, today()),
          next: rows.length > limit ? cursorOf(shown.at(-1)!) : null,
          today: today(),
          lastChange,
        };
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/counts',
      summary: 'How many tasks each of some filters lets through',
      roles: QUEUE_ROLES,
      body: TaskCountsBody,
      answers: TaskCounts,
    },
    async ({ request, actor, body: { filters } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const counts: number[] = [];
        for (const filter of filters) {
          counts.push(await countQueue(transaction, await queueFilter(transaction, filter, today())));
        }
        return { counts, most: MAX_QUEUE_COUNT };
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/choices',
      summary: 'Competences that open tasks ask for',
      roles: QUEUE_ROLES,
      answers: TaskChoices,
    },
    async ({ request, actor }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => ({
        roles: await rolesInQueue(transaction),
      })),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/changes',
      summary: 'Tasks that changed since a change that was told',
      roles: QUEUE_ROLES,
      query: TaskChangesQuery,
      answers: TaskChanges,
    },
    async ({ request, actor, query: { since, ...filter } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const changed = await tasksChangedSince(transaction.plain, actor.unitIds, { since, limit: MAX_CHANGED + 1 });
        const { lastEventId: lastChange } = changed;
        if (changed.taskIds.length > MAX_CHANGED) return { lastChange, tasks: [], inList: [], isWhole: false };
        const tasks = await queueTasksById(transaction, changed.taskIds, today());
        const narrowed = await queueFilter(transaction, filter, today());
        const listed =
          tasks.length === 0
            ? []
            : await listQueue(
                transaction,
                { ...narrowed, taskIds: changed.taskIds },
                { limit: MAX_CHANGED, scale: slackScale(today()) },
              );
        return { lastChange, tasks, inList: listed.map(({ id }) => id), isWhole: true };
      }),
  );

  queueTaskRoutes(app, { storage, now });
  queueChangeRoutes(app, { storage, now });
}

async function queueFilter(
  transaction: AuditedTransaction,
  { unit, state, type, role, interpreter, mine, lacksLetter, within, q }: TaskFilter,
  today: LocalDate,
): Promise<QueueFilter> {
  return {
    unitIds: unit === undefined ? undefined : [unit],
    state,
    type,
    role,
    withInterpreter: interpreter !== undefined,
    lacksLetter: lacksLetter !== undefined,
    claimedBy: mine === undefined ? undefined : transaction.staffId,
    targetUntil: within === undefined ? undefined : addWorkingDays(today, within),
    patientIds:
      q === undefined ? undefined : (await searchPatients(transaction, q, MAX_PATIENTS_FOUND)).map(({ id }) => id),
  };
}

function cursorOf({ undated, slack, queueDay, id }: QueueCursor): string {
  return `${undated ? 'undated' : 'dated'}_${slack}_${queueDay}_${id}`;
}

function parseCursor(text: string | undefined): QueueCursor | undefined {
  if (text === undefined) return undefined;
  const [, group, slack, queueDay, id] =
    /^(dated|undated)_(-?\d{1,4})_(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(text) ?? [];
  if (queueDay === undefined || id === undefined) {
    throw new RequestError('REQUEST_INVALID', 'the value of "after" is not usable', {
      param: 'after',
      expected: '"next" of the page before',
    });
  }
  return { undated: group === 'undated', slack: Number(slack), queueDay, id };
}

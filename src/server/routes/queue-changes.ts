import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { BulkChange, BulkResult, QueueTask, TaskChange } from '../../contracts/queue-api.ts';
import { type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { parseLocalTime, stockholmClockAt, stockholmInstant } from '../../followup/calendar/local-time.ts';
import { addWorkingDays } from '../../followup/calendar/swedish-days.ts';
import { wakingDay } from '../../queue/tasks/waking-day.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import {
  type AdminTask,
  cancelTask,
  claimTask,
  letTaskWait,
  releaseTask,
  taskById,
  wakeTask,
} from '../../storage/repositories/admin-tasks.ts';
import { VersionConflict } from '../../storage/repositories/expect.ts';
import { enqueue } from '../../storage/repositories/outbox.ts';
import { askAboutTask, listQuestions, withdrawQuestion } from '../../storage/repositories/questions.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { RequestError } from '../request-error.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';
import { queueTasksById } from './queue-rows.ts';

const WAKE_AT = parseLocalTime('06:00')!;
const REMIND_AT = parseLocalTime('08:00')!;
const REMIND_AFTER_WORKING_DAYS = 2;

type Seen = Pick<AdminTask, 'id' | 'version'>;

/** What is done with tasks: each change takes the version that was seen. */
export function queueChangeRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): void {
  const today = () => stockholmClockAt(now()).date;

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/changes',
      summary: 'Claim, release, ask about, lay aside, wake or cancel a task',
      roles: QUEUE_ROLES,
      params: z.object({ id: Id }),
      body: TaskChange,
      changesVersion: true,
      answers: QueueTask,
    },
    async ({ request, actor, params: { id }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await change(transaction, { id, version }, body, today());
        const [task] = await queueTasksById(transaction, [id], today());
        return task!;
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/changes',
      summary: 'Change many tasks at once; what one is refused for does not stop the others',
      roles: QUEUE_ROLES,
      body: BulkChange,
      answers: BulkResult,
    },
    async ({ request, actor, body }) => {
      const context = accessContext(request, 'booking');
      const doneIds: string[] = [];
      const codes = new Map<string, string>();
      for (const seen of body.tasks) {
        try {
          await storage.withAudit(actor, context, (transaction) => change(transaction, seen, body.change, today()));
          doneIds.push(seen.id);
        } catch (error) {
          const { code } = AppError.from(error);
          if (code === 'INTERNAL' || code === 'DATABASE_UNAVAILABLE') throw error;
          codes.set(seen.id, code);
        }
      }
      return storage.withAudit(actor, context, async (transaction) => {
        const refused = new Map(
          (await queueTasksById(transaction, [...codes.keys()], today())).map((task) => [task.id, task]),
        );
        return {
          done: await queueTasksById(transaction, doneIds, today()),
          refused: Array.from(codes, ([id, code]) => ({ id, code, task: refused.get(id) ?? null })),
        };
      });
    },
  );
}

async function change(
  transaction: AuditedTransaction,
  { id, version }: Seen,
  asked: TaskChange,
  today: LocalDate,
): Promise<void> {
  switch (asked.action) {
    case 'claim':
      return claim(transaction, { id, version }, asked.takeOver);
    case 'release':
      await ownTask(transaction, id);
      await releaseTask(transaction, id, version);
      return;
    case 'reclaim': {
      const task = await taskById(transaction, id);
      const woken = task.state === 'waiting' ? (await wakeTask(transaction, id, version)).version : version;
      return claim(transaction, { id, version: woken }, false);
    }
    case 'wait': {
      const { targetDate } = await ownTask(transaction, id);
      const wakesAt =
        asked.untilDay === undefined ? morningBefore(targetDate, today) : morningOf(asked.untilDay, today);
      await letTaskWait(transaction, id, version, { wakesAt, wakesOn: asked.untilEvent ?? null });
      await enqueue(transaction.plain, { topic: 'task.waiting', payload: { taskId: id } });
      return;
    }
    case 'wake':
      await wakeTask(transaction, id, version);
      return;
    case 'cancel':
      return cancel(transaction, { id, version }, { reason: asked.reason, note: asked.note ?? null });
    case 'ask': {
      await ownTask(transaction, id);
      const { toStaffId, text } = asked;
      const remindAt = instantOf(addWorkingDays(today, REMIND_AFTER_WORKING_DAYS), REMIND_AT);
      await askAboutTask(transaction, { id, version }, { toStaffId, text, remindAt });
      return;
    }
    case 'withdraw_question': {
      const task = await ownTask(transaction, id);
      if (task.version !== version) throw new VersionConflict('task', version);
      await withdrawOpenQuestion(transaction, id);
      return;
    }
    default:
      asked satisfies never;
  }
}

/** Of two at once one gets it; the other is told who has it. */
async function claim(transaction: AuditedTransaction, { id, version }: Seen, takeOver: boolean): Promise<void> {
  const { task, isMine } = await claimTask(transaction, id, { takeOver, version });
  if (isMine) return;
  if (task.claimedBy !== null) throw await heldByAnother(transaction, task);
  if (task.version !== version) throw new VersionConflict('task', version);
  throw new AppError('STATE_NOT_ALLOWED', 'only a new task is claimed', { expected: 'new', got: task.state });
}

/** A task that nobody else has is cancelled in any state; a question about it is taken back. */
async function cancel(
  transaction: AuditedTransaction,
  { id, version }: Seen,
  why: Parameters<typeof cancelTask>[3],
): Promise<void> {
  const task = await taskById(transaction, id);
  if (task.claimedBy !== null && task.claimedBy !== transaction.staffId) throw await heldByAnother(transaction, task);
  if (task.state !== 'question') {
    await cancelTask(transaction, id, version, why);
    return;
  }
  if (task.version !== version) throw new VersionConflict('task', version);
  await withdrawOpenQuestion(transaction, id);
  const claimed = await taskById(transaction, id);
  await cancelTask(transaction, id, claimed.version, why);
}

async function withdrawOpenQuestion(transaction: AuditedTransaction, taskId: string): Promise<void> {
  const open = (await listQuestions(transaction, { taskId })).find(({ state }) => state === 'open');
  if (open === undefined) {
    throw new AppError('STATE_NOT_ALLOWED', 'no question about the task is open', { expected: 'open', got: 'none' });
  }
  await withdrawQuestion(transaction, open.id, open.version);
}

/** The task, if the actor has it. Throws CONFLICT with who else has it, STATE_NOT_ALLOWED when nobody has. */
async function ownTask(transaction: AuditedTransaction, id: string): Promise<AdminTask> {
  const task = await taskById(transaction, id);
  if (task.claimedBy === transaction.staffId) return task;
  if (task.claimedBy !== null) throw await heldByAnother(transaction, task);
  throw new AppError('STATE_NOT_ALLOWED', 'a task is worked on by who has it', {
    expected: 'a claimed task',
    got: task.state,
  });
}

async function heldByAnother(transaction: AuditedTransaction, { claimedBy, claimedAt }: AdminTask): Promise<AppError> {
  const holder = await transaction.plain
    .selectFrom('staff')
    .select(['givenName', 'familyName'])
    .where('id', '=', claimedBy)
    .executeTakeFirst();
  return new RequestError('CONFLICT', 'somebody else has the task', {
    status: 409,
    expected: 'a task that nobody has, or "takeOver"',
    got: `${holder?.givenName} ${holder?.familyName} since ${claimedAt?.toISOString()}`,
  });
}

/** An event that never comes is not waited for for ever. */
function morningBefore(targetDate: string | null, today: LocalDate): Date {
  const workingDays = (day: string, days: number) => addWorkingDays(day as LocalDate, days);
  return instantOf(wakingDay({ today, addWorkingDays: workingDays }, targetDate) as LocalDate, WAKE_AT);
}

function morningOf(day: string, today: LocalDate): Date {
  const date = parseLocalDate(day);
  if (date === undefined || date <= today) {
    throw new RequestError('REQUEST_INVALID', 'the value of "untilDay" is not usable', {
      param: 'untilDay',
      expected: `a day after ${today}`,
    });
  }
  return instantOf(date, WAKE_AT);
}

function instantOf(date: LocalDate, time: typeof WAKE_AT): Date {
  return new Date(stockholmInstant(date, time).instantMs);
}

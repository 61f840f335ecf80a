import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { formatPersonalNumber } from '../../access/personal-number.ts';
import { TaskState } from '../../contracts/booking.ts';
import { Id } from '../../contracts/clinic.ts';
import type { FollowUpRequest, RequestField, SourceSpan } from '../../contracts/followup.ts';
import { noteText } from '../../contracts/notes.ts';
import { type ChainLink, TaskDetail, TaskPatient } from '../../contracts/queue-api.ts';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayDateTime } from '../../followup/calendar/say.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { type AdminTask, listTasks, taskById } from '../../storage/repositories/admin-tasks.ts';
import { type BookingRequest, listRequests } from '../../storage/repositories/booking-requests.ts';
import { fitComputedAt } from '../../storage/repositories/earliest-fits.ts';
import { listEncountersOfPatient } from '../../storage/repositories/encounters.ts';
import { listFollowUps, type StoredFollowUp } from '../../storage/repositories/follow-ups.ts';
import { listVersions } from '../../storage/repositories/notes.ts';
import { patientsCancellation } from '../../storage/repositories/patient-visits.ts';
import { patientById } from '../../storage/repositories/patients.ts';
import { listQuestions } from '../../storage/repositories/questions.ts';
import { listEventsOfTask } from '../../storage/repositories/queue-page.ts';
import { listStaff } from '../../storage/repositories/staff.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { whoDid } from '../who-did.ts';
import { inOrderOfChain } from './queue-chain.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';
import { quoteOf } from './queue-quotes.ts';
import { queueTasksById } from './queue-rows.ts';
import { wishesOfTask } from './task-wishes.ts';

/** Told as the chain and as columns of their own. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['id', 'type', 'patient_id']);

/** One task with everything that its panel shows. */
export function queueTaskRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): void {
  const params = z.object({ id: Id });

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id',
      summary: 'A task: its request with the words of the note, its chain, what else the patient has, its history',
      roles: QUEUE_ROLES,
      params,
      answers: TaskDetail,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
        taskDetail(transaction, id, new Date(now())),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/patient',
      summary: 'Who a task is about, in full: for a whole number, and to open a protected identity knowingly',
      roles: QUEUE_ROLES,
      params,
      answers: TaskPatient,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { patientId } = await taskById(transaction, id);
        const { givenName, familyName, personalNumber, phone } = await patientById(transaction, patientId);
        const { date: today } = stockholmClockAt(now());
        return {
          name: `${givenName} ${familyName}`,
          personalNumber: formatPersonalNumber(personalNumber, today, 'full'),
          phone,
        };
      }),
  );
}

async function taskDetail(transaction: AuditedTransaction, id: string, now: Date): Promise<TaskDetail> {
  const { date: today } = stockholmClockAt(now.getTime());
  const task = await taskById(transaction, id);
  const [row] = await queueTasksById(transaction, [id], today);
  const requests = await listRequests(transaction, { patientId: task.patientId });
  const request = requests.find(({ id: requestId }) => requestId === task.requestId);
  const source = (await listFollowUps(transaction, task.noteId)).find((one) => one.id === request?.followUpId);
  const [version] = await listVersions(transaction, task.noteId);
  if (row === undefined || request === undefined || source === undefined || version === undefined) {
    throw notFound('task');
  }
  const text = noteText(version.content);
  const names = await staffNames(transaction);
  const nameOf = (staffId: string | null) => (staffId === null ? null : (names.get(staffId)?.name ?? null));
  return {
    ...row,
    chainId: task.chainId,
    unitName: await unitName(transaction, task.unitId),
    fitComputedAt: row.earliestFit === null ? null : await fitComputedAt(transaction, id),
    orderedBy: { id: request.orderedBy, name: nameOf(request.orderedBy) ?? '' },
    orderedAt: request.createdAt,
    quote: quoteOf(text, source.source),
    details: detailsOf(request.fields, source, text),
    wishes: await wishesOfTask(transaction, { task, request, nameOf, now }),
    remarks: [
      ...(await cancelledRemarks(transaction, task, today)),
      ...new Set([...task.flags, ...source.flags].map(({ reason }) => reason)),
    ],
    ...(await relatedTasks(transaction, task, requests, today)),
    encounters: (await listEncountersOfPatient(transaction, { patientId: task.patientId, from: now })).map(
      ({ id: encounterId, kind, startsAt, staffId }) => ({
        id: encounterId,
        kind,
        startsAt,
        staffName: nameOf(staffId) ?? '',
      }),
    ),
    questions: (await listQuestions(transaction, { taskId: id })).map((question) => ({
      ...question,
      askedBy: nameOf(question.askedBy) ?? '',
      askedAt: question.createdAt,
      to: nameOf(question.toStaffId) ?? '',
      answeredBy: nameOf(question.answeredBy),
    })),
    history: await historyOf(transaction, id),
    clinicians: [...names.values()].filter(({ profession }) => profession !== null),
    cancelReason: task.cancelReason,
    cancelNote: task.cancelNote,
  };
}

async function relatedTasks(
  transaction: AuditedTransaction,
  task: AdminTask,
  requests: readonly BookingRequest[],
  today: LocalDate,
): Promise<Pick<TaskDetail, 'chain' | 'otherTasks'>> {
  const byId = new Map(requests.map((request) => [request.id, request]));
  const all = (await listTasks(transaction, { patientId: task.patientId })).flatMap((one) => {
    const of = byId.get(one.requestId);
    return of === undefined ? [] : [{ ...one, requestKey: of.requestKey, fields: of.fields }];
  });
  const link = ({ id: taskId, type, service, fields, state, targetDate }: (typeof all)[number]): ChainLink => ({
    taskId,
    type,
    service,
    analyses: fields.analyses ?? [],
    state,
    targetDate,
  });
  const isOver = ({ state, targetDate }: AdminTask) =>
    state === 'cancelled' || (state === 'done' && (targetDate ?? '') < today);
  return {
    chain: inOrderOfChain(all.filter(({ chainId }) => chainId === task.chainId)).map(link),
    otherTasks: all
      .filter((one) => one.chainId !== task.chainId && !isOver(one))
      .map((one) => ({ ...link(one), createdDay: one.createdDay })),
  };
}

/** Who looks for another time has to know why the last one was cancelled. */
async function cancelledRemarks(transaction: AuditedTransaction, task: AdminTask, today: LocalDate): Promise<string[]> {
  if (task.state !== 'new' && task.state !== 'claimed') return [];
  const cancelled = await patientsCancellation(transaction, task.id);
  if (cancelled === undefined) return [];
  const { date, time } = stockholmClockAt(cancelled.startsAt.getTime());
  return [`Avbokad av patienten, ${sayDateTime(date, time, today)}. ${cancelled.cancelNote ?? ''}`.trimEnd()];
}

function detailsOf(fields: FollowUpRequest, { sources }: StoredFollowUp, text: string): TaskDetail['details'] {
  return Object.entries(fields)
    .filter(([field]) => !SHOWN_ELSEWHERE.has(field))
    .map(([field, value]) => {
      const spans: readonly SourceSpan[] = sources[field as RequestField] ?? [];
      return { field, value, quotes: spans.map((span) => quoteOf(text, span)) };
    });
}

async function historyOf({ plain }: AuditedTransaction, taskId: string): Promise<TaskDetail['history']> {
  const events = await listEventsOfTask(plain, taskId);
  return events.map(({ id, at, state, fromState, byGivenName, byFamilyName, ...deed }) => ({
    id,
    at,
    state: TaskState.parse(state),
    fromState: fromState === null ? null : TaskState.parse(fromState),
    by: whoDid(deed, byGivenName === null ? null : `${byGivenName} ${byFamilyName}`),
  }));
}

async function staffNames({ plain, unitIds }: AuditedTransaction) {
  const staff = await listStaff(plain, unitIds);
  return new Map(
    staff.map(({ id, givenName, familyName, profession }) => [
      id,
      { id, name: `${givenName} ${familyName}`, profession },
    ]),
  );
}

async function unitName({ plain }: AuditedTransaction, unitId: string): Promise<string> {
  const unit = await plain.selectFrom('units').select('name').where('id', '=', unitId).executeTakeFirstOrThrow();
  return unit.name;
}

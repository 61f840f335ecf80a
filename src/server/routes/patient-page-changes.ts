import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bookOpenTimes } from '../../appointments/book-open.ts';
import { moveAppointment } from '../../appointments/move.ts';
import { Id } from '../../contracts/clinic.ts';
import { CancelForm, ChosenTimesForm, ChosenTimesQuery, type PatientReceipt } from '../../contracts/patient-page.ts';
import { askForEarlier, takeBackWish } from '../../freed-times/ask-earlier.ts';
import { calendarFile } from '../../patient-page/calendar-file.ts';
import { cancelAsWanted, whatIsCancelled } from '../../patient-page/cancelling.ts';
import { offeredBookings, offeredMoves, plannedBooking, plannedMove } from '../../patient-page/changes.ts';
import { cancelPage } from '../../patient-page/page-cancel.ts';
import { choicePage, confirmPage } from '../../patient-page/page-choice.ts';
import type { PatientSession } from '../../patient-page/sessions.ts';
import { patientTimes, type TaskToBook } from '../../patient-page/times.ts';
import { visitToChange } from '../../patient-page/viewer.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { VersionConflict } from '../../storage/repositories/expect.ts';
import { ownData, type PatientSessionParts, patientOf, patientSending } from '../plugins/patient-sessions.ts';
import { missingPage, readPart, sendPage } from './patient-page-frame.ts';

const params = z.object({ id: Id });

/** What a patient does with own times: to the calendar, other times, cancelled, booked, earlier. */
export async function patientPageChangeRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: PatientSessionParts,
): Promise<void> {
  const within = ownData(storage);
  const done = (receipt: PatientReceipt) => `/min-tid?klart=${receipt}`;
  const idOf = (request: FastifyRequest): string => {
    return found(params.safeParse(request.params).data).id;
  };

  app.get('/min-tid/bokningar/:id/tid.ics', async (request, reply) => {
    const session = patientOf(request);
    const id = idOf(request);
    const { visits, units } = await within(request, session, (transaction) =>
      patientTimes(transaction, session, now()),
    );
    const visit = found(visits.find((one) => one.id === id));
    const unit = found(units.get(visit.unitId));
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="tid.ics"')
      .send(calendarFile(visit, unit, { language: request.language, now: new Date(now()) }));
  });

  app.get('/min-tid/bokningar/:id/andra', async (request, reply) => {
    const session = patientOf(request);
    const id = idOf(request);
    const nowMs = now();
    const offer = await within(request, session, (transaction) => offeredMoves(transaction, session, id, nowMs));
    const path = `/min-tid/bokningar/${id}/andra`;
    return sendPage(request, reply, session, choicePage({ ...offer, path, nowMs }, request.language));
  });

  app.get('/min-tid/bokningar/:id/andra/bekrafta', async (request, reply) => {
    const session = patientOf(request);
    const id = idOf(request);
    const { tider } = readPart(ChosenTimesQuery, request.query);
    const nowMs = now();
    const { times, ...offer } = await within(request, session, (transaction) =>
      plannedMove(transaction, session, { appointmentId: id, to: tider[0]! }, nowMs),
    );
    const path = `/min-tid/bokningar/${id}/andra`;
    const page = confirmPage({ ...offer, path, time: times[0]!, session, nowMs }, request.language);
    return sendPage(request, reply, session, page);
  });

  app.post('/min-tid/bokningar/:id/andra', async (request, reply) => {
    const session = patientSending(request);
    const id = idOf(request);
    const { version, tider } = readPart(ChosenTimesForm, request.body);
    await within(request, session, async (transaction) => {
      await visitToChange(transaction, session, id, now());
      return moveAppointment(transaction, { id, version }, { ...tider[0]!, givesUp: [] }, now());
    });
    return reply.redirect(done('flyttad'), 303);
  });

  app.get('/min-tid/bokningar/:id/avboka', async (request, reply) => {
    const session = patientOf(request);
    const id = idOf(request);
    const cancelling = await within(request, session, (transaction) =>
      whatIsCancelled(transaction, session, id, now()),
    );
    const path = `/min-tid/bokningar/${id}/avboka`;
    const page = cancelPage({ ...cancelling, path, session, nowMs: now() }, request.language);
    return sendPage(request, reply, session, page);
  });

  app.post('/min-tid/bokningar/:id/avboka', async (request, reply) => {
    const session = patientSending(request);
    const id = idOf(request);
    const form = readPart(CancelForm, request.body);
    await within(request, session, (transaction) => cancelAsWanted(transaction, session, id, form, now()));
    return reply.redirect(done(form.ny_tid === 'ja' ? 'avbokad-ny' : 'avbokad'), 303);
  });

  app.post('/min-tid/bokningar/:id/tidigare', async (request, reply) => {
    const session = patientSending(request);
    const appointmentId = idOf(request);
    await within(request, session, async (transaction) => {
      await visitToChange(transaction, session, appointmentId, now());
      await askForEarlier(transaction, { appointmentId, notBefore: null });
    });
    return reply.redirect(done('tidigare'), 303);
  });

  app.post('/min-tid/bokningar/:id/tidigare/nej', async (request, reply) => {
    const session = patientSending(request);
    const id = idOf(request);
    await within(request, session, async (transaction) => {
      await visitToChange(transaction, session, id, now());
      await takeBackWish(transaction, id);
    });
    return reply.redirect(done('inte-tidigare'), 303);
  });

  app.get('/min-tid/boka/:id', async (request, reply) => {
    const session = patientOf(request);
    const taskId = idOf(request);
    const nowMs = now();
    const offer = await within(request, session, async (transaction) =>
      offeredBookings(transaction, session, found(await taskToBook(transaction, session, taskId, nowMs)), nowMs),
    );
    const path = `/min-tid/boka/${taskId}`;
    return sendPage(request, reply, session, choicePage({ ...offer, path, nowMs }, request.language));
  });

  app.get('/min-tid/boka/:id/bekrafta', async (request, reply) => {
    const session = patientOf(request);
    const taskId = idOf(request);
    const { tider } = readPart(ChosenTimesQuery, request.query);
    const nowMs = now();
    const { times, ...offer } = await within(request, session, async (transaction) =>
      plannedBooking(transaction, session, found(await taskToBook(transaction, session, taskId, nowMs)), tider, nowMs),
    );
    const path = `/min-tid/boka/${taskId}`;
    const page = confirmPage({ ...offer, path, time: times[0]!, session, nowMs }, request.language);
    return sendPage(request, reply, session, page);
  });

  app.post('/min-tid/boka/:id', async (request, reply) => {
    const session = patientSending(request);
    const taskId = idOf(request);
    const { version, tider: times } = readPart(ChosenTimesForm, request.body);
    await within(request, session, async (transaction) => {
      // Sent twice, it has been booked by the first.
      const task = await taskToBook(transaction, session, taskId, now());
      if (task === undefined) throw new VersionConflict('task', version);
      return bookOpenTimes(transaction, { taskId, version }, { times, givesUp: [] }, now());
    });
    return reply.redirect(done('bokad'), 303);
  });
}

/** What an open letter asks to book; undefined for any other task. */
async function taskToBook(
  transaction: AuditedTransaction,
  session: PatientSession,
  taskId: string,
  nowMs: number,
): Promise<TaskToBook | undefined> {
  return (await patientTimes(transaction, session, nowMs)).toBook.find((one) => one.taskId === taskId);
}

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw missingPage();
  return thing;
}

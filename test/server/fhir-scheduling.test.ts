import type {
  Appointment,
  Bundle,
  Parameters as FhirParameters,
  OperationOutcome,
  ParametersParameter,
} from 'fhir/r4.js';
import type { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { nextWorkingDay } from '../../src/followup/calendar/swedish-days.ts';
import { releaseTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { asAdministrator, LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { problemsOf } from '../fhir/r4.ts';
import { type Clinic, madeUpNumber, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { fhirClient, refusalOf } from './fhir-clinic.ts';
import { runApp } from './running-app.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let url: string;
let client: Client;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
  ({ url } = await runApp({ clinic: { storage: database.storage } }));
  client = await clientOf(clinic);
});

const clientOf = ({ unitId, administrator }: Clinic) =>
  fhirClient(database.storage, url, { unitId, ownerId: administrator.id, scopes: ['fhir:read', 'fhir:book'] });

const today = stockholmClockAt(Date.now()).date;
const target: LocalDate = nextWorkingDay(addDays(today, 42));
const inSixWeeks: FollowUpRequest = {
  ...VISIT,
  time: { kind: 'om', expr: 'om sex veckor', target, mal_datum: target },
};

/** A visit with its test, which nobody works on, for the clinic's patient or another one. */
async function plantReferral(patientId = clinic.patientId): Promise<{ requestId: string; taskIds: string[] }> {
  const tasks = await plantChain(database.storage, { ...clinic, patientId }, [inSixWeeks, LAB]);
  const [{ id, version, requestId }] = tasks as [(typeof tasks)[0]];
  await asAdministrator(database.storage, clinic, (transaction) => releaseTask(transaction, id, version));
  return { requestId, taskIds: tasks.map((task) => task.id) };
}

async function plantPatient(): Promise<string> {
  const { id } = await asAdministrator(database.storage, clinic, (transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Prov',
    }),
  );
  return id;
}

async function run(name: string, parameter: ParametersParameter[], of = client, headers = {}): Promise<Bundle> {
  const input: FhirParameters = { resourceType: 'Parameters', parameter };
  const operation = { resourceType: 'Appointment', name, input: input as never, options: { headers } };
  const bundle = (await of.operation(operation)) as unknown as Bundle;
  expect(problemsOf(bundle)).toEqual([]);
  return bundle;
}

const find = (requestId: string, more: ParametersParameter[] = []) =>
  run('find', [
    { name: 'start', valueDateTime: `${today}T00:00:00Z` },
    { name: 'end', valueDateTime: `${addDays(today, 80)}T00:00:00Z` },
    { name: 'referral-identifier', valueIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${requestId}` } },
    ...more,
  ]);
const findFree = (...more: ParametersParameter[]) =>
  run('find', [
    { name: 'start', valueDateTime: target },
    { name: 'end', valueDateTime: target },
    { name: 'visit-type', valueString: `urn:taltid:visit-type|${calendar.visitTypeId}` },
    { name: '_count', valueInteger: 50 },
    ...more,
  ]);
const named = (id: string): ParametersParameter => ({
  name: 'appointment-reference',
  valueReference: { reference: `Appointment/${id}` },
});
const comes = (patientId: string): ParametersParameter => ({
  name: 'patient-reference',
  valueReference: { reference: `Patient/${patientId}` },
});
const hold = (id: string, ...more: ParametersParameter[]) => run('hold', [named(id), ...more]);
const book = (id: string, ...more: ParametersParameter[]) => run('book', [named(id), ...more]);

function appointmentsIn(bundle: Bundle, mode: 'match' | 'include' = 'match'): Appointment[] {
  return (bundle.entry ?? [])
    .filter(({ search }) => search?.mode === mode)
    .map(({ resource }) => resource as Appointment);
}
const matchIn = (bundle: Bundle) => appointmentsIn(bundle)[0]!;
const startsIn = (bundle: Bundle) => appointmentsIn(bundle).map(({ start }) => start);

/** As if ten minutes had passed. */
async function letHoldsEnd(): Promise<void> {
  await database.owner.query(`
    set session_replication_role = replica;
    update appointments set reserved_until = now() - interval '1 second' where state = 'reserved';
    update taken_times set lapses_at = now() - interval '1 second' where lapses_at is not null;
    set session_replication_role = origin`);
}

describe('$find for a referral', () => {
  test('proposes the visit with what hangs on it, each with its reasons, and not before it was meant', async () => {
    const { requestId } = await plantReferral();
    const bundle = await find(requestId);
    const [first, ...others] = appointmentsIn(bundle);
    expect(bundle.total).toBe(others.length + 1);
    expect(first).toMatchObject({ status: 'proposed', serviceType: [{ text: 'Återbesök läkare' }] });
    expect(first!.basedOn).toEqual([{ reference: `ServiceRequest/${requestId}`, type: 'ServiceRequest' }]);
    expect(first!.comment).toMatch(/måldatum/);
    const [{ reference }] = first!.supportingInformation as [{ reference: string }];
    const withIt = appointmentsIn(bundle, 'include').find(({ id }) => reference === `Appointment/${id}`)!;
    expect(withIt).toMatchObject({ serviceType: [{ text: 'Provtagning' }] });
    expect(withIt.start! < first!.start!).toBe(true);
  });

  test('keeps to the window, the performer and the day that are wished, and says when nothing fits', async () => {
    const { requestId } = await plantReferral();
    const day = { start: `${target}T00:00:00Z`, end: `${target}T23:00:00Z` };
    const onDay = [
      { name: 'start', valueDateTime: day.start },
      { name: 'end', valueDateTime: day.end },
      { name: 'referral-identifier', valueIdentifier: { value: requestId } },
      { name: '_count', valueInteger: 50 },
    ];
    for (const start of startsIn(await run('find', onDay)))
      expect(stockholmClockAt(Date.parse(start!)).date).toBe(target);
    const doctor = { name: 'practitioner', valueReference: { reference: `Practitioner/${clinic.doctor.id}` } };
    expect((await run('find', [...onDay, doctor])).total).toBeGreaterThan(0);
    const stranger = { name: 'practitioner', valueReference: { reference: `Practitioner/${clinic.administrator.id}` } };
    const none = await run('find', [...onDay, stranger]);
    expect([none.total, none.entry![0]!.search!.mode]).toEqual([0, 'outcome']);
    const weekdays = startsIn(await find(requestId)).map((start) => new Date(start!).getUTCDay());
    const last = weekdays.at(-1)!;
    const code = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][last] as 'mon';
    const wished = await find(requestId, [{ name: 'timing', valueTiming: { repeat: { dayOfWeek: [code] } } }]);
    expect(new Set(startsIn(wished).map((start) => new Date(start!).getUTCDay()))).toEqual(new Set([last]));
  });

  test('can be asked by an address alone, and tells what it does not know', async () => {
    const { requestId } = await plantReferral();
    const input = { start: today, end: addDays(today, 80), 'referral-identifier': requestId, colour: 'x|y' };
    const answer = await client.operation({ resourceType: 'Appointment', name: 'find', method: 'GET', input });
    const bundle = answer as unknown as Bundle;
    expect(bundle.total).toBeGreaterThan(0);
    expect(JSON.stringify(bundle.entry!.at(-1)!.resource)).toContain('colour');
  });

  test('of another unit finds no such request', async () => {
    const { requestId } = await plantReferral();
    const elsewhere = await clientOf(await plantClinic(database.storage, 'Annan'));
    const parameter = [{ name: 'referral-identifier', valueIdentifier: { value: requestId } }];
    expect(await refusalOf(run('find', parameter, elsewhere))).toMatchObject({ status: 404 });
  });
});

describe('$hold', () => {
  test('keeps a proposal from others, as pending, until it is booked with what hangs on it', async () => {
    const { requestId, taskIds } = await plantReferral();
    const proposed = matchIn(await find(requestId));
    const held = await hold(proposed.id!);
    expect(matchIn(held)).toMatchObject({ status: 'pending', start: proposed.start });
    const { requestId: other } = await plantReferral(await plantPatient());
    expect(startsIn(await find(other, [{ name: '_count', valueInteger: 50 }]))).not.toContain(proposed.start);

    const booked = await book(matchIn(held).id!);
    expect(matchIn(booked)).toMatchObject({ id: matchIn(held).id, status: 'booked' });
    expect(appointmentsIn(booked, 'include')).toMatchObject([{ status: 'booked' }]);
    const tasks = await asAdministrator(database.storage, clinic, (transaction) =>
      Promise.all(taskIds.map((id) => taskById(transaction, id))),
    );
    expect(tasks.map(({ state, claimedBy }) => [state, claimedBy])).toEqual([
      ['booked', clinic.administrator.id],
      ['booked', clinic.administrator.id],
    ]);
    const { rows } = await database.owner.query(
      "select distinct actor_kind from appointment_steps where step in ('reserved', 'booked')",
    );
    expect(rows).toEqual([{ actor_kind: 'api-key' }]);
  });

  test('is let go of by cancelling it, and the tasks are anybody’s again', async () => {
    const { requestId } = await plantReferral();
    const held = matchIn(await hold(matchIn(await find(requestId)).id!));
    const accepted = { resourceType: 'Task', searchParams: { status: 'accepted' } };
    expect(await client.resourceSearch(accepted)).toMatchObject({ total: 2 });
    const resource: Appointment = { ...held, status: 'cancelled' };
    const cancelled = await run('book', [{ name: 'appointment-resource', resource }]);
    expect(matchIn(cancelled)).toMatchObject({ id: held.id, status: 'cancelled' });
    expect(await client.resourceSearch(accepted)).toMatchObject({ total: 0 });
    expect(startsIn(await find(requestId))).toContain(held.start);
  });

  test('ends by itself: then others get the time, and the hold is no more to be booked', async () => {
    const proposed = matchIn(await find((await plantReferral()).requestId));
    const held = matchIn(await hold(proposed.id!));
    await letHoldsEnd();
    expect(await client.read({ resourceType: 'Appointment', id: held.id! })).toMatchObject({ status: 'cancelled' });
    const { requestId: other } = await plantReferral(await plantPatient());
    const again = appointmentsIn(await find(other, [{ name: '_count', valueInteger: 50 }]));
    const same = again.find(({ start }) => start === proposed.start)!;
    expect(matchIn(await hold(same.id!))).toMatchObject({ status: 'pending', start: proposed.start });
    expect(await refusalOf(book(held.id!))).toMatchObject({ status: 409, data: { resourceType: 'OperationOutcome' } });
  });
});

describe('$book', () => {
  test('of one time by two at once: one has it, the other is told that it is gone', async () => {
    const [one, other] = [await plantReferral(), await plantReferral(await plantPatient())];
    const first = matchIn(await find(one.requestId));
    const same = appointmentsIn(await find(other.requestId)).find(({ start }) => start === first.start)!;
    const booked = await Promise.allSettled([book(first.id!), book(same.id!)]);
    expect(booked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = booked.find((each) => each.status === 'rejected')!;
    const { status, data } = (lost.reason as { response: { status: number; data: OperationOutcome } }).response;
    expect(status).toBe(409);
    expect(problemsOf(data)).toEqual([]);
    expect(data.issue).toMatchObject([{ code: 'conflict' }, { severity: 'fatal', code: 'not-found' }]);
    const { rows } = await database.owner.query("select count(*)::int from appointments where state = 'booked'");
    expect(rows).toEqual([{ count: 2 }]);
  });

  test('refuses what was never proposed, what somebody else works on, and a key that may only read', async () => {
    expect(await refusalOf(book(`${crypto.randomUUID()}.0`))).toMatchObject({ status: 404 });
    const tasks = await plantChain(database.storage, clinic, [inSixWeeks]);
    const proposed = matchIn(await find(tasks[0]!.requestId));
    const { unitId, doctor } = clinic;
    const keyOf = (scopes: Parameters<typeof fhirClient>[2]['scopes']) =>
      fhirClient(database.storage, url, { unitId, ownerId: doctor.id, scopes });
    const another = await keyOf(['fhir:read', 'fhir:book']);
    expect(await refusalOf(run('book', [named(proposed.id!)], another))).toMatchObject({ status: 409 });
    const reader = await keyOf(['fhir:read']);
    expect(await refusalOf(run('book', [named(proposed.id!)], reader))).toMatchObject({ status: 403 });
  });

  test('moves and cancels what is booked, in the version that was seen', async () => {
    const { requestId } = await plantReferral();
    const booked = matchIn(await book(matchIn(await find(requestId)).id!));
    const later = new Date(Date.parse(booked.start!) + 30 * 60_000).toISOString();
    const asked = (change: Partial<Appointment>): ParametersParameter[] => [
      { name: 'appointment-resource', resource: { ...booked, ...change } },
    ];
    const { meta: _, ...unversioned } = { ...booked, start: later };
    const without = [{ name: 'appointment-resource', resource: unversioned }];
    expect(await refusalOf(run('book', without))).toMatchObject({ status: 428 });
    const stale = run('book', asked({ start: later }), client, { 'If-Match': 'W/"99"' });
    expect(await refusalOf(stale)).toMatchObject({ status: 412 });
    const moved = matchIn(await run('book', asked({ start: later })));
    expect(moved).toMatchObject({ id: booked.id, start: later, status: 'booked', meta: { versionId: '2' } });
    const cancelled = await run('book', asked({ status: 'cancelled', meta: moved.meta! }));
    expect(matchIn(cancelled)).toMatchObject({ id: booked.id, status: 'cancelled' });
    expect(appointmentsIn(cancelled, 'include')).toMatchObject([{ status: 'cancelled' }]);
    expect(await client.resourceSearch({ resourceType: 'Task', searchParams: { status: 'requested' } })).toMatchObject({
      total: 2,
    });
  });
});

describe('free times of a visit type', () => {
  test('are proposed for nobody yet, and held and booked for whoever is named', async () => {
    const bundle = await findFree();
    expect(bundle.total).toBe(8);
    const [first, second] = appointmentsIn(bundle);
    expect(await refusalOf(hold(first!.id!))).toMatchObject({ status: 400 });
    const held = matchIn(await hold(first!.id!, comes(clinic.patientId)));
    expect(held.participant[0]!.actor!.reference).toBe(`Patient/${clinic.patientId}`);
    expect(startsIn(await findFree())).not.toContain(first!.start);
    expect(matchIn(await book(held.id!))).toMatchObject({ status: 'booked' });
    const patient = { resourceType: 'Patient' as const, id: await plantPatient() };
    const sent: ParametersParameter = { name: 'patient-resource', resource: patient };
    expect(matchIn(await book(second!.id!, sent))).toMatchObject({ status: 'booked', start: second!.start });
  });

  test('are those of the visit types that are for a reason or a profession, by code or by concept', async () => {
    const window: ParametersParameter[] = [
      { name: 'start', valueDateTime: target },
      { name: 'end', valueDateTime: target },
      { name: '_count', valueInteger: 50 },
    ];
    const types = async (...more: ParametersParameter[]) => [
      ...new Set(appointmentsIn(await run('find', [...window, ...more])).map((one) => one.serviceType![0]!.text)),
    ];
    const doctors = { coding: [{ system: 'urn:taltid:role', code: 'lakare' }] };
    expect(await types({ name: 'specialty', valueCodeableConcept: doctors })).toEqual(['Återbesök läkare']);
    expect(await types({ name: 'reason', valueCodeableConcept: { text: 'provtagning' } })).toEqual(['Provtagning']);
    expect(await types({ name: 'reason', valueString: 'Dans' })).toEqual([]);
    const both = { name: 'specialty', valueString: 'urn:taltid:role|lakare' };
    expect(await types(both, { name: 'reason', valueString: 'Dans' })).toEqual(['Återbesök läkare']);
  });

  test('are none where the patient is elsewhere', async () => {
    const [first] = appointmentsIn(await findFree(comes(clinic.patientId)));
    await book(first!.id!);
    expect(startsIn(await findFree(comes(clinic.patientId)))).not.toContain(first!.start);
    expect(await refusalOf(run('find', [{ name: 'start', valueDateTime: today }]))).toMatchObject({ status: 400 });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPatient, patientById } from '../../src/storage/repositories/patients.ts';
import { type PatientAnswer, type PatientClient, patientClient } from '../patient-page/patient-client.ts';
import {
  BIRTH_DATE,
  type PlantedTimes,
  type PlantingOptions,
  plantLendingClinic,
  plantTimes,
  taskStates,
} from '../patient-page/planted-times.ts';
import { CONTEXT, madeUpNumber } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { runApp } from './running-app.ts';
import { signedInAs } from './signed-in.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

async function served(options: PlantingOptions = {}) {
  const { storage } = await cluster.fresh();
  const clinic = await plantLendingClinic(storage);
  const { url, app } = await runApp({ clinic: { storage } });
  const planted = await plantTimes(storage, { clinic, ...options });
  return { storage, clinic, app, url, planted, client: await cameIn(url, planted) };
}

async function cameIn(url: string, { code }: PlantedTimes): Promise<PatientClient> {
  const client = patientClient(url);
  const answer = await client.post('/min-tid/in', { kod: code, fodelsedatum: BIRTH_DATE });
  expect(answer.status).toBe(303);
  return client;
}

type Served = Awaited<ReturnType<typeof served>>;

/** Another patient of the same clinic, with times of the own. */
async function plantAnother({ storage, clinic }: Served, options: PlantingOptions = {}): Promise<PlantedTimes> {
  const { id: patientId } = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Annan',
    }),
  );
  return plantTimes(storage, { clinic: { ...clinic, patientId }, ...options });
}

const link = ({ text }: PatientAnswer, ending: RegExp): string[] =>
  [...text.matchAll(/href="([^"]+)"/g)]
    .map(([, href]) => href!.replaceAll('&amp;', '&'))
    .filter((href) => ending.test(href));

/** Follows the links to the confirmation of a free time for the visit (the later one), or of what is to be booked. */
async function choose(client: PatientClient, at = 0): Promise<{ path: string; fields: Record<string, string> }> {
  const start = await client.get('/min-tid');
  const path = link(start, /\/andra$|\/boka\//).at(-1)!;
  const choices = await client.get(path);
  const confirm = await client.get(link(choices, /bekrafta/)[at]!);
  expect(confirm.status).toBe(200);
  return { path, fields: client.fields(confirm, path) };
}

const times = ({ text }: PatientAnswer) => [...text.matchAll(/<time dateTime="([^"]+)"/g)].map(([, at]) => at!);

/** What staff read of a task. */
async function taskAsStaff({ app, storage, clinic }: Served, taskId: string) {
  const headers = await signedInAs(storage, clinic.administrator.id);
  const answer = await app.inject({ method: 'GET', url: `/api/tasks/${taskId}`, headers });
  return answer.json() as {
    state: string;
    cancelReason: string | null;
    remarks: string[];
    history: { by: string | null; state: string }[];
  };
}

describe('a patient who moves a visit', () => {
  test('chooses a free time within måldatum, confirms it, and has the test still before the visit', async () => {
    const all = await served();
    const { client, storage, planted } = all;
    const before = times(await client.get('/min-tid'));
    const { path, fields } = await choose(client, 2);
    const moved = await client.post(path, fields);
    expect(moved).toMatchObject({ status: 303, location: '/min-tid?klart=flyttad' });
    const page = await client.get(moved.location!);
    expect(page.text).toContain('Din tid är ändrad.');
    const [test_, visit] = times(page);
    expect(visit).not.toBe(before[1]);
    expect(Date.parse(test_!)).toBeLessThan(Date.parse(visit!));
    expect(await taskStates(storage, planted)).toEqual(['called', 'called']);
    // Sent again, the form finds another version than it was made for, and nothing more happens.
    const again = await client.post(path, fields);
    expect(again.status).toBe(409);
    expect(again.text).toContain('Tiden har redan ändrats');
    expect(times(await client.get('/min-tid'))).toEqual([test_, visit]);
  });

  test('is offered more days than its test can stay for, and told which time that moves to', async () => {
    const { client } = await served();
    const [test_] = times(await client.get('/min-tid'));
    const path = link(await client.get('/min-tid'), /\/andra$/).at(-1)!;
    const choices = await client.get(path);
    expect(choices.text.match(/<h2>/g)!.length).toBeGreaterThan(2);
    const withTest = link(choices, /bekrafta/).find((href) => href.includes('%2C'))!;
    const confirm = await client.get(withTest);
    expect(confirm.text).toContain('Hör ihop med tiden och följer med:');
    await client.post(path, client.fields(confirm, path));
    const [testAfter, visitAfter] = times(await client.get('/min-tid'));
    expect(testAfter).not.toBe(test_);
    expect(confirm.text).toContain(`dateTime="${visitAfter}"`);
  });

  test('cannot take a time that the page did not offer: after måldatum, or not lent to patients', async () => {
    const { client } = await served();
    const { path, fields } = await choose(client, 2);
    const [taskId, occasion, performerId, startMs] = fields.tider!.split(',')[0]!.split('.');
    const tried = async (ms: number) =>
      client.post(path, { ...fields, tider: [taskId, occasion, performerId, ms].join('.') });
    const late = await tried(Number(startMs) + 28 * 24 * 3_600_000);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Den tiden är för sent');
    const night = await tried(Number(startMs) + 12 * 3_600_000);
    expect(night.status).toBe(409);
    expect(night.text).toContain('Den tiden går inte att välja');
    expect(link(night, /andra$/)).toEqual([path]);
  });

  test('of two who want the same time one has it, and the other is told and keeps the own', async () => {
    const all = await served();
    const other = await cameIn(all.url, await plantAnother(all));
    const one = await choose(all.client, 3);
    const [, , performerId, startMs] = one.fields.tider!.split(',')[0]!.split('.');
    const theirs = await choose(other, 0);
    const [taskId, occasion] = theirs.fields.tider!.split(',')[0]!.split('.');
    const same = { ...theirs.fields, tider: [taskId, occasion, performerId, startMs].join('.') };
    const had = times(await other.get('/min-tid'));
    const answers = await Promise.all([all.client.post(one.path, one.fields), other.post(theirs.path, same)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    if (answers[1]!.status === 409) expect(times(await other.get('/min-tid'))).toEqual(had);
  });
});

describe('a patient who cancels', () => {
  test('says why, is told what happens, and staff find the task in the queue again with who did it and the words', async () => {
    const all = await served();
    const { client, storage, planted } = all;
    const path = link(await client.get('/min-tid'), /avboka$/).at(-1)!;
    const asked = await client.get(path);
    // The test hangs on the visit.
    expect(asked.text).toContain('Provtagning');
    const form = { ...client.fields(asked, path), orsak: 'sjuk', text: 'Ligger i influensa', ny_tid: 'ja' };
    const done = await client.post(path, form);
    expect((await client.get(done.location!)).text).toContain('Mottagningen letar efter en ny tid');
    expect(await taskStates(storage, planted)).toEqual(['new', 'new']);
    const { history, remarks } = await taskAsStaff(all, planted.taskIds[0]);
    expect(history[0]).toMatchObject({ state: 'new', by: 'Patienten' });
    expect(remarks[0]).toMatch(/^Avbokad av patienten, .+ kl\. \d\d\.\d\d\. Är sjuk: Ligger i influensa$/);
  });

  test('and wants no other time closes the task as declined', async () => {
    const all = await served();
    const { client, planted } = all;
    const path = link(await client.get('/min-tid'), /avboka$/).at(-1)!;
    const form = { ...client.fields(await client.get(path), path), orsak: 'behovs_inte', ny_tid: 'nej' };
    const done = await client.post(path, form);
    const page = await client.get(done.location!);
    expect(page.text).toContain('Ingen ny tid bokas');
    expect(page.text).toContain('Du har ingen bokad tid just nu');
    expect(await taskAsStaff(all, planted.taskIds[0])).toMatchObject({
      state: 'cancelled',
      cancelReason: 'patient_declined',
    });
  });

  test('and leaves a choice out is told so in words, and nothing is cancelled', async () => {
    const { client, storage, planted } = await served();
    const path = link(await client.get('/min-tid'), /avboka$/).at(-1)!;
    const answer = await client.post(path, { ...client.fields(await client.get(path), path), orsak: 'sjuk' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Något saknas');
    expect(await taskStates(storage, planted)).toEqual(['called', 'called']);
  });
});

test('an open letter lets the patient pick a time for the visit and its test, and the tasks are booked by that', async () => {
  const all = await served({ form: 'open' });
  const { client, storage, planted } = all;
  const page = await client.get('/min-tid');
  expect(page.text).toContain('Dags att boka tid');
  const { path, fields } = await choose(client);
  const booked = await client.post(path, fields);
  expect(booked.location).toBe('/min-tid?klart=bokad');
  const after = await client.get(booked.location!);
  expect(after.text).toContain('Din tid är bokad.');
  expect(times(after)).toHaveLength(2);
  expect(after.text).not.toContain('Dags att boka tid');
  expect(await taskStates(storage, planted)).toEqual(['booked', 'booked']);
  const { history } = await taskAsStaff(all, planted.taskIds[0]);
  expect(history[0]).toMatchObject({ state: 'booked', by: 'Patienten' });
  expect(await client.post(path, fields)).toMatchObject({
    status: 409,
    text: expect.stringContaining('Tiden har redan ändrats'),
  });
});

test('a wish for an earlier time is put down, and taken back', async () => {
  const { client } = await served();
  const wish = async (ending: RegExp) => {
    const page = await client.get('/min-tid');
    const action = ending.exec(page.text)![1]!;
    return client.get((await client.post(action, client.fields(page, action))).location!);
  };
  expect((await wish(/action="([^"]+\/tidigare)"/)).text).toContain('Du har bett om en tidigare tid');
  expect((await wish(/action="([^"]+\/tidigare\/nej)"/)).text).not.toContain('Du har bett om en tidigare tid');
});

test('a visit that has begun is shown until it is over, and no more changed', async () => {
  const { client, storage, clinic } = await served();
  const path = link(await client.get('/min-tid'), /avboka$/)[0]!;
  const form = { ...client.fields(await client.get(path), path), orsak: 'annat', ny_tid: 'nej' };
  const id = path.split('/')[3]!;
  const minute = (minutes: number) => new Date((Math.floor(Date.now() / 60_000) + minutes) * 60_000);
  await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    transaction.write
      .updateTable('appointments')
      .set({ startsAt: minute(-5), endsAt: minute(10) })
      .where('id', '=', id)
      .execute(),
  );
  const page = await client.get('/min-tid');
  expect(page.text).toContain('Tiden har börjat.');
  expect(link(page, /avboka$/)).toHaveLength(1);
  for (const answer of [await client.get(path), await client.post(path, form)]) {
    expect(answer).toMatchObject({ status: 409, text: expect.stringContaining('Det här går inte att ändra här') });
  }
});

describe('somebody else', () => {
  test('finds no page for another patient’s time or task, and changes nothing there', async () => {
    const all = await served();
    const victim = await plantAnother(all);
    const theirs = await cameIn(all.url, victim);
    const own = times(await theirs.get('/min-tid'));
    const path = link(await theirs.get('/min-tid'), /avboka$/).at(-1)!;
    const { client } = all;
    const form = {
      ...client.fields(await client.get('/min-tid'), '/min-tid/ut'),
      version: '1',
      orsak: 'annat',
      ny_tid: 'nej',
    };
    for (const answer of [
      await client.get(path),
      await client.get(path.replace('avboka', 'andra')),
      await client.get(path.replace('avboka', 'tid.ics')),
      await client.get(`/min-tid/boka/${victim.taskIds[0]}`),
      await client.post(path, form),
      await client.post(path.replace('avboka', 'tidigare'), form),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('Sidan finns inte');
    }
    expect(times(await theirs.get('/min-tid'))).toEqual(own);
  });

  test('cannot send a form without the session’s own key, with an old one, or from another site', async () => {
    const { client, url, planted, storage } = await served();
    const start = await client.get('/min-tid');
    const path = link(start, /avboka$/).at(-1)!;
    const form = { ...client.fields(await client.get(path), path), orsak: 'annat', ny_tid: 'nej' };
    const { nyckel: _, ...keyless } = form as Record<string, string>;
    const cookie = `taltid_patient=${client.cookies.get('taltid_patient')}`;
    const elsewhere = await fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: 'https://elsewhere.example' },
      body: new URLSearchParams(form),
    });
    expect(elsewhere.status).toBe(403);
    expect((await client.post(path, keyless)).status).toBe(403);
    await client.post('/min-tid/ut', client.fields(start, '/min-tid/ut'));
    await client.post('/min-tid/in', { kod: planted.code, fodelsedatum: BIRTH_DATE });
    const old = await client.post(path, form);
    expect(old.status).toBe(403);
    expect(old.text).toContain('Sidan hade stått öppen för länge');
    client.cookies.clear();
    expect(await client.post(path, form)).toMatchObject({ status: 303, location: '/min-tid' });
    expect(await taskStates(storage, planted)).toEqual(['called', 'called']);
  });

  test('of the clinic’s own staff is no patient, and a patient is nobody in the clinic’s interfaces', async () => {
    const { app, client, storage, clinic } = await served();
    const headers = await signedInAs(storage, clinic.administrator.id);
    const asStaff = await app.inject({ method: 'GET', url: '/min-tid', headers });
    expect(asStaff.body).toContain('Kod i brevet');
    const cookie = `taltid_patient=${client.cookies.get('taltid_patient')}`;
    expect((await app.inject({ method: 'GET', url: '/api/tasks', headers: { cookie } })).statusCode).toBe(401);
    expect(
      (
        await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
          patientById(transaction, clinic.patientId),
        )
      ).id,
    ).toBe(clinic.patientId);
  });
});

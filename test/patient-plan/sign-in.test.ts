import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SmallBrowser } from '../access/small-browser.ts';
import { BIRTH_DATE, type PlantedTimes, plantLendingClinic, plantTimes } from '../patient-page/planted-times.ts';
import { type Clinic, madeUpNumber } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bornAgain, numberOfPatient, plantChild, type ServedPatients, servePatients } from './signed-in.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

let database: TestDatabase;
let clinic: Clinic;
let planted: PlantedTimes;
let served: ServedPatients;
let numbers: string[];
beforeEach(async () => {
  database = await cluster.fresh();
  clinic = await plantLendingClinic(database.storage);
  planted = await plantTimes(database.storage, { clinic });
  const number = await numberOfPatient(database.storage, clinic);
  numbers = [number, madeUpNumber(), madeUpNumber()];
  served = await servePatients(database.storage, {
    asa: { personal_identity_number: number },
    'asa by her broker': { ssn: `${number.slice(0, 8)}-${number.slice(8)}` },
    'two people': { personal_identity_number: number, ssn: numbers[1] },
    nobody: { personal_identity_number: numbers[2] },
    norwegian: { nin: '01010150074' },
  });
});

const PLAN = '/min-tid/plan';

async function read(browser: SmallBrowser, path: string): Promise<{ status: number; text: string }> {
  const answer = await browser.fetch(served.running.url + path);
  return { status: answer.status, text: await answer.text() };
}

/** Sends the page's own form, with what a button of it says. */
async function send(browser: SmallBrowser, { text }: { text: string }, action: string, fields: Record<string, string>) {
  const { url } = served.running;
  const key =
    new RegExp(`action="${action}"[^>]*><input type="hidden" name="nyckel" value="([^"]+)"`).exec(text)?.[1] ?? '';
  const body = new URLSearchParams({ nyckel: key, ...fields });
  const answer = await browser.fetch(url + action, { method: 'POST', body, headers: { origin: url } });
  return { status: answer.status, location: answer.headers.get('location') };
}

describe('a patient who signs in', () => {
  test.each(['asa', 'asa by her broker'])('as %s sees everything that is agreed, and is led there', async (account) => {
    const { browser, answer } = await served.signIn(account);
    expect([answer.status, answer.headers.get('refresh')]).toEqual([200, '0; url=/min-tid']);
    expect((await read(browser, '/min-tid')).text).toContain('Elin Lind');
    const { status, text } = await read(browser, PLAN);
    expect(status).toBe(200);
    for (const words of ['Din plan', 'Åsa Prov', 'Återbesök läkare', 'Ekbackens vårdcentral', 'Ekbacksvägen 2']) {
      expect(text).toContain(words);
    }
    const { rows } = await database.owner.query(
      "select actor_kind, actor_id from audit_events where action = 'login' and object_kind = 'patient_sessions'",
    );
    expect(rows).toEqual([{ actor_kind: 'patient', actor_id: clinic.patientId }]);
  });

  test.each(['nobody', 'norwegian', 'two people'])('as %s is told nothing', async (account) => {
    const { browser, answer, text } = await served.signIn(account);
    expect([401, 403]).toContain(answer.status);
    expect(text).not.toContain('Åsa');
    expect((await read(browser, PLAN)).status).toBe(303);
    for (const number of numbers) expect(served.running.logLines.join('')).not.toContain(number);
  });

  test('and is unknown here reads the same whether or not the number is somebody’s elsewhere', async () => {
    const { text } = await served.signIn('nobody');
    expect(text).toContain('Det finns inget att visa för dig här');
  });

  test('and thinks better of it can try again, or use the letter’s code', async () => {
    const { answer, text } = await served.signIn('');
    expect(answer.status).toBe(401);
    expect(text).toContain('Inloggningen avbröts');
    expect(text).toContain('href="/min-tid/logga-in"');
  });

  test('while the provider is down is told so, and when to try again', async () => {
    await served.provider.close();
    const answer = await fetch(`${served.running.url}/min-tid/logga-in?sprak=en`, { redirect: 'manual' });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Signing in does not work right now');
  });

  test('leaves no session of a letter’s code behind', async () => {
    const { browser } = await served.signIn('asa');
    const { url } = served.running;
    const body = new URLSearchParams({ kod: planted.code, fodelsedatum: BIRTH_DATE });
    await browser.fetch(`${url}/min-tid/in`, { method: 'POST', body, headers: { origin: url } });
    // A letter's code opens its chain, and nothing of the plan.
    expect((await read(browser, PLAN)).status).toBe(303);
    const { rows } = await database.owner.query('select level from patient_sessions');
    expect(rows).toEqual([{ level: 1 }]);
  });
});

describe('the plan', () => {
  test('tells the steps in their order and nothing of why, and the letters, which are read when they are opened', async () => {
    const { browser } = await served.signIn('asa');
    const { text } = await read(browser, PLAN);
    const steps = text.slice(text.indexOf('class="steps"'));
    expect(steps.indexOf('Prover')).toBeLessThan(steps.indexOf('Återbesök hos Elin Lind'));
    expect(text).not.toMatch(/fastande|Återbesök om sex veckor/);
    const [, letter] = /href="(\/min-tid\/brev\/[^"/]+)"/.exec(text)!;
    expect(text).toContain('(oläst)');
    expect((await read(browser, letter!)).text).toContain('<html lang="sv">');
    expect((await read(browser, `${letter}/brev.pdf`)).text).toMatch(/^%PDF/);
    expect((await read(browser, PLAN)).text).not.toContain('(oläst)');
    expect((await read(browser, `/min-tid/brev/${crypto.randomUUID()}`)).status).toBe(404);
  });
});

describe('a guardian', () => {
  test('sees a child’s times and acts for it, and the log says who did', async () => {
    const child = await plantChild(database.storage, clinic, { givenName: 'Alva', years: 12 });
    await plantTimes(database.storage, { clinic: child });
    await bornAgain(database.storage, child, { years: 12 });
    const { browser } = await served.signIn('asa');
    const own = await read(browser, PLAN);
    expect(own.text).toContain('Vems tider vill du se?');
    expect(await send(browser, own, '/min-tid/vem', { vem: child.patientId })).toMatchObject({ location: PLAN });
    const page = await read(browser, PLAN);
    expect(page.text).toContain('Du ser tiderna för Alva.');
    const times = await read(browser, '/min-tid');
    expect(times.text).toContain('Du ser tiderna för Alva.');
    const [, action] = /action="(\/min-tid\/bokningar\/[^"]+\/tidigare)"/.exec(times.text)!;
    expect(await send(browser, times, action!, {})).toMatchObject({ location: '/min-tid?klart=tidigare' });
    const { rows } = await database.owner.query(
      "select actor_kind, actor_id, patient_ids from audit_events where object_kind = 'earlier_wishes' and action = 'create'",
    );
    expect(rows).toEqual([{ actor_kind: 'patient', actor_id: clinic.patientId, patient_ids: [child.patientId] }]);
    await send(browser, page, '/min-tid/vem', { vem: '' });
    expect((await read(browser, PLAN)).text).not.toContain('Du ser tiderna för');
  });

  test('does not act for a child of an age to be seen while another page is shown, nor for one that has outgrown it', async () => {
    const asked = async (child: Clinic, vem: string) => {
      const { browser } = await served.signIn('asa');
      const own = await read(browser, PLAN);
      if (vem !== '') await send(browser, own, '/min-tid/vem', { vem });
      const { rows } = await database.owner.query<{ id: string }>(
        "select id from appointments where patient_id = $1 and type = 'aterbesok'",
        [child.patientId],
      );
      const at = `/min-tid/bokningar/${rows[0]!.id}`;
      const [, nyckel] = /name="nyckel" value="([^"]+)"/.exec(own.text)!;
      const form = { nyckel: nyckel!, version: '1', orsak: 'annat', ny_tid: 'nej' };
      return [
        (await read(browser, `${at}/avboka`)).status,
        (await read(browser, `${at}/andra`)).status,
        ...(await Promise.all(
          [`${at}/avboka`, `${at}/tidigare`, `${at}/tidigare/nej`].map(
            async (action) => (await send(browser, { text: '' }, action, form)).status,
          ),
        )),
      ];
    };
    const small = await plantChild(database.storage, clinic, { givenName: 'Alva', years: 12 });
    await plantTimes(database.storage, { clinic: small });
    await bornAgain(database.storage, small, { years: 12 });
    expect(await asked(small, '')).toEqual([404, 404, 404, 404, 404]);
    expect((await asked(small, small.patientId)).slice(0, 2)).toEqual([200, 200]);
    await bornAgain(database.storage, small, { years: 13 });
    expect(await asked(small, '')).toEqual([404, 404, 404, 404, 404]);
  });

  test('does not from the thirteenth birthday on, nor for a child of others', async () => {
    const grown = await plantChild(database.storage, clinic, { givenName: 'Nils', years: 13 });
    const others = await plantLendingClinic(database.storage);
    const small = await plantChild(database.storage, clinic, { givenName: 'Alva', years: 3 });
    const { browser } = await served.signIn('asa');
    const page = await read(browser, PLAN);
    expect(page.text).not.toContain('Nils');
    for (const vem of [grown.patientId, others.patientId]) {
      expect((await send(browser, page, '/min-tid/vem', { vem })).status).toBe(404);
    }
    expect((await send(browser, { text: '' }, '/min-tid/vem', { vem: small.patientId })).status).toBe(403);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inGroups, issueAnswerCode } from '../../src/patient-page/answer-codes.ts';
import { signInByCode } from '../../src/patient-page/sign-in.ts';
import { revokeAnswerCodes, tidyCodeAttempts } from '../../src/storage/repositories/answer-codes.ts';
import { lettersOfChain } from '../../src/storage/repositories/letters.ts';
import { listAuditOfPatient } from '../../src/storage/repositories/logs.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type PatientClient, patientClient } from '../patient-page/patient-client.ts';
import { BIRTH_DATE, FASTING, type PlantedTimes, plantTimes } from '../patient-page/planted-times.ts';
import { CONTEXT } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { runApp } from './running-app.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

async function served(options: Parameters<typeof plantTimes>[1] = {}) {
  const database = await cluster.fresh();
  const { storage } = database;
  // An address that is no route is looked for among the page's files.
  const { url, logLines } = await runApp({ clinic: { storage }, pageDirectory: import.meta.dirname });
  const planted = await plantTimes(storage, options);
  return { database, storage, planted, url, logLines, client: patientClient(url) };
}

/** The ways by which the letter was to go. */
async function waysOf(storage: Storage, { clinic }: PlantedTimes) {
  const record = { action: 'list', object: 'letter_deliveries', patientOf: () => null } as const;
  return storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    transaction.read(record, (tables) => tables.selectFrom('letterDeliveries').select(['channel', 'state']).execute()),
  );
}

const tryCode = (client: PatientClient, kod: string, fodelsedatum = BIRTH_DATE) =>
  client.post('/min-tid/in', { kod, fodelsedatum });

async function comeIn(client: PatientClient, { code }: PlantedTimes) {
  const answer = await tryCode(client, code);
  expect(answer).toMatchObject({ status: 303, location: '/min-tid' });
  return client.get('/min-tid');
}

/** Codes that fit and are nobody's. */
const UNKNOWN = '0000-0000-0000';
/** What a page says, without what differs from one request to the next. */
const said = (text: string) => text.replaceAll(/value="[^"]*"/g, '');

describe('the letter’s code with the birth date', () => {
  test('opens the times of its chain, in order, with what to do before in the words that staff checked', async () => {
    const { storage, planted, client } = await served();
    const form = await client.get(`/min-tid/${planted.code}`);
    expect(form.text).toContain(`value="${planted.code}"`);
    const { text, headers } = await comeIn(client, planted);
    expect(text).toContain('<html lang="sv">');
    expect(text.indexOf('Provtagning')).toBeLessThan(text.indexOf('Återbesök läkare'));
    for (const words of ['Din nästa tid', 'Elin Lind', 'Ekbacksvägen 2', 'mitt emot biblioteket', 'tel:0101234567']) {
      expect(text).toContain(words);
    }
    expect(text).toContain(FASTING.plain);
    expect(text).not.toContain(FASTING.original);
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    // Opened is read: what the channels had still to send is stopped.
    const letters = await storage.withAudit(planted.clinic.administrator, CONTEXT, (transaction) =>
      lettersOfChain(transaction, planted.chainId),
    );
    expect(letters.map(({ state }) => state)).toEqual(['read']);
    expect((await waysOf(storage, planted)).filter(({ state }) => state !== 'stopped')).toEqual([]);
  });

  test('is refused in the same words for an unknown code, a wrong date, and a code that is over or revoked', async () => {
    const { storage, planted, client } = await served();
    const { clinic, chainId } = planted;
    const wrongDate = await tryCode(client, planted.code, '1975-03-05');
    const unknown = await tryCode(client, UNKNOWN);
    const overCode = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
      issueAnswerCode(transaction, { ...clinic, chainId, expiresAt: new Date(Date.now() - 1) }),
    );
    const over = await tryCode(client, overCode);
    await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
      revokeAnswerCodes(transaction, chainId, new Date()),
    );
    const revoked = await tryCode(client, planted.code);
    expect(wrongDate.status).toBe(401);
    expect(wrongDate.text).toContain('Det gick inte att visa tiden');
    for (const other of [unknown, over, revoked]) {
      expect(other.status).toBe(401);
      expect(said(other.text)).toBe(said(wrongDate.text));
    }
    expect(client.cookies.has('taltid_patient')).toBe(false);
  });

  test('waits after five wrong tries, whether there is such a code or not, also for the right date and after a restart', async () => {
    const { database, storage, planted, client } = await served();
    for (const code of [planted.code, UNKNOWN]) {
      for (let tries = 0; tries < 5; tries++) expect((await tryCode(client, code, '1990-01-01')).status).toBe(401);
      const { status, text, headers } = await tryCode(client, code);
      expect(status).toBe(429);
      expect(text).toContain('Pröva igen om 60 minuter.');
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
    }
    const again = await runApp({ clinic: { storage } });
    expect((await tryCode(patientClient(again.url), planted.code)).status).toBe(429);
    // Who knocks while it waits does not make it worse.
    for (let tries = 0; tries < 20; tries++) await tryCode(client, planted.code);
    const hourAgo = (total: number) =>
      database.owner.query(`update answer_code_attempts set since = since - interval '1 hour', total = $1`, [total]);
    const { rows } = await database.owner.query<{ total: number }>('select total from answer_code_attempts');
    expect(rows.map(({ total }) => total)).toEqual([5, 5]);
    await hourAgo(20);
    expect((await tryCode(client, planted.code)).status).toBe(401);
    await hourAgo(19);
    expect((await tryCode(client, planted.code)).status).toBe(303);
  });

  test('counts tries that come at once, and closes an address that tries many codes', async () => {
    const { planted, client } = await served();
    const atOnce = await Promise.all(Array.from({ length: 12 }, () => tryCode(client, planted.code, '1990-01-01')));
    expect(atOnce.filter(({ status }) => status === 401)).toHaveLength(5);
    const guessed = await Promise.all(
      Array.from({ length: 60 }, (_, at) => tryCode(client, inGroups(`ABCDEFGH${1000 + at}`))),
    );
    expect(guessed.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect((await tryCode(client, UNKNOWN)).status).toBe(429);
  });

  test('guessed from one IPv6 network is guessed from one address, and what was guessed is forgotten after a day', async () => {
    const { database, storage, planted } = await served();
    const guess = (code: string, address: string) =>
      signInByCode(
        storage,
        { code, birthDate: BIRTH_DATE, address, requestId: 'test', earlierToken: undefined },
        new Date(),
      );
    for (let at = 0; at < 60; at++) {
      const guessed = guess(inGroups(`ABCDEFGH${1000 + at}`), `2001:db8:1:2::${at.toString(16)}`);
      await expect(guessed).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    }
    await expect(guess(UNKNOWN, '2001:db8:1:2:ffff::1')).rejects.toMatchObject({ code: 'LOGIN_LIMITED' });
    await expect(guess('ZZZZ-ZZZZ-ZZZZ', '2001:db8:1:3::1')).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
    });
    const wrongDate = { code: planted.code, birthDate: '1990-01-01', address: '192.0.2.1', requestId: 'test' };
    await expect(signInByCode(storage, { ...wrongDate, earlierToken: undefined }, new Date())).rejects.toThrow();
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    await storage.withAudit({ kind: 'system', id: 'booking-worker' }, CONTEXT, (transaction) =>
      tidyCodeAttempts(transaction, { startedBefore: new Date(), now: tomorrow }),
    );
    const { rows } = await database.owner.query('select total from answer_code_attempts');
    expect(rows).toEqual([{ total: 1 }]);
  });

  test('is typed kindly, and lasts until the patient goes out', async () => {
    const { planted, client } = await served();
    const answer = await tryCode(client, ` ${planted.code.toLowerCase().replaceAll('-', ' ')} `, '75 03 04');
    expect(answer.status).toBe(303);
    const page = await client.get('/min-tid');
    const cookie = client.cookies.get('taltid_patient')!;
    const out = await client.post('/min-tid/ut', client.fields(page, '/min-tid/ut'));
    expect(out.location).toBe('/min-tid?klart=utloggad');
    client.cookies.set('taltid_patient', cookie);
    expect((await client.get('/min-tid')).text).toContain('Kod i brevet');
  });

  test('and its cookie are told by nothing that is logged, and each thing done is in the log of accesses', async () => {
    const { storage, planted, client, logLines } = await served();
    const code = planted.code;
    const mistyped = [
      `/min-tid/${code}/x`,
      `/min-tid//${code}`,
      `/MIN-TID/${code}`,
      `/min%2Dtid/${code}/%`,
      `/${code}`,
    ];
    for (const path of [`/min-tid/${code}`, ...mistyped, `/min-tid/bokningar/${code}/avboka`]) await client.get(path);
    await comeIn(client, planted);
    await tryCode(client, planted.code, '1990-01-01');
    const logged = logLines.join('\n');
    for (const secret of [
      planted.code,
      planted.code.replaceAll('-', ''),
      client.cookies.get('taltid_patient')!,
      '1990-01-01',
      '1975',
    ]) {
      expect(logged).not.toContain(secret);
    }
    const lines = await storage.withAudit(planted.clinic.administrator, CONTEXT, (transaction) =>
      listAuditOfPatient(transaction, planted.patient.id, { limit: 100 }),
    );
    const own = lines.filter(({ actorKind, purpose }) => actorKind === 'patient' && purpose === 'own-data');
    expect(own.map(({ action, objectKind }) => `${action} ${objectKind}`)).toEqual(
      expect.arrayContaining(['list appointments', 'update letters', 'read patients']),
    );
  });
});

test('a protected identity is told when, and neither where, whom nor what for: not in the calendar’s file either', async () => {
  const { planted, client } = await served({ isProtected: true });
  const { text } = await comeIn(client, planted);
  expect(text).toContain('Plats och hur du förbereder dig får du veta på telefon');
  expect(text).toContain('tel:0101234567');
  const file = await client.get(/\/min-tid\/bokningar\/[^"]+\.ics/.exec(text)![0]);
  const choices = await client.get(/\/min-tid\/bokningar\/[^"]+\/andra/.exec(text)![0]);
  const cancelling = await client.get(/\/min-tid\/bokningar\/[^"]+\/avboka/.exec(text)![0]);
  for (const page of [text, file.text, choices.text, cancelling.text]) {
    for (const telling of [
      'Ekback',
      'Ekby',
      'Lind',
      'Laborator',
      'Prov',
      'Återbesök',
      'Åsa',
      'biblioteket',
      FASTING.plain,
    ]) {
      expect(page).not.toContain(telling);
    }
  }
  expect(file.text).toContain('SUMMARY:Bokad tid');
});

test('the page speaks English from the moment that it is asked to, and marks what stays Swedish', async () => {
  const { planted, client } = await served();
  expect((await client.get('/min-tid?sprak=en')).text).toContain('<html lang="en">');
  const wrong = await tryCode(client, planted.code, '1990-01-01');
  expect(wrong.text).toContain('The appointment cannot be shown');
  const { text } = await comeIn(client, planted);
  expect(text).toContain('Your next appointment');
  expect(text).toContain('<span lang="sv">Återbesök läkare</span>');
  expect(text).toMatch(/<span>(Mon|Tues|Wednes|Thurs|Fri)day \d+ \w+( \d{4})?<\/span> <span>at.\d\d:\d\d</);
  expect((await client.get('/min-tid?sprak=sv')).text).toContain('Din nästa tid');
});

test('the calendar’s file says when by the clock in Sweden, and where but not what for', async () => {
  const { storage, planted, client } = await served();
  const { text } = await comeIn(client, planted);
  const path = /\/min-tid\/bokningar\/([^"]+)\/tid\.ics/.exec(text)!;
  const { text: file, headers } = await client.get(path[0]);
  expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const { rows } = await storage.withAudit(planted.patient, CONTEXT, async (transaction) => ({
    rows: await transaction.read({ action: 'list', object: 'appointments', patientOf: () => null }, (tables) =>
      tables.selectFrom('appointments').select(['startsAt']).where('id', '=', path[1]!).execute(),
    ),
  }));
  const wall = new Date(rows[0]!.startsAt).toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' });
  expect(file).toContain(`DTSTART;TZID=Europe/Stockholm:${wall.replaceAll(/[-:]/g, '').replace(' ', 'T')}\r\n`);
  expect(file).toMatch(/BEGIN:VTIMEZONE\r\nTZID:Europe\/Stockholm\r\n/);
  expect(file).toMatch(/DTSTAMP:\d{8}T\d{6}Z\r\n/);
  expect(file).toContain('SUMMARY:Tid: Ekbackens vårdcentral');
  expect(file).toContain('LOCATION:Ekbackens vårdcentral\\, Ekbacksvägen 2');
  expect(file).not.toContain('Provtagning');
});

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { OpenIdProvider } from '../../src/access/openid/provider.ts';
import { cancelBooking } from '../../src/appointments/cancel.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import type { Actor } from '../../src/contracts/access.ts';
import { PATIENT_OPENID_PATHS, STAFF_OPENID_PATHS } from '../../src/contracts/openid.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { askForEarlier } from '../../src/freed-times/ask-earlier.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { putContact } from '../../src/storage/repositories/named-contacts.ts';
import { startOpenIdServer } from '../access/openid-server.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { launchChromium } from '../chromium.ts';
import { anotherPatient, at, bookAt, LATE, LATEST, offerWhatIsFree, visitBy } from '../freed-times/offered-times.ts';
import { plantLendingClinic, plantTimes } from '../patient-page/planted-times.ts';
import { freePort } from '../queue/redis-server.ts';
import { runApp } from '../server/running-app.ts';
import type { Clinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { expectAccessible } from '../web/queue-page.ts';
import { numberOfPatient, plantChild } from './signed-in.ts';

let cluster: TestCluster;
let browser: Browser;
let pageDirectory: string;
beforeAll(async () => {
  pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
  [cluster, browser] = await Promise.all([startTestCluster(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await cluster?.close();
});

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true };

async function pageOf(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return context.newPage();
}

/** A patient with a late time, an offer of an earlier one, a child, a named contact and a letter. */
async function plantPatient(database: TestDatabase): Promise<Clinic> {
  const { storage } = database;
  const clinic = await plantLendingClinic(storage);
  await plantTimes(storage, { clinic });
  await plantChild(storage, clinic, { givenName: 'Alva', years: 7 });
  await asAdministrator(storage, clinic, (transaction) =>
    putContact(transaction, { ...clinic, staffId: clinic.doctor.id, phone: '010-123 45 99' }),
  );
  await offerEarlier(database, clinic);
  return clinic;
}

async function offerEarlier(database: TestDatabase, clinic: Clinic): Promise<void> {
  const { storage, owner } = database;
  const { rows } = await owner.query<{ doctor: string; lab: string; visit: string }>(
    `select (select id from resources where kind = 'person') as doctor, (select id from resources where kind = 'role') as lab,
       (select id from appointments where type = 'aterbesok') as visit`,
  );
  const [{ doctor, lab, visit }] = rows as [{ doctor: string; lab: string; visit: string }];
  const calendar = { doctorId: doctor, labId: lab, roomId: '', visitTypeId: '', labTypeId: '' };
  const patient: Actor = { kind: 'patient', id: clinic.patientId, unitIds: [clinic.unitId], chainId: null };
  await storage.withAudit(patient, { purpose: 'own-data', requestId: 'test' }, (transaction) =>
    askForEarlier(transaction, { appointmentId: visit, notBefore: null }),
  );
  const other = await anotherPatient(storage, clinic);
  const [early] = await bookAt(storage, other, calendar, [visitBy(LATEST)], [at(addDays(LATE, -7), 9)]);
  await asAdministrator(storage, clinic, (transaction) =>
    cancelBooking(transaction, early!, { reason: 'patient', note: null, task: 'close' }),
  );
  expect(await offerWhatIsFree(database)).toHaveLength(1);
}

/** Both know the other by its address, and a browser goes there. */
async function serve({ storage }: TestDatabase, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const backTo = () => [url + PATIENT_OPENID_PATHS.back, url + STAFF_OPENID_PATHS.back];
  const { settings } = await startOpenIdServer({ accounts: { somebody: claims }, backTo });
  const login = new OpenIdProvider(settings);
  const clinic = { storage, patientLogin: login, staffLogin: login, publicUrl: url };
  await runApp({ pageDirectory, port, clinic });
  return url;
}

async function identify(page: Page): Promise<void> {
  await page.getByLabel('Vem är du?').fill('somebody');
  await page.getByRole('button', { name: 'Legitimera' }).click();
}

test('a patient signs in on a phone, takes an earlier time that is offered, and reads the plan, a child’s beside it', async () => {
  const database = await cluster.fresh();
  const clinic = await plantPatient(database);
  const url = await serve(database, { personal_identity_number: await numberOfPatient(database.storage, clinic) });
  const page = await pageOf(PHONE);
  await page.goto(`${url}/min-tid`);
  await page.getByRole('link', { name: 'Logga in med e-legitimation' }).click();
  await identify(page);

  await page.waitForURL(`${url}/min-tid`);
  await page.getByRole('heading', { name: 'En tidigare tid är ledig' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Ja, byt tid' }).click();
  await page.getByText('Din tid är ändrad.').waitFor();
  expect(await page.getByRole('heading', { name: 'En tidigare tid är ledig' }).count()).toBe(0);

  await page.getByRole('link', { name: 'Se din plan och dina brev' }).click();
  await page.getByRole('heading', { name: 'Din plan' }).waitFor();
  for (const words of ['Din fasta vårdkontakt', 'Test Lind', '010-123 45 99', 'Kallelse']) {
    await page.getByText(words).first().waitFor();
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Alva' }).click();
  await page.getByText('Du ser tiderna för Alva.').waitFor();
  await page.getByText('Du har ingen bokad tid just nu.').waitFor();
  await page.getByRole('link', { name: 'In English' }).click();
  await page.getByRole('heading', { name: 'Your plan' }).waitFor();
  await page.getByRole('button', { name: 'My own' }).click();
  await page.getByText('Your named contact').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
});

test('staff sign in by their organisation from the login page, and go on to where they wanted', async () => {
  const database = await cluster.fresh();
  const { storage } = database;
  const { unitId, doctor } = await plantLendingClinic(storage);
  await storage.plain.updateTable('units').set({ hsaId: 'SE-UNIT' }).where('id', '=', unitId).execute();
  await storage.plain.updateTable('staff').set({ hsaId: 'SE-DOCTOR' }).where('id', '=', doctor.id).execute();
  const url = await serve(database, {
    ...{ employeeHsaId: 'SE-DOCTOR', commissionHsaId: 'SE-COMMISSION', healthCareUnitHsaId: 'SE-UNIT' },
    commissionPurpose: 'Vård och behandling',
  });
  const page = await pageOf({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${url}/logg`);
  await page.getByRole('link', { name: 'Logga in genom organisationen' }).click();
  await page.getByRole('button', { name: 'Legitimera' }).click();
  await page.getByRole('alert').getByText('Inloggningen avbröts').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Logga in genom organisationen' }).click();
  await identify(page);
  await page.waitForURL(`${url}/logg`);
  await page.getByText('Test Lind').waitFor();
});

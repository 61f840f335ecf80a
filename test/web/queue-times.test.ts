import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import { staffActor } from '../../src/storage/repositories/staff.ts';
import { plantChain } from '../appointments/planted-chain.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import type { TestDatabase } from '../storage/database.ts';
import { expectAccessible, queueClinics, SOON, taskOf } from './queue-page.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Uppgiften' });

/** Opens a patient's only task by keys alone. */
async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('grid').waitFor(SOON);
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.getByText('1 uppgift', { exact: true }).waitFor(SOON);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await panel(page).getByText('Du har den sedan').waitFor(SOON);
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('times in the panel of a task', () => {
  const openClinic = queueClinics();

  test('are proposed with reasons, held by a key, and booked by the next', async () => {
    const { database, ...clinic } = await openClinic();
    const { page, complaints } = await clinic.open('palm');
    await open(page, 'Hashemi');
    const hold = panel(page)
      .getByRole('button', { name: /^Håll tide/ })
      .first();
    await hold.waitFor(SOON);
    await panel(page)
      .getByText(/Tolk i persiska är ledig/)
      .first()
      .waitFor(SOON);
    await expectAccessible(page);

    await hold.focus();
    await page.keyboard.press('Enter');
    await panel(page)
      .getByText(/^Hålls för dig till/)
      .waitFor(SOON);
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Boka', exact: true }).focus();
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: 'Bokade tider' }).waitFor(SOON);
    expect((await taskOf(database, 'Hashemi')).state).toBe('booked');
    await panel(page).getByText('Telefontid läkare, ').waitFor(SOON);
    // The button is gone: who works by keyboard goes on from where it was.
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Bokade tider');
    expect(complaints).toEqual([]);
  });

  test('follow what the patient says on the phone, and a copied address leads back to the task', async () => {
    const clinic = await openClinic();
    const { page, complaints } = await clinic.open('palm');
    await open(page, 'Hashemi');
    const wishes = panel(page).locator('.task-wishes');
    const proposals = panel(page).locator('.proposals > li');
    await proposals.first().waitFor(SOON);
    await wishes.getByText('Tolk: persiska').waitFor(SOON);
    await wishes.getByRole('button', { name: /önskemål/ }).press('Enter');
    const form = page.getByRole('dialog', { name: 'Vad patienten önskar' });
    await form.getByLabel('Tid på dagen').selectOption('Eftermiddag');
    await form.getByRole('group', { name: 'Inte dessa dagar' }).getByLabel('måndag').check();
    await form.getByLabel('Från').fill('2099-07-01');
    await form.getByLabel('Till och med').fill('2099-07-14');
    await form.getByRole('button', { name: 'Lägg till dagar' }).press('Enter');
    await form.getByLabel('Annat som patienten sa').fill('Hämtar barn kl. 15');
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Spara' }).press('Enter');
    await form.waitFor({ ...SOON, state: 'detached' });
    for (const wish of [
      'Helst eftermiddag',
      'Inte måndagar',
      'Hämtar barn kl. 15',
      /^Sagt på telefon, antecknat av /,
    ]) {
      await wishes.getByText(wish).first().waitFor(SOON);
    }
    // Fulfilled, or given up knowingly: they are looked for anew either way.
    await proposals
      .getByText(/eftermiddag/i)
      .first()
      .waitFor(SOON);
    await expectAccessible(page);

    await page.reload();
    await wishes.getByText('Helst eftermiddag').waitFor(SOON);
    await wishes.getByRole('button', { name: 'Gå tillbaka till anteckningens' }).press('Enter');
    await wishes.getByText('Helst eftermiddag').waitFor({ ...SOON, state: 'detached' });
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);
  });

  test('that are past måldatum say so, and are held knowingly', async () => {
    const { database, ...clinic } = await openClinic();
    const { page } = await clinic.open('palm');
    await page.getByRole('grid').waitFor(SOON);
    await page.getByText('Isaksson').first().click();
    await page.keyboard.press('Enter');
    await panel(page)
      .getByText(/efter måldatum/)
      .first()
      .waitFor(SOON);
    await panel(page)
      .getByRole('button', { name: /^Håll tide/ })
      .first()
      .click();
    await panel(page)
      .getByText(/^Hålls för dig till/)
      .waitFor(SOON);
    const { rows } = await database.owner.query(
      "select type, gives_up from appointments where state = 'reserved' order by type",
    );
    expect(rows.map(({ type }) => type)).toEqual(['aterbesok', 'undersokning']);
    await panel(page).getByRole('button', { name: 'Släpp tiden' }).click();
    await panel(page).getByText('Släppt.').waitFor(SOON);
  });

  test('of a series are booked as far as is wished, and each is moved or cancelled by itself, asked once', async () => {
    const { database, ...clinic } = await openClinic();
    await plantFor(database, 'Cederqvist', EVERY_MONTH);
    const { page, complaints } = await clinic.open('palm');
    await open(page, 'Cederqvist');
    const part = panel(page);
    await part.getByText('Serie: noll av tre besök har tid').waitFor(SOON);
    await part.getByLabel('Boka nu').selectOption('2');
    await expectAccessible(page);
    await part
      .getByRole('button', { name: /^Håll tiderna / })
      .first()
      .click();
    await part.getByRole('button', { name: 'Boka', exact: true }).click();
    await part.getByText('Serie: två av tre besök har tid').waitFor(SOON);
    // The third is not forgotten.
    expect((await taskOf(database, 'Cederqvist')).state).toBe('waiting');
    await expectAccessible(page);

    await part
      .getByRole('button', { name: /^Flytta [a-zåäö]{3} / })
      .first()
      .click();
    await part.getByRole('group', { name: 'Varför' }).waitFor(SOON);
    await expectAccessible(page);
    await part
      .getByRole('button', { name: /^Flytta hit: / })
      .first()
      .click();
    await part.getByText(/^Flyttat: Återbesök läkare /).waitFor(SOON);

    await part
      .getByRole('button', { name: /^Avboka / })
      .last()
      .click();
    await part.getByText('Seriens andra besök ligger kvar').waitFor(SOON);
    await part.getByLabel('Ingen ny tid behövs för det här besöket').check();
    await expectAccessible(page);
    await part.getByRole('button', { name: 'Avboka tiden' }).click();
    await part.getByText(/^Avbokat: Återbesök läkare/).waitFor(SOON);
    await part.getByText('Serie: ett av tre besök har tid').waitFor(SOON);

    await page.keyboard.press('Escape');
    await plantFor(database, 'Cederqvist', { id: 'R1', type: 'avbokning' });
    await page.getByRole('button', { name: 'En ny – visa' }).click();
    await page.getByRole('grid').getByText('Avbokning').first().click();
    await page.keyboard.press('Enter');
    await part.getByRole('heading', { name: 'Patientens kommande tider' }).waitFor(SOON);
    await part
      .getByRole('button', { name: /^Avboka / })
      .last()
      .click();
    await part.getByRole('button', { name: 'Avboka tiden' }).click();
    await part.getByText(/^Avbokat: Återbesök läkare/).waitFor(SOON);
    await page.setViewportSize({ width: 390, height: 800 });
    await expectAccessible(page);
    await part.getByRole('button', { name: 'Klar' }).click();
    await expect.poll(async () => (await taskOf(database, 'Cederqvist', 'avbokning')).state, SOON).toBe('done');
    expect(complaints).toEqual([]);
  });

  test('of a series without an end say until when they are booked, and staff say how many they become', async () => {
    const { database, ...clinic } = await openClinic();
    await plantFor(database, 'Cederqvist', { ...EVERY_MONTH, series: { interval: 'P3M' } });
    const { page, complaints } = await clinic.open('palm');
    await open(page, 'Cederqvist');
    const part = panel(page);
    await part.getByText('Serie utan slut: noll besök har tid').waitFor(SOON);
    await expectAccessible(page);
    await part
      .getByRole('button', { name: /^Håll tiderna / })
      .first()
      .click();
    await part.getByRole('button', { name: 'Boka', exact: true }).click();
    await part.getByText(/^Serie utan slut: fyra besök har tid, till och med /).waitFor(SOON);
    await part.getByText(/^Uppgiften kommer tillbaka .* före det sista bokade besöket/).waitFor(SOON);
    await part.getByText('Sätt slut på serien').click();
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await part.getByText('Sätt slut på serien').scrollIntoViewIfNeeded();
    await expectAccessible(page);
    await part.getByLabel('Antal besök i hela serien').fill('4');
    await part.getByRole('button', { name: 'Spara' }).click();
    await part.getByText(/^Serie: fyra av fyra besök har tid, till och med /).waitFor(SOON);
    expect((await taskOf(database, 'Cederqvist')).state).toBe('booked');
    expect(complaints).toEqual([]);
  });
});

const { date: today } = stockholmClockAt(Date.now());
const firstDay = addWorkingDays(today, 20);
const EVERY_MONTH: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'om', expr: 'varje månad', target: firstDay, mal_datum: firstDay },
  series: { interval: 'P1M', count: 3 },
};

/** A task of a patient of the demo clinic, which the administrator has. */
async function plantFor({ storage, owner }: TestDatabase, familyName: string, request: FollowUpRequest): Promise<void> {
  const { rows } = await owner.query<{ unitId: string; patientId: string; doctorId: string; administratorId: string }>(
    `select patients.unit_id as "unitId", patients.id as "patientId", lind.id as "doctorId", palm.id as "administratorId"
     from patients, staff as lind, staff as palm
     where patients.family_name = $1 and lind.username = 'lind' and palm.username = 'palm'`,
    [familyName],
  );
  const { doctorId, administratorId, ...ids } = rows[0]!;
  const doctor = (await staffActor(storage.plain, doctorId))!;
  const administrator = (await staffActor(storage.plain, administratorId))!;
  await plantChain(storage, { ...ids, doctor, administrator }, [request]);
}

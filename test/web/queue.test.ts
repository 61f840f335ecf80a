import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { refreshEarliestFits } from '../../src/appointments/earliest-fits.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { CONTEXT, WORKER } from '../storage/clinic.ts';
import { plantManyTasks } from './queue-many.ts';
import { expectAccessible, type OpenClinic, queueClinics, SOON, taskOf } from './queue-page.ts';

const notice = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor(SOON);
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name }).waitFor(SOON);
const panel = (page: Page) => page.getByRole('complementary', { name: 'Uppgiften' });

/** Goes to a patient's first task by the search field, and to the list. */
async function find(page: Page, name: string): Promise<void> {
  await page.getByRole('grid').waitFor(SOON);
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.getByText('1 uppgift', { exact: true }).waitFor(SOON);
  await page.keyboard.press('Enter');
}

/** As the background's rounds do it; on whatever day this runs, Hashemi's is past its måldatum and Mårtensson's before. */
async function findEarliestTimes({ storage, owner }: OpenClinic['database']): Promise<void> {
  await refreshEarliestFits((work) => storage.withAudit(WORKER, CONTEXT, work), new Date());
  const { rowCount } = await owner.query(
    `update admin_tasks set fit_on = target_date + made.days, fit_slack = made.slack
     from patients join (values ('Hashemi', 60, -40), ('Mårtensson', -5, 3)) as made (family_name, days, slack)
       using (family_name)
     where patients.id = patient_id and target_date is not null`,
  );
  expect(rowCount).toBeGreaterThan(1);
}

const stateOf = async ({ database }: OpenClinic, patient: string) => (await taskOf(database, patient)).state;

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the queue page', () => {
  const openClinic = queueClinics();

  test('by keys alone a task is claimed, asked about, laid aside and cancelled, and each is undone', async () => {
    const clinic = await openClinic();
    const { page, complaints } = await clinic.open('palm');
    const patient = 'Hashemi';
    await find(page, patient);

    await page.keyboard.press('Enter');
    await panel(page).getByText('Du har den sedan').waitFor(SOON);
    expect(await stateOf(clinic, patient)).toBe('claimed');

    await page.keyboard.press('r');
    await dialog(page, 'Fråga om uppgiften');
    await page.keyboard.type('Går det bra med en vecka senare?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await notice(page, 'Frågan är skickad.');
    expect(await stateOf(clinic, patient)).toBe('question');
    await page.keyboard.press('z');
    await notice(page, 'Ångrat.');
    expect(await stateOf(clinic, patient)).toBe('claimed');

    await page.keyboard.press('Enter');
    await panel(page).getByText('Frågan togs tillbaka.').waitFor(SOON);
    await page.keyboard.press('v');
    await dialog(page, 'Låt uppgiften vänta');
    for (let tab = 0; tab < 10 && !(await isFocused(page, 'Eller på något som ska hända')); tab += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('röntgensvar');
    await page.keyboard.press('Enter');
    await notice(page, 'Uppgiften väntar.');
    expect(await taskOf(clinic.database, patient)).toMatchObject({ state: 'waiting', wakes_on: 'röntgensvar' });
    await page.keyboard.press('z');
    await notice(page, 'Ångrat.');
    expect(await stateOf(clinic, patient)).toBe('claimed');

    await page.keyboard.press('Enter');
    await panel(page).getByText('Du har den sedan').waitFor(SOON);
    await page.keyboard.press('m');
    await dialog(page, 'Makulera uppgiften');
    await page.keyboard.press('Enter');
    await notice(page, 'Uppgiften makuleras strax.');
    expect(await stateOf(clinic, patient)).toBe('claimed');
    await page.keyboard.press('z');
    await notice(page, 'Ångrat.');
    expect(await stateOf(clinic, patient)).toBe('claimed');
    expect(complaints).toEqual([]);
  });

  test('what is held back is done when the page is left', async () => {
    const clinic = await openClinic();
    const { page } = await clinic.open('palm');
    await find(page, 'Hashemi');
    await page.keyboard.press('Enter');
    await panel(page).getByText('Du har den sedan').waitFor(SOON);
    await page.keyboard.press('m');
    await dialog(page, 'Makulera uppgiften');
    await page.keyboard.press('Enter');
    await notice(page, 'Uppgiften makuleras strax.');
    await page.goto('about:blank');
    await expect.poll(() => stateOf(clinic, 'Hashemi'), SOON).toBe('cancelled');
  });

  test('closing gives back what opening claimed, but nothing that was had before', async () => {
    const clinic = await openClinic();
    const { page } = await clinic.open('palm');
    await find(page, 'Hashemi');
    await page.keyboard.press('Enter');
    await panel(page).getByText('Du har den sedan').waitFor(SOON);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await expect.poll(() => stateOf(clinic, 'Hashemi'), SOON).toBe('new');
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe('grid');
  });

  test('many are selected and released at once, and taken back', async () => {
    const clinic = await openClinic();
    const { page } = await clinic.open('oberg');
    await page.getByRole('grid').waitFor(SOON);
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await page.keyboard.press('4');
    await page.getByRole('button', { name: 'Mina', exact: false }).and(page.locator('[aria-current]')).waitFor(SOON);
    await page.getByText('Kullander').waitFor(SOON);
    await page
      .getByRole('row', { name: /Kullander/ })
      .getByRole('checkbox')
      .check();
    await page
      .getByRole('row', { name: /Sjödin/ })
      .getByRole('checkbox')
      .check();
    await page.keyboard.press('s');
    await notice(page, 'Uppgiften är släppt. En uppgift gick inte att ändra');
    await expect.poll(async () => (await taskOf(clinic.database, 'Kullander', 'aterbesok')).state, SOON).toBe('new');
    await page.keyboard.press('z');
    await notice(page, 'Ångrat.');
    expect((await taskOf(clinic.database, 'Kullander', 'aterbesok')).state).toBe('claimed');
  });

  test('many that nobody has are taken at once, and given back', async () => {
    const clinic = await openClinic();
    const { page } = await clinic.open('palm');
    for (const name of [/Hashemi/, /Isaksson/]) {
      await page.getByRole('row', { name }).first().getByRole('checkbox').check();
    }
    await expectAccessible(page);
    await page.keyboard.press('t');
    await notice(page, '2 uppgifter är tagna.');
    expect(await stateOf(clinic, 'Hashemi')).toBe('claimed');
    await page.keyboard.press('z');
    await notice(page, 'Ångrat.');
    expect(await stateOf(clinic, 'Hashemi')).toBe('new');
  });

  test('a note that nobody has signed in time does not hide from the queue what it asks for', async () => {
    const { open } = await openClinic();
    const { page } = await open('palm');
    await page.getByRole('button', { name: 'En osignerad för länge' }).click();
    const left = page.getByRole('dialog', { name: 'Osignerade för länge' });
    await left.getByText(/dagar gammal/).waitFor(SOON);
    await left.getByText('Skriven av Oskar Sandberg, ersättare Elin Lind').waitFor(SOON);
    await left.getByText('Nytt besök om några veckor').waitFor(SOON);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await left.waitFor({ state: 'detached' });
  });

  test('of ten thousand rows those in view are drawn, and the last is one key away', async () => {
    const { open, database } = await openClinic();
    await plantManyTasks(database, 10_000);
    const { page } = await open('oberg');
    await page.getByText('Fler än 9').waitFor(SOON);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByText('när svar kommit').waitFor(SOON);
    expect(await page.locator('tbody tr').count()).toBeLessThan(60);
    await page.keyboard.press('Home');
    await page.getByText('Isaksson').first().waitFor(SOON);
    expect(await page.locator('tbody tr').count()).toBeLessThan(60);
  });

  test('a protected identity is shown when it is opened, and not before', async () => {
    const { open, database } = await openClinic();
    await database.owner.query(`
      set session_replication_role = replica;
      update patients set protected_identity = true where family_name = 'Hashemi';
      set session_replication_role = origin`);
    const { page } = await open('palm');
    await page.getByRole('row', { name: /Skyddad identitet.*Telefontid/ }).click();
    await panel(page).getByText('Ur anteckningen').waitFor(SOON);
    expect(await page.content()).not.toContain('Hashemi');
    await page.getByRole('button', { name: 'Visa namn och nummer' }).click();
    await panel(page).getByText('Hashemi').waitFor(SOON);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('Hashemi');
  });

  test('a filter is saved as a tab with its count, without what was searched for', async () => {
    const { open } = await openClinic();
    const { page, context } = await open('oberg');
    await page.getByRole('grid').waitFor(SOON);
    await page.keyboard.press('f');
    await page.getByLabel('Typ').selectOption('provtagning');
    await page.getByText('3 uppgifter', { exact: true }).waitFor(SOON);
    await page.getByLabel('Sök namn eller personnummer').fill('Kullander');
    await page.getByText('1 uppgift', { exact: true }).waitFor(SOON);
    await page.getByLabel('Spara som flik').fill('Prover');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Prover 3' }).waitFor(SOON);
    const kept = await context.storageState();
    expect(JSON.stringify(kept.origins)).not.toContain('Kullander');
    await page.reload();
    await page.getByRole('button', { name: 'Prover 3' }).click();
    await page.getByText('3 uppgifter', { exact: true }).waitFor(SOON);
  });

  test('a failure says what happened and offers again; keys can be switched off', async () => {
    const { open } = await openClinic();
    const { page, context } = await open('oberg');
    await page.getByText('Isaksson').first().waitFor(SOON);
    await context.route('**/api/tasks?*', (route) => route.abort());
    await page.keyboard.press('2');
    await page.getByText('Servern svarar inte.').waitFor(SOON);
    await context.unroute('**/api/tasks?*');
    await page.getByRole('button', { name: 'Försök igen' }).click();
    await page.getByText('Isaksson').first().waitFor(SOON);
    await page.keyboard.press('?');
    await page.getByLabel('Använd kortkommandon med en tangent').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('x');
    expect(await page.getByRole('button', { name: 'Gruppera' }).getAttribute('aria-pressed')).toBe('false');
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  });
});

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('everybody can use it:', () => {
  const openClinic = queueClinics();

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing in %s at %i pixels, and nothing is wider than the window', async (scheme, width) => {
    const { open, database } = await openClinic();
    await findEarliestTimes(database);
    const { page } = await open('oberg', { colorScheme: scheme, viewport: { width, height: 800 } });
    await page.getByText('Isaksson').first().waitFor(SOON);
    expect(await page.locator('tbody tr').first().innerText()).toMatch(/Ingen tid före måldatum(.|\n)*Hashemi/);
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.getByLabel('Typ').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.getByRole('row', { name: /Mårtensson/ }).click();
    await panel(page).getByText('Frågor').waitFor(SOON);
    await panel(page)
      .getByText(/^Första tid som passar: .*, tre arbetsdagar före måldatum\. Kalendern lästes kl\./)
      .waitFor(SOON);
    await expectAccessible(page);
    await page.keyboard.press('?');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.getByText('Varför').waitFor();
    await expectAccessible(page);
  });

  test('nothing is animated for whoever asked for that', async () => {
    const { open } = await openClinic();
    const { page } = await open('oberg', { reducedMotion: 'reduce' });
    await page.getByText('Isaksson').first().waitFor(SOON);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });
});

async function isFocused(page: Page, label: string): Promise<boolean> {
  return (await page.getByLabel(label).and(page.locator(':focus')).count()) === 1;
}

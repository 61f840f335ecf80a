import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { runPostOffice } from '../delivery/post-office.ts';
import { requirePart } from '../require-part.ts';
import type { TestDatabase } from '../storage/database.ts';
import { expectAccessible, queueClinics, SOON, taskOf } from './queue-page.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Uppgiften' });

/** Takes a patient's only task and books the first time that is proposed. */
async function bookFirst(page: Page, name: string): Promise<void> {
  await page.getByRole('grid').waitFor(SOON);
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.getByText('1 uppgift', { exact: true }).waitFor(SOON);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await panel(page)
    .getByRole('button', { name: /^Håll / })
    .first()
    .click(SOON);
  await panel(page).getByRole('button', { name: 'Boka', exact: true }).click(SOON);
  await panel(page).getByRole('heading', { name: 'Bokade tider' }).waitFor(SOON);
}

/** What the clinician said that the patient should do before. */
async function prepare({ owner }: TestDatabase, name: string, said: string): Promise<void> {
  await owner.query(`
    select set_config('taltid.actor_kind', 'system', false), set_config('taltid.actor_id', 'setup', false),
      set_config('taltid.purpose', 'booking', false), set_config('taltid.request_id', 'test', false)`);
  await owner.query(
    'update admin_tasks set preparations = array[$2] from patients where patients.id = patient_id and family_name = $1',
    [name, said],
  );
}

/** Events as the database tells them: of somebody else's letter, and of a task after it. */
async function tellOfAnother({ owner }: TestDatabase): Promise<void> {
  await owner.query(`
    with told as (
      insert into events (object, object_id, change, state, unit_id, chain_id, actor_kind, actor_id)
      select object, gen_random_uuid(), 'changed', 'sent', unit_id, gen_random_uuid(), 'system', 'delivery'
      from (select unit_id from admin_tasks limit 1) as somewhere, unnest(array['letter', 'task']) as object
      returning id
    ) select pg_notify('taltid_events', id::text) from told`);
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the letter of a booked task', () => {
  const openClinic = queueClinics();

  test('is read by keys, checked, sent once, followed through its channels, printed, and stopped', async () => {
    const { database, ...clinic } = await openClinic();
    await runPostOffice(database.storage, {});
    await prepare(database, 'Hashemi', 'Ta BT hemma');
    const { page, complaints } = await clinic.open('palm');
    await bookFirst(page, 'Hashemi');

    await panel(page).getByText('Patienten är inte kallad än.').waitFor(SOON);
    const mark = page.getByRole('grid').getByText('Saknar brev');
    await mark.waitFor(SOON);
    const wishes = panel(page).locator('.task-wishes');
    await wishes.getByRole('button', { name: 'Vill ha en tidigare tid' }).press('Enter');
    await wishes.getByText(/^Vill ha en tidigare tid än Telefontid/).waitFor(SOON);
    await wishes.getByText(/^Sagt på telefon, antecknat av /).waitFor(SOON);
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Visa brevet' }).focus();
    await page.keyboard.press('Enter');
    const letter = panel(page).getByRole('article', { name: 'Brevet som det går ut nu' });
    await letter.getByRole('heading', { name: 'Din tid' }).waitFor(SOON);
    // An interpreter is booked: the letter begins in a language that is not Swedish.
    await letter.getByText('An interpreter is booked.').waitFor(SOON);
    await expectAccessible(page);
    await panel(page).getByLabel('Stor stil').check();
    await panel(page).locator('.letter[data-large="true"]').waitFor(SOON);
    const paper = await panel(page).getByRole('link', { name: 'Öppna som PDF' }).getAttribute('href');
    const answer = await page.request.get(new URL(paper!, page.url()).href);
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');

    await panel(page).getByRole('button', { name: 'Skicka kallelsen …' }).press('Enter');
    const asks = page.getByRole('dialog', { name: 'Skicka kallelsen' });
    const words = asks.getByRole('textbox', { name: 'Så läser patienten' });
    await words.waitFor(SOON);
    expect(await words.inputValue()).toBe('Ta blodtryck hemma');
    await asks.getByText('BT skrevs ut som ”blodtryck”.').waitFor(SOON);
    // The unit's own chain, from where it lies at once.
    expect(await asks.getByRole('listitem').locator('.channel').allInnerTexts()).toEqual([
      'Patientens sida',
      'Besked med sms eller e-post',
      'Digital brevlåda',
      'Papper',
    ]);
    expect(await asks.getByRole('listitem').first().innerText()).toMatch(/ nu$/);
    await expectAccessible(page);
    await words.fill('Mät ditt blodtryck hemma');
    // Nothing is sent that nobody says was looked through.
    await asks.getByRole('button', { name: 'Skicka' }).click();
    expect((await taskOf(database, 'Hashemi')).state).toBe('booked');
    await asks.getByLabel('Jag har jämfört texten med det som sades').check();
    await asks.getByRole('button', { name: 'Skicka' }).click();
    await asks.waitFor({ ...SOON, state: 'detached' });

    await panel(page).getByText('ligger i Utskrifter').waitFor(SOON);
    await panel(page)
      .getByText(/^finns där sedan kl\. /)
      .waitFor(SOON);
    await panel(page).getByText('hoppas över: inte inställt på den här servern').first().waitFor(SOON);
    expect((await taskOf(database, 'Hashemi')).state).toBe('called');
    await mark.waitFor({ ...SOON, state: 'detached' });
    await panel(page).getByRole('button', { name: 'Visa brevet' }).click();
    const sent = panel(page).getByRole('article', { name: 'Brevet som det gick ut' });
    await sent.getByText('Mät ditt blodtryck hemma').waitFor(SOON);
    await expectAccessible(page);

    // What is of other patients is not looked at: each look is a line in somebody's log.
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await tellOfAnother(database);
    await expect.poll(() => asked, SOON).toContain('/api/tasks/changes');
    expect(asked.filter((path) => /letters|print|proposals/.test(path))).toEqual([]);

    await page.getByRole('button', { name: 'Utskrifter (1)' }).click(SOON);
    const room = page.getByRole('dialog', { name: 'Utskrifter' });
    await room.getByText('Hashemi', { exact: false }).waitFor(SOON);
    await expectAccessible(page);
    await room.getByRole('button', { name: 'Samla ett brev i en PDF' }).click();
    const pile = await room.getByRole('link', { name: /^Öppna PDF: Ett brev, / }).getAttribute('href', SOON);
    const printed = await page.request.get(new URL(pile!, page.url()).href);
    expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await room.getByRole('button', { name: 'Utskrivna och på väg' }).click();
    await room.getByText(/^Utskrivna kl\. /).waitFor(SOON);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await panel(page)
      .getByText(/^utskrivet kl\. /)
      .waitFor(SOON);

    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Stoppa brevet …' }).press('Enter');
    await page.getByRole('dialog', { name: 'Stoppa brevet' }).getByRole('button', { name: 'Stoppa brevet' }).click();
    await panel(page)
      .getByText(/^Kallelse från kl\. .*, stoppad$/)
      .waitFor(SOON);
    await panel(page).getByText('Patienten är inte kallad än.').waitFor(SOON);
    expect(complaints).toEqual([]);
  });
});

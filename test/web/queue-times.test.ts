import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
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
      .getByRole('button', { name: /^Håll tiden / })
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
      .getByRole('button', { name: /^Håll tiden / })
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
    await panel(page).getByText('Tiden är släppt.').waitFor(SOON);
  });
});

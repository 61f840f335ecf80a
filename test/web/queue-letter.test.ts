import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { expectAccessible, queueClinics, SOON } from './queue-page.ts';

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

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the letter of a booked task', () => {
  const openClinic = queueClinics();

  test('is read in the panel by keys, grows in large print, and opens as a PDF', async () => {
    const clinic = await openClinic();
    const { page, complaints } = await clinic.open('palm');
    await bookFirst(page, 'Hashemi');
    await panel(page).getByRole('button', { name: 'Visa brevet' }).focus();
    await page.keyboard.press('Enter');
    const letter = panel(page).getByRole('article', { name: 'Brevet som det går ut nu' });
    await letter.getByRole('heading', { name: 'Din tid' }).waitFor(SOON);
    // An interpreter is booked: the letter begins in a language that is not Swedish.
    await letter.getByText('An interpreter is booked.').waitFor(SOON);
    await expectAccessible(page);

    await panel(page).getByLabel('Stor stil').check();
    await panel(page).locator('.letter[data-large="true"]').waitFor(SOON);
    const paper = await panel(page).getByRole('link', { name: 'Öppna för utskrift (PDF)' }).getAttribute('href');
    const answer = await page.request.get(new URL(paper!, page.url()).href);
    expect(answer.headers()['content-type']).toBe('application/pdf');
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
    expect(complaints).toEqual([]);
  });
});

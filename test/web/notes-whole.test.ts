import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { expectAccessible, section } from './dictation-page.ts';
import { type ClinicPage, clinicPages, openClinicTab, signInHere, writePlan } from './notes-page.ts';

const VISIT = 'Återbesök om sex veckor.';

const menu = (page: Page) => page.locator('.note-menu');
const choose = async (page: Page, choice: string) => {
  await menu(page).getByText('Fler val').click();
  await menu(page).getByRole('button', { name: choice }).click();
};

async function signWith(page: Page, text: string): Promise<void> {
  await writePlan(page, text);
  await page.locator('.card').getByRole('button', { name: 'Bekräfta' }).click();
  await page.getByRole('button', { name: 'Signera', exact: true }).click();
  await page.getByText('Anteckningen är signerad.').waitFor();
}

/** States of what the newest note asked for, the first one first. */
async function requestStates({ database }: ClinicPage): Promise<string[]> {
  const { rows } = await database.owner.query<{ state: string }>(
    `select state from booking_requests where note_id = (select id from notes order by created_at desc limit 1)
     order by created_at`,
  );
  return rows.map(({ state }) => state);
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('a note as a whole', () => {
  const openPage = clinicPages();

  test('an amendment is called off, and the signed text and decision stand', async () => {
    const clinic = await openPage();
    const { page, complaints } = clinic;
    await signWith(page, VISIT);
    await page.getByRole('button', { name: 'Rätta' }).click();
    await page.getByText('Rättas, skriven av').waitFor();
    await page.getByRole('heading', { name: 'Planering' }).click();
    await page.keyboard.type(' Telefontid om två veckor.');
    await page.locator('.card').nth(1).waitFor();
    await choose(page, 'Avbryt rättelsen');
    await menu(page).getByText('Det du har ändrat sedan dess försvinner.').waitFor();
    await expectAccessible(page);
    await menu(page).getByRole('button', { name: 'Avbryt rättelsen' }).click();
    await page.getByText('Rättelsen är avbruten.').waitFor();
    expect(await section(page, 'planering').textContent()).toBe(VISIT);
    expect(await page.locator('.card').count()).toBe(1);
    await page.locator('.card').getByText('Bekräftad').waitFor();
    expect(await requestStates(clinic)).toEqual(['active']);
    expect(complaints).toEqual([]);
  });

  test('a request is recalled from its card, for a reason', async () => {
    const clinic = await openPage();
    const { page } = clinic;
    await signWith(page, VISIT);
    await page.getByRole('button', { name: 'Dra tillbaka' }).click();
    await page.getByRole('button', { name: 'Dra tillbaka' }).click();
    await page.getByText('Skriv varför.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Varför?').fill('Patienten har flyttat');
    await page.keyboard.press('Enter');
    await page.locator('.card').getByText('Begäran är tillbakadragen.').waitFor();
    expect(await requestStates(clinic)).toEqual(['withdrawn']);
    expect(await page.getByRole('button', { name: 'Dra tillbaka' }).count()).toBe(0);
  });

  test('a note about the wrong patient is moved by keys alone, and is decided on again', async () => {
    const clinic = await openPage();
    const { page } = clinic;
    await signWith(page, VISIT);
    const before = await page.locator('.note-head .patient').textContent();
    await menu(page).locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Mårtensson');
    await menu(page).getByRole('radio').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expectAccessible(page);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Förväxling');
    await page.keyboard.press('Enter');
    await page.getByText('Anteckningen är flyttad.').waitFor();
    expect(await page.locator('.note-head .patient').textContent()).toContain('Mårtensson');
    expect(before).not.toContain('Mårtensson');
    await page.locator('.reopened').getByText('flyttats till en annan patient').waitFor();
    expect(await requestStates(clinic)).toEqual(['withdrawn']);
  });

  test('a draft that asks for nothing is thrown away, and one that asks for something is not', async () => {
    const { page } = await openPage();
    await writePlan(page, VISIT);
    await choose(page, 'Kasta utkastet');
    await menu(page).getByText('inget som efterfrågas får försvinna').waitFor();
    await menu(page).getByRole('button', { name: 'Tillbaka' }).click();
    await page.locator('.card').getByRole('button', { name: 'Inget', exact: true }).click();
    await menu(page).getByRole('button', { name: 'Kasta utkastet' }).click();
    await menu(page).getByRole('button', { name: 'Kasta utkastet' }).click();
    await page.getByText('Utkastet är kastat.').waitFor();
    await page.getByText('Kastad, skriven av').waitFor();
  });

  test('a colleague is given the note to sign, and finds it in the own list', async () => {
    const { app, page, context, url } = await openPage();
    await writePlan(page, VISIT);
    await choose(page, 'Be någon annan signera');
    await menu(page).getByRole('button', { name: 'Skicka' }).click();
    await menu(page).getByText('Välj en kollega.').waitFor();
    await menu(page).getByLabel('Sök namn').fill('sand');
    await menu(page).getByText('Oskar Sandberg').click();
    await expectAccessible(page);
    await menu(page).getByRole('button', { name: 'Skicka' }).click();
    await page.getByText('Kollegan har fått anteckningen').waitFor();
    await page.getByText('Oskar Sandberg är ersättare').waitFor();
    await page.close();
    await signInHere(app, context, 'sandberg');
    const { page: colleague } = await openClinicTab(context, url);
    await colleague.locator('.worklist li button', { hasText: 'du är ersättare' }).first().click();
    await section(colleague, 'planering').getByText(VISIT).waitFor();
    await colleague.locator('.card').getByRole('button', { name: 'Bekräfta' }).click();
    await colleague.getByRole('button', { name: 'Signera', exact: true }).click();
    await colleague.getByText('Anteckningen är signerad.').waitFor();
  });

  test('whose author is away is signed by a colleague of the unit who steps in', async () => {
    const { page } = await openPage('nordin');
    await page.locator('.worklist li button', { hasText: 'ingen har signerat' }).first().click();
    await page.getByText('Någon annan har skrivit anteckningen.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bli ersättare' }).click();
    await page.getByText('Kerstin Nordin är ersättare').waitFor();
    await page.getByRole('button', { name: /^Signera/ }).waitFor();
  });

  test('words whose sound the server no longer keeps say so', async () => {
    const { page, live, context, url } = await openPage();
    await writePlan(page, 'Egenvård. ');
    await page.keyboard.press('F2');
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    await live.until(() => live.frameCount > 20);
    live.commit('återbesök om sex veckor punkt');
    await page.locator('.card').waitFor();
    await page.keyboard.press('F2');
    await page.getByText('Sparad', { exact: true }).waitFor();
    const patient = (await page.locator('.worklist [aria-current] b').first().textContent())!;
    await page.locator('.worklist li button', { hasText: 'ingen anteckning' }).first().click();
    await page.getByText('Ingen uppföljning är hittad').waitFor();
    await page.close();
    const { page: again } = await openClinicTab(context, url);
    await again.locator('.worklist li button', { hasText: patient }).first().click();
    await again.locator('.card').focus();
    await again.keyboard.press('l');
    await again.getByText('Ljudet finns inte kvar.').waitFor();
  });
});

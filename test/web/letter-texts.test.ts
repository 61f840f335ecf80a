import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './dictation-page.ts';
import { clinicPages, demo } from './shell-pages.ts';

const open = clinicPages();

async function openTexts(options: object = {}) {
  const opened = await open('/brevtexter', { plant: demo, ...options });
  await opened.page.getByRole('button', { name: 'Joel Palm' }).click();
  await opened.page.getByRole('heading', { name: 'Texterna i brevet' }).waitFor();
  await letterOf(opened.page).getByRole('heading', { name: 'Din tid' }).waitFor();
  return opened;
}

const letterOf = (page: Page) => page.getByRole('article');
const told = (page: Page, text: string) => page.locator('.notice').getByText(text).waitFor();

describe('the page of letter texts', () => {
  test('shows each change in the letter beside it, saves, takes back, and goes back to the standard text', async () => {
    const { page, complaints } = await openTexts();
    const closing = page.getByLabel('Avslutning', { exact: true });
    await closing.fill('Varmt välkommen till ');
    await page.getByRole('button', { name: '{enhet}: sätt in enhetens namn i ”Avslutning”' }).press('Enter');
    await letterOf(page).getByText('Varmt välkommen till Vårdcentralen Demogatan').waitFor();
    expect(await page.locator('textarea:focus').inputValue()).toBe('Varmt välkommen till {enhet}');
    await page.getByText('Det finns osparade ändringar.').waitFor();
    await page.keyboard.press('Alt+s');
    await told(page, 'Texterna är sparade');
    await page.getByText('Allt är sparat.').waitFor();
    await page.keyboard.press('Alt+z');
    await told(page, 'Ångrat.');
    await expect.poll(() => closing.inputValue()).toBe('Välkommen!\n{enhet}');

    await closing.fill('Hej {förnamn}');
    await page.getByRole('alert').getByText('Brevet känner inte till {förnamn}').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Återställ till standardtexten: ”Avslutning”' }).click();
    await page.getByText('Allt är sparat.').waitFor();
    await letterOf(page).getByText('Välkommen!').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a visit type inherits what the unit wrote, keeps what is not saved, and shows the letter a text is for', async () => {
    const { page } = await openTexts();
    await page.getByLabel('Avgift', { exact: true }).fill('Besöket är gratis.');
    await page.keyboard.press('Alt+s');
    await told(page, 'Texterna är sparade');
    await page.getByLabel('Texter för').selectOption({ label: 'Vaccination' });
    await letterOf(page).getByText('Vaccination').waitFor();
    expect(await page.getByLabel('Avgift', { exact: true }).inputValue()).toBe('Besöket är gratis.');
    await page.getByLabel('Till vårdnadshavare', { exact: true }).focus();
    await letterOf(page).getByText('som vårdnadshavare för Alva Exempel').waitFor();
    await page.getByLabel('Inför besöket', { exact: true }).fill('Ring oss först om du har feber.');
    await page.getByLabel('Texter för').selectOption({ label: 'Alla brev från enheten · 1 egen text' });
    await page.getByLabel('Texter för').selectOption({ label: 'Vaccination · osparat' });
    expect(await page.getByLabel('Inför besöket', { exact: true }).inputValue()).toBe(
      'Ring oss först om du har feber.',
    );
    await page.getByRole('button', { name: 'Ta bort det osparade' }).click();
    await expect.poll(() => page.getByLabel('Inför besöket', { exact: true }).inputValue()).toBe('');
  });

  test('by which channels letters go is chosen there, in which order, and taken back', async () => {
    const { page } = await openTexts();
    const chain = page.getByRole('region', { name: 'Så går breven ut' });
    await chain.getByLabel('3. Digital brevlåda', { exact: true }).selectOption({ label: 'används inte' });
    await told(page, 'Ordningen är sparad.');
    await chain.getByRole('button', { name: 'Tidigare: Papper' }).press('Enter');
    const channels = () => chain.locator('label').allInnerTexts();
    const changed = ['1. Patientens sida', '2. Papper', '3. Besked med sms eller e-post', 'Digital brevlåda'];
    await expect.poll(channels).toEqual(changed);
    await expectAccessible(page);
    await page.keyboard.press('Alt+z');
    await told(page, 'Ångrat.');
    await expect
      .poll(channels)
      .toEqual(['1. Patientens sida', '2. Besked med sms eller e-post', '3. Papper', 'Digital brevlåda']);
  });

  test('how the unit is reached is written there, in the letter at once, and saved apart', async () => {
    const { page } = await openTexts();
    await page.getByLabel('Vägbeskrivning').fill('Ta hiss C till plan 9.');
    await letterOf(page).getByText('Ta hiss C till plan 9.').waitFor();
    await page.getByLabel('Telefon', { exact: true }).fill('');
    await page.getByText('Utan telefonnummer går inga brev att skriva.').waitFor();
    await page.getByLabel('Telefon', { exact: true }).fill('08-123 456 01');
    await page.getByRole('region', { name: 'Så nås enheten' }).getByRole('button', { name: 'Spara' }).click();
    await told(page, 'Uppgifterna om enheten är sparade.');
    await page.reload();
    await letterOf(page).getByText('Ta hiss C till plan 9.').waitFor();
  });
});

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
] as const)('in %s colours at %i pixels the page is accessible', async (colorScheme, width) => {
  const { page } = await openTexts({ colorScheme, viewport: { width, height: 900 } });
  await expectAccessible(page);
});

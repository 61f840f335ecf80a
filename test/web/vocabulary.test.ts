import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { openLists } from '../server/vocabulary/lists.ts';
import type { TestDatabase } from '../storage/database.ts';
import { expectAccessible } from './dictation-page.ts';
import { clinicPages, demo } from './shell-pages.ts';

const SPEECH = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech/kan_du_vara.flac');
const open = clinicPages();

async function openPage(who: RegExp | string, options: object = {}) {
  const opened = await open('/ordlista', {
    plant: demo,
    clinic: async ({ storage }: TestDatabase) => ({ vocabulary: await openLists(storage) }),
    ...options,
  });
  await opened.page.getByRole('button', { name: who }).click();
  await opened.page.getByRole('heading', { name: 'Ordlista' }).waitFor();
  return opened;
}

const CLINICIAN = 'Elin Lind';
const ADMINISTRATOR = 'Joel Palm';

async function add(page: Page, term: string, soundsLike = ''): Promise<void> {
  await page.keyboard.press('Alt+n');
  await page.keyboard.type(term);
  await page.keyboard.press('Tab');
  await page.keyboard.type(soundsLike);
  await page.keyboard.press('Enter');
  await page.getByText(`”${term}” är tillagt.`).waitFor();
}

describe('the page of word lists', () => {
  test('adds, finds, changes, switches off and takes off a word, and takes that back, by the keyboard', async () => {
    const { page, complaints } = await openPage(CLINICIAN);
    await page.getByText('Här finns inga ord än.').waitFor();
    await add(page, 'Eliquis', 'elikvis');
    await add(page, 'Waran');
    await page.getByRole('row', { name: /Eliquis elikvis Vanligt/ }).waitFor();
    await page.getByRole('tab', { name: 'Mina ord 2' }).waitFor();
    await page.keyboard.press('Alt+s');
    await page.keyboard.type('wa');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Ändra ”Waran”' }).press('Enter');
    await page.getByLabel('Vikt').last().selectOption('Starkt');
    await page.getByRole('button', { name: 'Spara' }).press('Enter');
    await page.getByRole('row', { name: /Waran Starkt/ }).waitFor();
    await page.getByLabel('”Waran” används').uncheck();
    await page.getByRole('button', { name: 'Ta bort ”Waran”' }).click();
    await page.getByText('”Waran” är borttaget.').waitFor();
    await page.getByText('Inget ord innehåller det du söker.').waitFor();
    // The next thing to do has the focus, not nothing.
    const search = page.getByLabel('Sök i listan');
    await expect.poll(() => search.and(page.locator(':focus')).count()).toBe(1);
    await page.getByRole('button', { name: 'Ångra' }).click();
    await page.getByRole('row', { name: /Waran Starkt/ }).waitFor();
    expect(await page.getByLabel('”Waran” används').isChecked()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test('says that a word is there already, and keeps what was written', async () => {
    const { page } = await openPage(CLINICIAN);
    await add(page, 'Waran');
    await page.getByLabel('Ord eller uttryck').fill('waran');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Ordet finns redan').waitFor();
    expect(await page.getByLabel('Ord eller uttryck').inputValue()).toBe('waran');
  });

  test('shows who has not to change the clinic’s list that, and lets administration do it', async () => {
    const { page } = await openPage(CLINICIAN);
    await page.getByRole('tab', { name: /Hela kliniken/ }).click();
    await page.getByText('Administration och drift ändrar dem.').waitFor();
    expect(await page.getByLabel('Ord eller uttryck').count()).toBe(0);
    const { page: clerks } = await openPage(ADMINISTRATOR);
    await clerks.getByRole('tab', { name: /Hela kliniken/ }).click();
    await add(clerks, 'Kliniken');
    await clerks.getByRole('row', { name: /Kliniken .* Joel Palm/ }).waitFor();
  });

  test('goes from tab to tab by arrows, and switches a word of the product’s list off', async () => {
    const { page } = await openPage(ADMINISTRATOR);
    await page.getByRole('tab', { name: /Mina ord/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: /Medföljande ord 2/, selected: true }).waitFor();
    await page.getByLabel('EKG (låter som e ko ge)').uncheck();
    await page.getByText('1 ord är avstängt.').waitFor();
    await page.getByText('När du talar används 1 ord.').waitFor();
    await page.getByLabel('Använd de medföljande orden').uncheck();
    await page.getByText('När du talar används 0 ord.').waitFor();
  });

  test('shows what a file would do before it is taken in, whatever its encoding', async () => {
    const { page } = await openPage(CLINICIAN);
    const file = join(await scratchFolder(), 'ord.csv');
    await writeFile(
      file,
      Buffer.from('ord;låter som;vikt\r\nÅderlåtning;;starkt\r\nF9;ef nio;\r\nx;y;mycket\r\n', 'latin1'),
    );
    await page.getByRole('button', { name: 'Hämta in fil …' }).click();
    await page.getByLabel('Fil', { exact: true }).setInputFiles(file);
    await page.getByText('2 ord läggs till, 0 ändras, 0 finns redan, 1 rad kan inte läsas').waitFor();
    await page.getByText('”Åderlåtning”, starkt: läggs till').waitFor();
    await page.getByText('hoppas över: vikten kan inte läsas').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Hämta in', exact: true }).click();
    await page.getByRole('row', { name: /Åderlåtning Starkt/ }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'kalkylark' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('ordlista.csv');
  });

  test('has a sound heard without and with the words', async () => {
    const { page } = await openPage(CLINICIAN);
    await page.getByLabel('Välj ljudfil').setInputFiles(SPEECH);
    await page.getByText('Med orden', { exact: true }).waitFor();
    await page.getByText('Orden gjorde ingen skillnad här.').waitFor();
    await expectAccessible(page);
  });

  test('records a sentence until it is told that this is all', async () => {
    const { page } = await openPage(CLINICIAN, { permissions: ['microphone'] });
    await page.keyboard.press('Alt+r');
    await page.getByRole('button', { name: /^Klar \([1-9]/ }).waitFor();
    await page.keyboard.press('Alt+r');
    await page.getByText('Med orden', { exact: true }).waitFor();
  });
});

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['light', 640],
] as const)('in %s colours at %i pixels', (colorScheme, width) => {
  test('the page is accessible, empty and full', async () => {
    const { page } = await openPage(ADMINISTRATOR, { colorScheme, viewport: { width, height: 800 } });
    await expectAccessible(page);
    await add(page, 'Eliquis', 'elikvis');
    await add(page, 'vilo-EKG', 'vila e ko ge');
    await expectAccessible(page);
    await page.getByRole('tab', { name: /Medföljande/ }).click();
    await page.getByLabel('blodtryck').waitFor();
    await expectAccessible(page);
  });
});

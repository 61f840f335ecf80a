import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './dictation-page.ts';
import { clinicPages, demo } from './shell-pages.ts';

const open = clinicPages();

async function openLog(options: object = {}) {
  const opened = await open('/logg', { plant: demo, ...options });
  await opened.page.getByRole('button', { name: 'Dana Drift' }).click();
  await opened.page.getByLabel('Namn eller personnummer').waitFor();
  return opened;
}

async function find(page: Page, text: string): Promise<void> {
  await page.getByLabel('Namn eller personnummer').fill(text);
  await page.keyboard.press('Enter');
}

describe('the log page', () => {
  test('finds a patient and shows who did what, also that one has looked, and filters by day', async () => {
    const { page, url, complaints } = await openLog();
    await find(page, 'almgren');
    await page.getByRole('button', { name: 'Anna Almgren 19260605' }).click();
    await page.getByRole('row', { name: /Dana Drift sökte fram patientuppgifter .* uppföljning/ }).waitFor();
    await page.getByRole('row', { name: /Taltid: första starten skapade patientuppgifter/ }).waitFor();
    await page.getByRole('button', { name: 'Visa hela numret' }).click();
    await page.getByRole('heading', { name: 'Anna Almgren 19260605-9802' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Visa vem det är' }).waitFor();
    await page.getByRole('row', { name: /Dana Drift läste patientuppgifter/ }).waitFor();
    await page.getByRole('row', { name: /Dana Drift läste loggen/ }).waitFor();
    await page.getByLabel('Till och med').fill('2020-01-01');
    await page.getByText('Inget är loggat de dagarna.').waitFor();
    await page.getByRole('button', { name: 'Sök en annan patient' }).click();
    expect(page.url()).toBe(`${url}/logg`);
    expect(complaints).toEqual([]);
  });

  test('says when nobody is found', async () => {
    const { page } = await openLog();
    await find(page, 'xyzzy');
    await page.getByText('Ingen patient på dina enheter börjar så.').waitFor();
  });

  test('tells who has another role whose page it is', async () => {
    const { page } = await open('/logg', { plant: demo });
    await page.getByRole('button', { name: 'Joel Palm' }).click();
    await page.getByRole('alert').getByText('driftrollen').waitFor();
  });

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('is accessible, %s, %i pixels wide', async (colorScheme, width) => {
    const { page } = await openLog({ colorScheme, viewport: { width, height: 800 } });
    await find(page, 'a');
    await find(page, 'al');
    await page.getByRole('button', { name: 'Anna Almgren' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Anna Almgren' }).click();
    await page.getByRole('table').waitFor();
    await expectAccessible(page);
  });
});

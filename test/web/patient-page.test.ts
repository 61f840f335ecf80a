import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { BIRTH_DATE, FASTING, type PlantingOptions, plantTimes } from '../patient-page/planted-times.ts';
import { requirePart } from '../require-part.ts';
import { runApp } from '../server/running-app.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';

const PHONE = { viewport: { width: 390, height: 844 } } as const;

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the patient’s page', () => {
  let browser: Browser;
  let cluster: TestCluster;
  beforeAll(async () => {
    [cluster, browser] = await Promise.all([startTestCluster(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
  });

  async function opened(options: PlantingOptions = {}) {
    const { storage } = await cluster.fresh();
    const planted = await plantTimes(storage, options);
    const { url } = await runApp({ clinic: { storage } });
    const open = async (context: Parameters<Browser['newContext']>[0]): Promise<Page> => {
      const made = await browser.newContext(context);
      onTestFinished(() => made.close());
      const page = await made.newPage();
      await page.goto(`${url}/min-tid/${planted.code}`);
      return page;
    };
    return { url, open };
  }

  async function comeIn(page: Page): Promise<void> {
    await page.locator('input[name=fodelsedatum]').fill(BIRTH_DATE);
    await page.locator('main form button').click();
    await page.locator('.when').first().waitFor();
  }

  test('is read and acted on by a phone without scripts: in, another time, a wish, cancelled', async () => {
    const { open } = await opened();
    const page = await open({ ...PHONE, javaScriptEnabled: false });
    await page.getByLabel('Ditt födelsedatum').fill('1990-01-01');
    await page.getByRole('button', { name: 'Visa min tid' }).click();
    await page.getByRole('alert').getByText('Koden och födelsedatumet hör inte ihop').waitFor();
    await page.getByLabel('Ditt födelsedatum').fill('750304');
    await page.getByRole('button', { name: 'Visa min tid' }).click();
    await page.getByRole('heading', { name: 'Din nästa tid' }).waitFor();
    await page.getByText(FASTING.plain).waitFor();
    expect(await page.getByRole('link', { name: '010-123 45 67' }).getAttribute('href')).toBe('tel:0101234567');

    const before = await page.locator('.when').allInnerTexts();
    await page.getByRole('link', { name: 'Ändra tiden' }).last().click();
    await page
      .getByRole('link', { name: /^Kl\. / })
      .last()
      .click();
    await page.getByRole('heading', { name: 'Byta till den här tiden?' }).waitFor();
    const chosen = await page.locator('.when').innerText();
    await page.getByRole('button', { name: 'Byt tid' }).click();
    await page.getByRole('status').getByText('Din tid är ändrad.').waitFor();
    const after = await page.locator('.when').allInnerTexts();
    expect(after).toHaveLength(2);
    expect(after[1]).toBe(chosen);
    expect(before).not.toContain(chosen);

    await page.getByRole('button', { name: 'Säg till om det blir en tidigare tid' }).last().click();
    await page.getByText('Du har bett om en tidigare tid.').waitFor();

    await page.getByRole('link', { name: 'Avboka' }).last().click();
    await page.getByText('De här tiderna hör ihop med den och avbokas också').waitFor();
    await page.getByRole('radio', { name: 'Jag är sjuk' }).check();
    await page.getByRole('radio', { name: /^Ja, mottagningen letar/ }).check();
    await page.getByLabel('Vill du säga något mer till mottagningen?').fill('Hosta');
    await page.getByRole('button', { name: 'Avboka tiden' }).click();
    await page.getByText('Mottagningen letar efter en ny tid').waitFor();
    await page.getByRole('heading', { name: 'Du har ingen bokad tid just nu' }).waitFor();
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByText('Du är utloggad.').waitFor();
  });

  test('books from an open letter without scripts, in English', async () => {
    const { open } = await opened({ form: 'open' });
    const page = await open({ ...PHONE, javaScriptEnabled: false });
    await page.getByRole('link', { name: 'In English' }).click();
    await page.getByLabel('Your date of birth').fill(BIRTH_DATE);
    await page.getByRole('button', { name: 'Show my appointment' }).click();
    await page.getByRole('heading', { name: 'Time to book an appointment' }).waitFor();
    await page.getByRole('link', { name: 'Choose a time' }).click();
    await page.getByRole('link', { name: /^At / }).first().click();
    await page.getByText('Belongs to it and comes along').waitFor();
    await page.getByRole('button', { name: 'Book the time' }).click();
    await page.getByText('Your appointment is booked.').waitFor();
    expect(await page.locator('.when').count()).toBe(2);
  });

  test('has no barrier that axe finds, by keys and in any theme and width, and moves nothing while it loads', async () => {
    const { url, open } = await opened();
    for (const look of [
      { ...PHONE, colorScheme: 'light' },
      { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
    ] as const) {
      const page = await open({ ...look, bypassCSP: true });
      await expectAccessible(page);
      // By keys alone: past the skip link and the header to the form.
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      await page.locator('input[name=fodelsedatum]').focus();
      await page.keyboard.type('1990-01-01');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await expectAccessible(page);
      await comeIn(page);
      await expectAccessible(page);
      const path = (ending: string) => page.locator(`a[href$="${ending}"]`).last().getAttribute('href');
      for (const shown of [await path('/avboka'), await path('/andra'), '/min-tid/bokningar/annan/andra']) {
        await page.goto(url + shown);
        await expectAccessible(page);
        const confirm = page.getByRole('link', { name: /^Kl\. / }).first();
        if (!shown!.endsWith('andra') || (await confirm.count()) === 0) continue;
        await confirm.click();
        await expectAccessible(page);
        await page.goto(`${url}/min-tid`);
      }
      const shift = await page.evaluate<number>(
        "performance.getEntriesByType('layout-shift').reduce((sum, { value }) => sum + value, 0)",
      );
      expect(shift).toBe(0);
    }
  });

  test('prints as what one takes along: the times and the way, no buttons', async () => {
    const { open } = await opened();
    const page = await open(PHONE);
    await comeIn(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('a.button:visible, button:visible, header:visible').count()).toBe(0);
    for (const words of ['Din nästa tid', FASTING.plain, 'Ingången är mitt emot biblioteket. Hiss finns.']) {
      expect(await page.getByText(words).isVisible()).toBe(true);
    }
  });
});

/** No violation that axe knows of, and nothing wider than the window. */
async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run()');
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, SOON, section, talk } from './dictation-page.ts';

/** Where things stand in the window, from its top, in pixels. */
const tops = (page: Page, selector: string) =>
  page.evaluate<number[]>(
    `[...document.querySelectorAll('${selector}')].map((element) => element.getBoundingClientRect().top)`,
  );
const scrollTop = (page: Page) => page.evaluate<number>('scrollY');
const LINE = 'gott allmäntillstånd och inga besvär i övrigt vad gäller andning och cirkulation';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('while text streams in', () => {
  const openPage = dictationPages();

  test.each([
    [1280, 800],
    [390, 844],
  ])('nothing above it moves, nor does the page, as long as there is room (%i by %i)', async (width, height) => {
    const { page, live } = await openPage({ viewport: { width, height } });
    await talk(page, live);
    live.commit('gå till anamnes frisk');
    await section(page, 'anamnes').getByText('Frisk').waitFor();
    const above =
      'header, .bar, .bar button, .status, meter, [data-section=kontaktorsak] h2, [data-section=anamnes] h2';
    const before = [await tops(page, above), await scrollTop(page)];
    for (const round of [1, 2, 3]) {
      live.partial(LINE.slice(0, 20 * round));
      live.partial(LINE.slice(0, 30), LINE.slice(30));
      await page.locator('.provisional .tail').getByText('cirkulation').waitFor();
      expect([await tops(page, above), await scrollTop(page)]).toEqual(before);
      live.commit(`${LINE} punkt`);
      await expect.poll(() => page.locator('.provisional .tail').count(), SOON).toBe(0);
      expect([await tops(page, above), await scrollTop(page)]).toEqual(before);
    }
    live.isReachable = false;
    live.drop();
    await page.getByText(/s sparat$/).waitFor();
    expect([await tops(page, above), await scrollTop(page)]).toEqual(before);
  });

  /** Says so much that the page has to follow. */
  async function fill(page: Page, live: Awaited<ReturnType<typeof openPage>>['live']): Promise<void> {
    await talk(page, live);
    for (let line = 0; line < 30; line += 1) live.commit(`${LINE} ny rad`);
    live.commit('sist');
    await section(page, 'kontaktorsak').getByText('Sist').waitFor();
  }

  test('the page follows provisional words below its end, in whole view', async () => {
    const { page, live } = await openPage();
    await fill(page, live);
    const bottom = () =>
      page.evaluate<number>(
        "[...document.querySelectorAll('.provisional, .provisional *')].at(-1).getBoundingClientRect().bottom",
      );
    const shownCharacters = () =>
      page.evaluate<number>("document.querySelector('.provisional .tail')?.textContent.length ?? 0");
    for (const words of [5, 20, 60]) {
      live.partial('', 'andning '.repeat(words));
      await expect.poll(shownCharacters).toBeGreaterThan(words * 7);
      expect(await bottom()).toBeLessThan(800);
    }
    const scrolled = await scrollTop(page);
    live.partial('', 'andning');
    await expect.poll(shownCharacters).toBeLessThan(10);
    expect(await scrollTop(page)).toBe(scrolled);
  });

  test('who scrolled elsewhere to read is left there', async () => {
    const { page, live } = await openPage();
    await fill(page, live);
    await page.evaluate('scrollTo(0, 0)');
    const before = await tops(page, '.note h2');
    live.partial('utan', 'anmärkning');
    await page.locator('.provisional .tail').getByText('anmärkning').waitFor({ state: 'attached' });
    live.commit('utan anmärkning');
    await section(page, 'kontaktorsak').getByText('Sist utan anmärkning').waitFor({ state: 'attached' });
    expect(await scrollTop(page)).toBe(0);
    expect((await tops(page, '.note h2'))[0]).toBe(before[0]);
    live.commit('gå till planering');
    await expect.poll(() => scrollTop(page), SOON).toBeGreaterThan(0);
  });

  test.each([
    [1280, 800, 90],
    [640, 400, 80],
    [390, 844, 120],
  ])('the controls stay in view and are low (%i by %i)', async (width, height, highest) => {
    const { page, live } = await openPage({ viewport: { width, height } });
    await fill(page, live);
    const bar = (await page.locator('.bar').boundingBox())!;
    expect(bar.height).toBeLessThan(highest);
    expect(bar.y).toBe(0);
    for (const button of await page.locator('.bar button').all()) {
      const box = (await button.boundingBox())!;
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(40);
    }
  });

  test('nothing is animated', async () => {
    const { page, live } = await openPage({ reducedMotion: 'reduce' });
    await talk(page, live);
    live.partial('hosta', 'sedan');
    await page.locator('.provisional .tail').getByText('sedan').waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import type { AdminView } from '../../src/web/messages/drift.sv.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { buryTwo, openAdmin } from './admin-page.ts';
import { expectAccessible } from './dictation-page.ts';
import { clinicPages } from './shell-pages.ts';

/** Something that each view shows once it has everything. */
const SHOWN: Readonly<Record<AdminView, string>> = {
  laget: '(används)',
  konton: 'Elin Lind',
  nycklar: 'Inget program har någon nyckel.',
  fel: 'Databasen var upptagen',
  enheter: 'Påminn efter (timmar)',
};
/** Views that open a form by the button that makes something. */
const FORMS: readonly AdminView[] = ['konton', 'nycklar', 'enheter'];

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the operations page', () => {
  const open = clinicPages();

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
    // A page of 1280 pixels, twice as large.
    ['light', 640],
  ] as const)('is accessible in every view and form, %s, %i pixels wide', async (colorScheme, width) => {
    const { page } = await openAdmin(open, 'laget', { plant: buryTwo, colorScheme, viewport: { width, height: 800 } });
    for (const [view, text] of Object.entries(SHOWN)) {
      await page.evaluate(`location.hash = '${view}'`);
      await page.getByText(text).first().waitFor();
      await expectAccessible(page);
      if (!FORMS.some((each) => each === view)) continue;
      await page.keyboard.press('Alt+n');
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Dana Drift' }).click();
    await page.getByRole('dialog', { name: 'Dana Drift' }).waitFor();
    await expectAccessible(page);
  });

  test('gives the focus back to what opened a dialog', async () => {
    const { page } = await openAdmin(open, 'konton');
    const button = page.getByRole('button', { name: 'Ändra Elin Lind' });
    await button.click();
    expect(await page.evaluate('document.activeElement.name')).toBe('givenName');
    await page.keyboard.press('Escape');
    expect(await button.and(page.locator(':focus')).count()).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, SOON, section, talk } from './dictation-page.ts';

const LAST_USE = 'taltid.last-use';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('who dictates', () => {
  const openPage = dictationPages();

  test('works, though no key is pressed: what is heard keeps a session as a key does', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    const laterMs = Date.now() + 20 * 60_000;
    await page.clock.setFixedTime(laterMs);
    live.commit('hosta i tre veckor');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    await expect.poll(() => page.evaluate(`localStorage.getItem('${LAST_USE}')`), SOON).toBe(String(laterMs));
  });
});

import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, section, talk } from './dictation-page.ts';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('words in doubt', () => {
  const openPage = dictationPages();

  test('are gone through by key, in every section and round again, until none is left', async () => {
    const { page, live, complaints } = await openPage();
    const selected = () => page.evaluate('getSelection().toString()');
    await talk(page, live);
    live.commit('hosta? i tre? dagar gå till bedömning viral? infektion');
    await section(page, 'bedomning').getByText('infektion').waitFor();
    const visited: unknown[] = [];
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('Alt+o');
      visited.push(await selected());
    }
    expect(visited).toEqual(['Hosta', 'tre', 'Viral', 'Hosta']);
    for (const correction of ['Feber', 'fem', 'Bakteriell']) {
      await page.keyboard.type(correction);
      await page.keyboard.press('Alt+o');
    }
    await page.getByText('Inget osäkert ord är kvar.').waitFor();
    expect(await section(page, 'kontaktorsak').textContent()).toBe('Feber i fem dagar');
    expect(await section(page, 'bedomning').textContent()).toBe('Bakteriell infektion');
    expect(complaints).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, expectAccessible, openTab, section, talk } from './dictation-page.ts';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the settings of the dictation page', () => {
  const openPage = dictationPages();

  test('own words go to the recogniser, at once and on the next visit, and are written just so', async () => {
    const { page, live, context, url } = await openPage();
    await talk(page, live);
    await page.getByRole('button', { name: 'Inställningar' }).click();
    await page.getByLabel('Egna ord').fill('Eliquis\n  NEWS2 \n\nEliquis');
    await page.getByText('Egna ord (2)').waitFor();
    await live.until(() => live.session.configured.at(-1)?.vocabulary?.length === 2);
    expect(live.session.starts[0]).toMatchObject({ vocabulary: [] });
    expect(live.session.configured.at(-1)).toMatchObject({ vocabulary: [{ term: 'Eliquis' }, { term: 'NEWS2' }] });
    await page.getByRole('button', { name: 'Stäng' }).click();
    live.commit('insatt eliquis');
    await section(page, 'kontaktorsak').getByText('Insatt Eliquis').waitFor();
    await page.keyboard.press('F2');
    await page.close();

    const { page: again } = await openTab(context, url);
    await talk(again, live);
    await live.until(() => live.sessions.length === 2);
    expect(live.session.starts[0]).toMatchObject({ vocabulary: [{ term: 'Eliquis' }, { term: 'NEWS2' }] });
    live.commit('samt eliquis');
    await section(again, 'kontaktorsak').getByText('Insatt Eliquis samt Eliquis').waitFor();
  });

  test('the pause is told to the session that runs, and again after a lost connection', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    await page.getByRole('button', { name: 'Inställningar' }).click();
    await page.getByRole('slider').fill('1.2');
    await page.getByText('Paus som avslutar en mening: 1,2 s').waitFor();
    await live.until(() => live.session.configured.at(-1)?.pauseSeconds === 1.2);
    const told = live.session.configured.length;
    live.drop();
    await live.until(() => live.session.configured.length > told);
    expect(live.session.configured.at(-1)).toMatchObject({ pauseSeconds: 1.2, vocabulary: [] });
    expect(live.complaints).toEqual([]);
  });

  test('a template is put in by its name, and its fields are dictated into', async () => {
    const { page, live } = await openPage();
    await page.getByRole('button', { name: 'Inställningar' }).click();
    await page.getByRole('button', { name: 'Ny mall' }).click();
    await page.getByLabel('Mall 1: namn').fill('hjärta');
    await page.getByLabel('Mall 1: text').fill('Hjärta: [rytm], inga blåsljud.');
    await page.getByRole('button', { name: 'Ny mall' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ta bort mall 2' }).click();
    await page.keyboard.press('Escape');
    await talk(page, live);
    live.commit('infoga mall hjärta');
    await section(page, 'kontaktorsak').getByText('Hjärta: [rytm], inga blåsljud.').waitFor();
    live.commit('regelbunden rytm');
    await section(page, 'kontaktorsak').getByText('Hjärta: regelbunden rytm, inga blåsljud.').waitFor();
  });

  test('another microphone is taken while somebody dictates, and on the next visit', async () => {
    const { page, live, context, url } = await openPage();
    await talk(page, live);
    await page.getByRole('button', { name: 'Inställningar' }).click();
    const choice = page.getByLabel('Mikrofon');
    const before = live.frameCount;
    await choice.selectOption({ index: 1 });
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    await live.until(() => live.frameCount > before + 3);
    const chosen = await choice.inputValue();
    await page.close();
    const { page: again } = await openTab(context, url);
    await again.getByRole('button', { name: 'Inställningar' }).click();
    expect(await again.getByLabel('Mikrofon').inputValue()).toBe(chosen);
    expect(live.complaints).toEqual([]);
  });

  test('a session that is too long is followed by another: no word is lost, and no message comes', async () => {
    const { page, live } = await openPage();
    await page.evaluate(`(() => {
      globalThis.shown = new Set();
      const note = () => shown.add(document.querySelector('.messages').textContent);
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    })()`);
    await talk(page, live);
    await live.until(() => live.session.frames.length > 30);
    live.commit('hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    const { session: first } = live;
    live.close('tooLarge', 'AUDIO_TOO_LONG');
    await live.until(() => live.sessions.length === 2 && live.session.frames.length > 20);
    live.commit('feber');
    await section(page, 'kontaktorsak').getByText('Hosta feber').waitFor();
    // "hosta" ended 1.3 s in: the second session begins with the frame after.
    expect(live.session.frames.slice(0, 10)).toEqual(first.frames.slice(13, 23));
    expect(await page.evaluate('[...shown]')).toEqual(['']);
    expect(live.complaints).toEqual([]);
  });
});

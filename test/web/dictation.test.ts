import { describe, expect, test } from 'vitest';
import { LIVE_CLOSE } from '../../src/contracts/live.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, expectAccessible, openTab, SOON, section, talk } from './dictation-page.ts';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the dictation page', () => {
  const openPage = dictationPages();

  test('writes committed words where the cursor is, and shows provisional ones that are no part of the note', async () => {
    const { page, live, complaints } = await openPage();
    await talk(page, live);
    live.partial('hosta i', 'tre');
    await page.locator('.provisional .stable').getByText('hosta i').waitFor();
    await page.locator('.provisional .tail').getByText('tre').waitFor();
    live.commit('hosta i tre veckor punkt');
    await section(page, 'kontaktorsak').getByText('Hosta i tre veckor.').waitFor();
    live.commit('gå till bedömning viral infektion punkt slut diktat');
    await section(page, 'bedomning').getByText('Viral infektion.').waitFor();
    await page.getByText('Paus', { exact: true }).waitFor();
    expect(await page.locator('.provisional .tail').count()).toBe(0);
    await page.getByRole('button', { name: 'Kopiera' }).click();
    await page.getByText('Anteckningen är kopierad.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'Kontaktorsak\nHosta i tre veckor.\n\nBedömning\nViral infektion.',
    );
    expect([complaints, live.complaints]).toEqual([[], []]);
  });

  test('who clicks and types corrects a word, and speech goes on where it was', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    live.commit('hosta? i tre dagar');
    await section(page, 'kontaktorsak').getByText('dagar').waitFor();
    expect(await page.locator('.uncertain').textContent()).toBe('Hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').dblclick();
    await page.keyboard.type('Feber');
    expect(await page.locator('.uncertain').count()).toBe(0);
    live.commit('och frossa');
    await section(page, 'kontaktorsak').getByText('Feber i tre dagar och frossa').waitFor();
    await page.keyboard.type('n');
    await section(page, 'kontaktorsak').getByText('Febern i tre dagar och frossa').waitFor();
  });

  test('who goes elsewhere and speaks dictates there, and what was said before lands where it was said', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    live.commit('hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    live.onFinalize = () => live.commit('sedan igår');
    await page.getByRole('heading', { name: 'Planering' }).click();
    await section(page, 'kontaktorsak').getByText('Hosta sedan igår').waitFor();
    live.commit('återbesök vid behov');
    await section(page, 'planering').getByText('Återbesök vid behov').waitFor();
    await page.keyboard.press('Alt+ArrowUp');
    live.onFinalize = undefined;
    await page.keyboard.type('Typed ');
    live.commit('sjukskrivning');
    await section(page, 'atgard').getByText('Typed sjukskrivning').waitFor();
  });

  test('the button takes back what was dictated last, and a new note can be taken back too', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    live.commit('hosta utan feber');
    live.commit('samt yrsel');
    await section(page, 'kontaktorsak').getByText('Hosta utan feber samt yrsel').waitFor();
    await page.getByRole('button', { name: 'Ångra' }).click();
    expect(await section(page, 'kontaktorsak').textContent()).toBe('Hosta utan feber');
    live.commit('nytt stycke yrsel');
    await section(page, 'kontaktorsak').getByText('Yrsel').waitFor();
    expect(await section(page, 'kontaktorsak').locator('p').allTextContents()).toEqual([
      'Hosta utan feber',
      '',
      'Yrsel',
    ]);
    await page.getByRole('button', { name: 'Ny anteckning' }).click();
    await page.getByText('Ångra ger texten tillbaka.').waitFor();
    expect(await section(page, 'kontaktorsak').textContent()).toBe('');
    await page.getByRole('button', { name: 'Ångra' }).click();
    expect(await section(page, 'kontaktorsak').locator('p').allTextContents()).toEqual([
      'Hosta utan feber',
      '',
      'Yrsel',
    ]);
  });

  test('without a network sound is saved, over a closed page too, and is sent once when it is back', async () => {
    const { page, live, context, url } = await openPage();
    await talk(page, live);
    live.commit('hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    live.isReachable = false;
    live.drop();
    await page.getByText(/^: [1-9]\d* s sparat$/).waitFor();
    expect(await page.locator('.status').textContent()).toMatch(/^Utan nät: \d+ s sparat$/);
    await page.keyboard.press('F2');
    const before = live.session.frames.length;
    await page.close();
    live.commit('feber');

    live.isReachable = true;
    const { page: again, complaints } = await openTab(context, url);
    await section(again, 'kontaktorsak').getByText('Hosta feber').waitFor();
    await live.until(() => live.session.stoppedAfter !== undefined);
    expect(live.session.frames.length).toBeGreaterThan(before);
    expect([live.sessions.length, live.complaints, complaints]).toEqual([1, [], []]);
    await talk(again, live);
    live.commit('yrsel');
    await section(again, 'kontaktorsak').getByText('Hosta feber yrsel').waitFor();
  });

  test('goes on after a lost connection while somebody speaks, and says so', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    live.isReachable = false;
    live.drop();
    await page.getByText(/^: [3-9] s sparat$/).waitFor();
    live.isReachable = true;
    await page.getByText('Ikapp', { exact: true }).waitFor();
    live.commit('hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    expect([live.sessions.length, live.complaints]).toEqual([1, []]);
  });

  test('the key is held to talk for as long as it is held', async () => {
    const { page, live } = await openPage();
    await page.keyboard.down('F2');
    await live.until(() => live.sessions.length > 0 && live.session.frames.length > 10);
    await page.keyboard.up('F2');
    await page.getByText('Paus', { exact: true }).waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').getByText('Nästa sökord').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // A question mark is text in the note, and asks for the list elsewhere.
    await page.getByRole('heading', { name: 'Taltid' }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Nästa sökord').first().waitFor();
  });

  test('a clicked word is heard while nobody dictates', async () => {
    const { page, live } = await openPage();
    await page.evaluate(`(() => {
      globalThis.playedSeconds = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function () { playedSeconds.push(this.buffer.duration); start.call(this); };
    })()`);
    await talk(page, live);
    await live.until(() => live.session.frames.length > 20);
    live.commit('hosta utan feber');
    await section(page, 'kontaktorsak').getByText('Hosta').click();
    expect(await page.evaluate('playedSeconds')).toEqual([]);
    await page.keyboard.press('F2');
    await page.getByText('Paus', { exact: true }).waitFor();
    await section(page, 'kontaktorsak').getByText('feber').click();
    await expect.poll(() => page.evaluate('playedSeconds.length'), SOON).toBe(1);
    const [seconds] = await page.evaluate<number[]>('playedSeconds');
    expect(seconds).toBeGreaterThan(0.3);
    expect(seconds).toBeLessThan(1);
  });

  test('committed utterances are announced, partial ones are not', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    live.partial('hosta i tre', 'veckor');
    await page.locator('.provisional').getByText('veckor').waitFor();
    expect(await page.locator('.provisional').getAttribute('aria-hidden')).toBe('true');
    expect(await page.getByRole('log').textContent()).toBe('');
    live.commit('hosta i tre veckor punkt gå till status gott');
    await page.getByRole('log').getByText('Hosta i tre veckor. Går till Status.').waitFor();
    live.commit('stryk det stryk det stryk det stryk det');
    await page.getByRole('alert').getByText('Det finns inget att stryka.').waitFor();
  });

  test('a full server is told in words, and the session begins when there is room', async () => {
    const { page, live } = await openPage();
    const error = { type: 'error', code: 'LIVE_FULL', message: 'full', retryable: true } as const;
    live.refusal = { code: LIVE_CLOSE.full, error };
    await page.keyboard.press('F2');
    await page.getByRole('alert').getByText('Servern har inte plats för fler diktat').waitFor();
    live.refusal = undefined;
    await page.getByText('Ikapp', { exact: true }).waitFor();
    expect(await page.getByRole('alert').textContent()).toBe('');
    expect(live.complaints).toEqual([]);
  });

  test('a second tab waits until the first is closed', async () => {
    const { page, context, url } = await openPage();
    const second = await context.newPage();
    await second.goto(url);
    await second.getByText('Diktatet är öppet i en annan flik.').waitFor();
    await page.close();
    await second.getByText('Paus', { exact: true }).waitFor();
  });

  test('the file page leads here and back', async () => {
    const { page } = await openPage();
    await page.getByRole('link', { name: 'Ljudfiler' }).click();
    await page.getByRole('link', { name: 'Diktera' }).click();
    await page.getByText('Paus', { exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/diktera');
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    // 640 by 400 is what a window of 1280 by 800 is at 200 %.
    test.each([
      [1280, 800],
      [640, 400],
      [390, 844],
    ])(
      'is accessible and fits at %i by %i, empty, dictating, offline, with its keys and settings',
      async (width, height) => {
        const { page, live } = await openPage({ colorScheme, viewport: { width, height } });
        await expectAccessible(page);
        await talk(page, live);
        live.commit('hosta? i tre veckor punkt');
        live.partial('utan feber', 'eller andnöd');
        await page.locator('.provisional').getByText('andnöd').waitFor();
        await expectAccessible(page);
        live.isReachable = false;
        live.drop();
        await page.getByText('Utan nät').waitFor();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.keyboard.press('F1');
        await page.getByRole('dialog').waitFor();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Inställningar' }).click();
        await page.getByRole('button', { name: 'Ny mall' }).click();
        await expectAccessible(page);
      },
    );
  });
});

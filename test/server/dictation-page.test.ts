import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { LIVE_CLOSE } from '../../src/contracts/live.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { FAKE_HID } from '../web/fake-hid.ts';
import { ScriptedLiveServer } from '../web/scripted-live-server.ts';
import { runApp } from './running-app.ts';

const AUDIO = join(PROJECT_DIRECTORY, 'test/fixtures/audio/formats/s16-48k-stereo.wav');

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the dictation page', () => {
  let browser: Browser;
  let pageDirectory: string;

  beforeAll(async () => {
    pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    browser = await launchChromium(AUDIO);
  });
  afterAll(() => browser?.close());

  async function openPage(options: Parameters<Browser['newContext']>[0] = {}, script = '') {
    const { app, url } = await runApp({ pageDirectory });
    const live = new ScriptedLiveServer(app.server);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
      ...options,
    });
    onTestFinished(() => context.close());
    await context.addInitScript(script);
    const { page, complaints } = await openTab(context, `${url}/diktera`);
    return { app, live, context, page, complaints, url: `${url}/diktera` };
  }

  async function openTab(context: BrowserContext, url: string) {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // A connection that is refused is told there by the browser itself, and is what some tests are about.
      if (message.type() === 'error' && !/WebSocket|Failed to load/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    await page.getByText('Paus', { exact: true }).waitFor();
    return { page, complaints };
  }

  /** Begins to dictate and waits for the first sound to be with the server. */
  async function talk(page: Page, live: ScriptedLiveServer): Promise<void> {
    const before = live.frameCount;
    await page.keyboard.press('F2');
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    await live.until(() => live.frameCount > before);
  }

  const section = (page: Page, id: string) => page.locator(`[data-section=${id}] .note-lines`);
  const headingTop = async (page: Page, name: string) => (await page.getByRole('heading', { name }).boundingBox())!.y;

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

  test('what is above provisional words does not move', async () => {
    const { page, live } = await openPage();
    await talk(page, live);
    live.commit('gå till status gott');
    await section(page, 'status').getByText('Gott').waitFor();
    const before = await Promise.all(['Kontaktorsak', 'Anamnes', 'Status'].map((name) => headingTop(page, name)));
    live.partial('allmäntillstånd och '.repeat(20), 'andningsljud '.repeat(20));
    await page.locator('.provisional .tail').getByText('andningsljud').waitFor();
    const after = await Promise.all(['Kontaktorsak', 'Anamnes', 'Status'].map((name) => headingTop(page, name)));
    expect(after).toEqual(before);
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
    await page.getByRole('dialog').getByText('Nästa sökord').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
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
    await expect.poll(() => page.evaluate('playedSeconds.length')).toBe(1);
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

  test.each([
    ['NotAllowedError', 'Webbläsaren fick inte använda mikrofonen.'],
    ['NotFoundError', 'Ingen mikrofon hittades.'],
    ['NotReadableError', 'Mikrofonen kunde inte startas.'],
  ])('%s of the microphone is told in words', async (name, message) => {
    const { page } = await openPage();
    await page.evaluate(`navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '${name}'); }`);
    await page.keyboard.press('F2');
    await page.getByRole('alert').getByText(message).waitFor();
    await page.getByText('Paus', { exact: true }).waitFor();
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

  test('PowerMic and foot pedal: the record button toggles, the pedal is held, buttons go through the sections', async () => {
    const { page, live } = await openPage({}, FAKE_HID);
    await page.getByText('2 diktafoner och pedaler').waitFor();
    const microphone = (buttons: number) => page.evaluate(`powerMic.report([0, ${buttons}, 0])`);
    const pedal = (buttons: number) => page.evaluate(`footControl.report([${buttons}])`);
    await microphone(4);
    await microphone(0);
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    await expect.poll(() => page.evaluate('powerMic.light')).toBe(1);
    await live.until(() => live.frameCount > 0);
    const finalized = Promise.withResolvers<void>();
    live.onFinalize = finalized.resolve;
    await microphone(8);
    await microphone(0);
    await finalized.promise;
    live.commit('frisk');
    await section(page, 'anamnes').getByText('Frisk').waitFor();
    await microphone(4);
    await microphone(0);
    await page.getByText('Paus', { exact: true }).waitFor();
    await expect.poll(() => page.evaluate('powerMic.light')).toBe(0);
    const before = live.session.frames.length;
    await pedal(2);
    await live.until(() => live.session.frames.length > before + 10);
    await pedal(0);
    await page.getByText('Paus', { exact: true }).waitFor();
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
    ])('is accessible and fits at %i by %i, empty, dictating, offline and with its keys', async (width, height) => {
      const { page, live } = await openPage({ colorScheme, viewport: { width, height } });
      const check = async () => {
        await page.evaluate(axe.source);
        const found = await page.evaluate<axe.AxeResults>('axe.run()');
        expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      };
      await check();
      await talk(page, live);
      live.commit('hosta? i tre veckor punkt');
      live.partial('utan feber', 'eller andnöd');
      await page.locator('.provisional').getByText('andnöd').waitFor();
      await check();
      live.isReachable = false;
      live.drop();
      await page.getByText('Utan nät').waitFor();
      await check();
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await page.getByRole('dialog').waitFor();
      await check();
    });
  });
});

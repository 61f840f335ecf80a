import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { AppError } from '../../src/contracts/errors.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { runApp } from './running-app.ts';

const AUDIO = join(PROJECT_DIRECTORY, 'test/fixtures/audio/formats/s16-48k-stereo.wav');
const WHOLE_TEXT = 'Blodtrycket är <140. Åter om sex veckor.';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the page', () => {
  let browser: Browser;
  let pageDirectory: string;

  beforeAll(async () => {
    pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    browser = await launchChromium(AUDIO);
  });
  afterAll(() => browser?.close());

  async function openPage(options: Parameters<Browser['newPage']>[0] = {}) {
    const running = await runApp({ pageDirectory });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    const complaints: string[] = [];
    page.on('console', (message) => {
      // A refused request is told there by the browser itself, and is what some tests are about.
      const isOfPage = !message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && isOfPage) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(running.url);
    await page.getByText('Redo').waitFor();
    return { ...running, page, complaints };
  }

  async function drop(page: Page, names: readonly string[]): Promise<void> {
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      for (const name of ${JSON.stringify(names)}) data.items.add(new File(['abc'], name, { type: 'audio/wav' }));
      return data;
    })()`);
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  }

  test('writes a dropped file out segment by segment', async () => {
    const { page, transcriber, complaints } = await openPage();
    const gate = Promise.withResolvers<void>();
    transcriber.gate = gate.promise;
    await drop(page, ['besök.wav']);
    await page.getByRole('log').getByText('Blodtrycket är <140.', { exact: true }).waitFor();
    expect(await page.getByRole('status').last().textContent()).toBe('Tolkar besök.wav');
    gate.resolve();
    await page.getByText('Klar: besök.wav').waitFor();
    expect(await page.getByRole('log').textContent()).toBe(WHOLE_TEXT);
    expect(complaints).toEqual([]);
  });

  test('several files at once are told to come one by one', async () => {
    const { page, transcriber } = await openPage();
    await drop(page, ['a.wav', 'b.wav']);
    await page.getByText('Släpp en fil i taget.').waitFor();
    expect(transcriber.requests).toHaveLength(0);
  });

  test('saves the text and the subtitles of a chosen file', async () => {
    const { page } = await openPage();
    await page.setInputFiles('input[type=file]', AUDIO);
    await page.getByText('Klar: s16-48k-stereo.wav').waitFor();
    const save = async (button: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(button).click()]);
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')];
    };
    expect(await save('Spara .txt')).toEqual(['s16-48k-stereo.txt', `${WHOLE_TEXT}\n`]);
    const [name, subtitles] = await save('Spara .srt');
    expect(name).toBe('s16-48k-stereo.srt');
    expect(subtitles).toContain('2\n00:00:02,500 --> 00:00:04,250\nÅter om sex veckor.');
  });

  test('copies the text', async () => {
    const { page } = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    await drop(page, ['a.wav']);
    await page.getByText('Klar: a.wav').waitFor();
    await page.getByText('Kopiera').click();
    await page.getByText('Kopierat').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(WHOLE_TEXT);
  });

  test('records the microphone from the keyboard and sends 16 kHz of it', async () => {
    const { page, transcriber, complaints } = await openPage();
    await page.keyboard.press('r');
    await page.getByText('Spelar in', { exact: true }).waitFor();
    await page.getByText('0:01').waitFor();
    await page.keyboard.press('r');
    await page.getByText('Klar: Inspelning.wav').waitFor();
    const wav = Buffer.from(transcriber.requests[0]!.file);
    expect([wav.toString('latin1', 0, 4), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual(['RIFF', 16_000, 16]);
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
    const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
    expect(samples.length).toBeGreaterThan(16_000);
    expect(samples.some((sample) => Math.abs(sample) > 1000)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('Esc throws a recording away and cancels work under way', async () => {
    const { page, transcriber } = await openPage();
    await page.keyboard.press('R');
    await page.getByText('Spelar in', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Texten visas här').waitFor();
    expect(transcriber.requests).toHaveLength(0);

    transcriber.gate = new Promise(() => {});
    await drop(page, ['a.wav']);
    await page.getByRole('log').getByText('Blodtrycket').waitFor();
    await page.keyboard.press('Escape');
    await transcriber.cancelled.promise;
    await page.getByText('Avbrutet').waitFor();
    expect(await page.getByRole('log').textContent()).toBe('Blodtrycket är <140.');
  });

  test('tells a failure in words, and tries again with the same audio', async () => {
    const { page, transcriber } = await openPage();
    transcriber.failure = { error: new AppError('SPEECH_BUSY', 'full', { retryable: true }), after: 'nothing' };
    await drop(page, ['a.wav']);
    await page.getByRole('alert').getByText('Servern har fullt upp just nu.').waitFor();
    transcriber.failure = undefined;
    await page.getByText('Försök igen', { exact: true }).click();
    await page.getByText('Klar: a.wav').waitFor();
    expect(await page.getByRole('alert').isHidden()).toBe(true);
  });

  test('says that a connection was lost in the middle, and keeps what had come', async () => {
    const { page, transcriber, app } = await openPage();
    transcriber.gate = new Promise(() => {});
    await drop(page, ['a.wav']);
    await page.getByRole('log').getByText('Blodtrycket').waitFor();
    app.server.closeAllConnections();
    await page.getByRole('alert').getByText('Ingen kontakt med servern.').waitFor();
    expect(await page.getByRole('log').textContent()).toBe('Blodtrycket är <140.');
  });

  test('lists its keys on ? and closes the list on Esc', async () => {
    const { page } = await openPage();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Spela in, och stoppa').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test.each([1280, 390])('is accessible and fits at %i pixels, empty, full, working and failed', async (width) => {
      const { page, transcriber } = await openPage({ colorScheme, viewport: { width, height: 800 } });
      const check = async () => {
        await page.evaluate(axe.source);
        const found = await page.evaluate<axe.AxeResults>('axe.run()');
        expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
      };
      await check();
      const gate = Promise.withResolvers<void>();
      transcriber.gate = gate.promise;
      await drop(page, ['ett-långt-namn-på-en-inspelning-från-mottagningen-i-går-eftermiddag.wav']);
      await page.getByRole('log').getByText('Blodtrycket').waitFor();
      await check();
      gate.resolve();
      await page.getByText('Klar:').waitFor();
      await check();
      transcriber.failure = { error: new AppError('AUDIO_NOT_AUDIO', 'planted'), after: 'nothing' };
      await drop(page, ['a.wav']);
      await page.getByRole('alert').waitFor();
      await check();
      await page.keyboard.press('?');
      await check();
    });
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../src/access/demo-accounts.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { AppError } from '../../src/contracts/errors.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { type RunningRecorder, runRecorder, saying } from '../recorded/recorder.ts';
import { PLAN } from '../recorded/said.ts';
import type { TestDatabase } from '../storage/database.ts';
import { expectAccessible } from './dictation-page.ts';
import { clinicPages } from './shell-pages.ts';

const CLIP = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech/kan_du_vara.flac');
const SOON = { timeout: 20_000 };

const open = clinicPages();
let passwordHash: string;

beforeAll(async () => {
  passwordHash = await hashPassword(DEMO_PASSWORD);
});

const demo = ({ storage }: TestDatabase) =>
  seedDemo(storage, { passwordHash, today: stockholmClockAt(Date.now()).date });

/** The page of somebody of the demo clinic, with a recogniser behind it that says a plan with one follow-up. */
async function openAs(name: string, options: object = {}) {
  let recorder: RunningRecorder | undefined;
  const opened = await open('/inspelat', {
    plant: demo,
    clinic: async ({ storage }) => {
      recorder = await runRecorder(storage, { transcriber: saying(...PLAN) });
      return { sounds: recorder.sounds };
    },
    ...options,
  });
  opened.page.setDefaultTimeout(SOON.timeout);
  await opened.page.getByRole('button', { name }).click();
  await opened.page.getByRole('heading', { name: 'Skicka in en inspelning' }).waitFor();
  return { ...opened, recorder: recorder! };
}

async function choose(page: Page): Promise<void> {
  await page.setInputFiles('input[type=file]', {
    name: 'dikta01.flac',
    mimeType: 'audio/flac',
    buffer: await readFile(CLIP),
  });
  await page.getByRole('heading', { name: /dikta01.flac/ }).waitFor();
}

/** What the browser hands over when files are dropped. */
function dropOf(...names: string[]): string {
  return `(() => {
    const data = new DataTransfer();
    for (const name of ${JSON.stringify(names)}) data.items.add(new File([new Uint8Array(2000)], name, { type: 'audio/mp4' }));
    return data;
  })()`;
}

/** By keyboard alone, from the chosen file on. */
async function sendByKeyboard(page: Page): Promise<void> {
  await page.getByLabel('Sök patient').fill('almgren');
  await page.getByRole('radio', { name: /Anna Almgren/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.getByLabel('Sök den som har dikterat').fill('lind');
  await page.getByRole('radio', { name: /Elin Lind/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Skicka in' }).focus();
  await page.keyboard.press('Enter');
}

describe('the page of recorded dictations', () => {
  test('takes a file in by keyboard alone, follows it, and hands the draft to its author', async () => {
    const { page, complaints } = await openAs('Maj Öberg');
    await page.getByText('Inga inspelade diktat väntar').waitFor();
    await choose(page);
    await sendByKeyboard(page);
    await page.getByText('Inspelningen är mottagen').waitFor();
    const row = page.getByRole('region', { name: /^Att rätta/ }).getByRole('listitem', { name: 'Anna Almgren' });
    await row.waitFor();
    await row.getByText('av Elin Lind').waitFor();
    await row.getByRole('button', { name: 'Lyssna' }).click();
    await expect.poll(() => page.evaluate("document.querySelector('audio').duration"), SOON).toBeGreaterThan(0.5);
    await row.getByRole('button', { name: 'Lämna till författaren' }).click();
    await page.getByText('Lämnat till Elin Lind för signering.').waitFor();
    await page
      .getByRole('region', { name: /^Hos författaren/ })
      .getByRole('listitem', { name: 'Anna Almgren' })
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test('says what is missing, and takes one file at a time', async () => {
    const { page } = await openAs('Maj Öberg');
    await choose(page);
    await page.getByRole('button', { name: 'Skicka in' }).click();
    await page.getByRole('alert').getByText('Välj patient.').waitFor();
    await page.getByLabel('Sök patient').fill('almgren');
    await page.getByRole('radio', { name: /Anna Almgren/ }).check();
    await page.getByRole('button', { name: 'Skicka in' }).click();
    await page.getByRole('alert').getByText('Välj vem som har dikterat.').waitFor();
    await page.getByRole('button', { name: 'Avbryt' }).click();
    const twice = await page.evaluateHandle(dropOf('a.wav', 'b.wav'));
    await page.dispatchEvent('.upload', 'drop', { dataTransfer: twice });
    await page.getByText('En inspelning i taget').waitFor();
  });

  test('a dropped file is as good as a chosen one; a clinician sends in their own, with the templates of the browser', async () => {
    const { page, database } = await openAs('Elin Lind');
    await page.evaluate(
      `localStorage.setItem('taltid-own-settings', JSON.stringify({ templates: [{ id: '1', name: 'hjärta', text: 'Hjärta: [rytm].' }] }))`,
    );
    const one = await page.evaluateHandle(dropOf('telefon.m4a'));
    await page.dispatchEvent('.upload', 'drop', { dataTransfer: one });
    await page.getByRole('heading', { name: /telefon.m4a/ }).waitFor();
    expect(await page.getByLabel('Sök den som har dikterat').count()).toBe(0);
    await page.getByText('mallar i den här webbläsaren följer med (hjärta)').waitFor();
    await page.getByLabel('Sök patient').fill('almgren');
    await page.getByRole('radio', { name: /Anna Almgren/ }).check();
    await page.getByRole('button', { name: 'Skicka in' }).click();
    const row = page.getByRole('listitem', { name: 'Anna Almgren' });
    await row.getByRole('link', { name: 'Öppna och signera' }).waitFor();
    expect(await row.getByRole('button', { name: 'Lämna till författaren' }).count()).toBe(0);
    const { rows } = await database.owner.query(`select wishes -> 'templates' as templates from dictations`);
    expect(rows).toEqual([{ templates: [{ name: 'hjärta', text: 'Hjärta: [rytm].' }] }]);
  });

  test('says in words why one failed, tries again, and takes one back when asked twice', async () => {
    const { page, recorder } = await openAs('Maj Öberg');
    recorder.transcriber.failure = { error: new AppError('AUDIO_TRUNCATED', 'cut off'), after: 'nothing' };
    await choose(page);
    await sendByKeyboard(page);
    const failed = page.getByRole('region', { name: /^Gick inte att skriva ut/ }).getByRole('listitem');
    await failed.getByText('Filen är avklippt').waitFor();
    recorder.transcriber.failure = undefined;
    await failed.getByRole('button', { name: 'Försök igen' }).click();
    const drafted = page.getByRole('region', { name: /^Att rätta/ }).getByRole('listitem');
    await drafted.getByRole('button', { name: 'Ta tillbaka' }).click();
    await drafted.getByRole('button', { name: 'Behåll' }).click();
    await drafted.getByRole('button', { name: 'Ta tillbaka' }).click();
    await drafted.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByText('Diktatet är borttaget.').waitFor();
    await page.getByText('Inga inspelade diktat väntar').waitFor();
  });

  test('shows how far one is transcribed', async () => {
    const { page, recorder } = await openAs('Maj Öberg');
    const gate = Promise.withResolvers<void>();
    recorder.transcriber.gate = gate.promise;
    await choose(page);
    await sendByKeyboard(page);
    await recorder.transcriber.asked.promise;
    recorder.transcriber.requests[0]!.onProgress!({ doneSeconds: 60, totalSeconds: 240 });
    await page.getByRole('progressbar', { name: '1 av 4 min utskrivet' }).waitFor();
    gate.resolve();
    await page.getByRole('link', { name: 'Öppna och rätta' }).waitFor();
  });

  test('leads to the note, which is corrected while it is listened to and handed to its author for signing', async () => {
    const { page, complaints } = await openAs('Maj Öberg');
    await choose(page);
    await sendByKeyboard(page);
    await page.getByRole('link', { name: 'Öppna och rätta' }).click();
    await page.getByRole('heading', { name: /Anna Almgren/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/diktera');
    const plan = page.locator('[data-section=planering] .note-lines');
    await plan.getByText('Återbesök om sex veckor.').waitFor();
    const bar = page.getByRole('region', { name: 'Inspelat diktat' });
    await expect
      .poll(() => page.evaluate("document.querySelector('.recording-bar audio').readyState"), SOON)
      .toBeGreaterThan(0);
    await plan.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('F4');
    await page.keyboard.type(' Prover innan.');
    await page.getByText('Sparad', { exact: true }).waitFor();
    await expectAccessible(page);
    await bar.getByRole('button', { name: 'Lämna till författaren för signering' }).click();
    await bar.getByText('Lämnat till författaren för signering.').waitFor();
    expect(await page.getByRole('button', { name: 'Bli ersättare' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByRole('button', { name: 'Elin Lind' }).click();
    await page.waitForURL(/\/diktera$/);
    await page.getByRole('button', { name: /Anna Almgren.*inspelat diktat/ }).click();
    await plan.getByText('Återbesök om sex veckor. Prover innan.').waitFor();
    await page.getByRole('button', { name: /^Signera/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test.each([
    ['light', 1280],
    ['light', 640],
    ['dark', 390],
  ] as const)('is accessible, %s, %i pixels wide', async (colorScheme, width) => {
    const { page, recorder } = await openAs('Maj Öberg', { colorScheme, viewport: { width, height: 800 } });
    await expectAccessible(page);
    await choose(page);
    await sendByKeyboard(page);
    await page.getByRole('link', { name: 'Öppna och rätta' }).waitFor();
    recorder.transcriber.failure = { error: new AppError('AUDIO_CORRUPT', 'damaged'), after: 'nothing' };
    await choose(page);
    await sendByKeyboard(page);
    await page.getByText('Filen är skadad').waitFor();
    await choose(page);
    await page.getByLabel('Sök patient').fill('a');
    await page.getByLabel('Sök patient').fill('al');
    await page.getByRole('radio', { name: /Anna Almgren/ }).waitFor();
    await expectAccessible(page);
  });

  test('is for others to say whose it is', async () => {
    const { page } = await open('/inspelat', { plant: demo });
    await page.getByRole('button', { name: 'Dana Drift' }).click();
    await page.getByRole('alert').getByText('vårdpersonal och administration').waitFor();
  });
});

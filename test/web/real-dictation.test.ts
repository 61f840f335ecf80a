import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { floatToS16le, joined } from '../../src/audio/pcm.ts';
import { Resampler } from '../../src/audio/resampler.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { NOTE_SECTIONS } from '../../src/dictation/note-sections.ts';
import { finalize, startDictation, step } from '../../src/dictation/reducer.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { wavFile } from '../../src/web/wav.ts';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { DictatingClient } from '../live/dictating-client.ts';
import { requirePart } from '../require-part.ts';
import { RawClient } from '../server/live-client.ts';
import { expectAccessible, openTab } from './dictation-page.ts';
import { type KeptSound, keptFrameCount, keptSound } from './kept-sound.ts';
import { CuttableNetwork, RealServer } from './real-server.ts';

const AUDIO = join(PROJECT_DIRECTORY, 'test/fixtures/audio');
/** What is dictated, and the pause after each, in seconds. */
const SAID: readonly (readonly [clip: string, pauseSeconds: number])[] = [
  ['speech/kan_du_vara.flac', 1.2],
  ['dictation/punkt.flac', 1.5],
  ['speech/common_voice_sv-SE_18748646.flac', 1.2],
  ['dictation/nytt-stycke.flac', 1.5],
  ['speech/ha_en_trevlig_dag.flac', 1.2],
  ['dictation/punkt.flac', 1],
];
/** All marks are spoken ones: those that the recogniser writes by itself are left out. How it spells is not the claim. */
const WRITTEN = /^kan du [^.\n]+\. kan jag [^.\n]+\n\n[^.\n]+ dag\.$/i;
/** Told to the recogniser as the user's own words; the commands are a machine's voice, and hard to hear. */
const OWN_WORDS = ['nytt stycke', 'punkt'];
const RATE_HZ = 48_000;
const LEAD_SECONDS = 1;

/** The dictation as the fake microphone wants it. */
async function writeMicrophone(path: string): Promise<number> {
  const silence = (seconds: number) => new Float32Array(Math.round(seconds * RATE_HZ));
  const parts = [silence(LEAD_SECONDS)];
  for (const [clip, pauseSeconds] of SAID) {
    const file = new Uint8Array(await readFile(join(AUDIO, clip)));
    const { samples, rateHz } = await decodeAudio(file, { maxBytes: 1e6, maxSeconds: 60 });
    const resampler = new Resampler(rateHz, RATE_HZ);
    parts.push(resampler.push(samples), resampler.flush(), silence(pauseSeconds));
  }
  const sound = joined(...parts);
  await writeFile(path, await wavFile([floatToS16le(sound)], RATE_HZ).bytes());
  return sound.length / RATE_HZ;
}

/** The note that the same sound gives in one connection that nothing disturbs. */
async function undisturbed(port: number, { frames, sampleRateHz }: KeptSound): Promise<Record<string, string>> {
  const client = new DictatingClient({ frames, sampleRateHz });
  const end = await RawClient.open(port);
  const isDone = Promise.withResolvers<void>();
  end.onMessage = (message) => {
    client.receive(message);
    if (message.type === 'done') isDone.resolve();
    if (message.type === 'error') isDone.reject(new Error(message.message));
    while (client.canSend) client.sendNext();
  };
  client.connected({
    text: (message) => end.text('protocol' in message ? { ...message, vocabulary: OWN_WORDS } : message),
    binary: (bytes) => end.binary(bytes),
  });
  await isDone.promise;
  const sections = NOTE_SECTIONS.map((section) => ({ ...section, text: '' }));
  let state = startDictation({ sections, vocabulary: OWN_WORDS });
  for (const { index, words } of client.committed) {
    state = step(
      state,
      words.map((word, place) => ({ ...word, id: `${index}:${place}` })),
    ).state;
  }
  return Object.fromEntries(finalize(state).state.note.sections.map(({ id, text }) => [id, text]));
}

const noteOf = (page: Page) =>
  page.evaluate<Record<string, string>>(`Object.fromEntries(
    [...document.querySelectorAll('[data-section]')].map((section) => [
      section.dataset.section,
      [...section.querySelectorAll('p')].map((line) => line.textContent).join('\\n'),
    ]),
  )`);

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('a note dictated to the real server', () => {
  let folder: string;
  let server: RealServer;
  let network: CuttableNetwork;
  let browser: Browser;
  let clipSeconds: number;
  const dataDirectory = () => join(folder, 'data');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taltid-dictation-'));
    const microphone = join(folder, 'microphone.wav');
    clipSeconds = await writeMicrophone(microphone);
    server = await RealServer.start(dataDirectory());
    network = await CuttableNetwork.open(server.port);
    browser = await launchChromium(microphone);
  });
  afterAll(async () => {
    await browser?.close();
    network?.close();
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  /** Resolves when the page has heard so much of the clip. */
  const heard = (page: Page, seconds: number) =>
    expect.poll(() => keptFrameCount(page), { timeout: 90_000, interval: 200 }).toBeGreaterThanOrEqual(seconds * 10);

  async function begin(): Promise<Page> {
    const context = await browser.newContext({ permissions: ['microphone'] });
    onTestFinished(() => context.close());
    const settings = JSON.stringify({ words: OWN_WORDS.join('\n') });
    await context.addInitScript(`localStorage.setItem('taltid-own-settings', ${JSON.stringify(settings)})`);
    const { page } = await openTab(context, `http://127.0.0.1:${network.port}/diktera`);
    await page.keyboard.press('F2');
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    return page;
  }

  /** Waits for the end of the clip and of the note, and compares it with what its sound gives undisturbed. */
  async function finish(page: Page): Promise<void> {
    await heard(page, clipSeconds + 1);
    await page.keyboard.press('F2');
    await page.getByText('Paus', { exact: true }).waitFor();
    const expected = await undisturbed(server.port, await keptSound(page));
    await expect.poll(() => noteOf(page), { timeout: 30_000 }).toEqual(expected);
    expect(expected.kontaktorsak).toMatch(WRITTEN);
    await expectAccessible(page);
  }

  test('shows words while they are said, and follows what is commanded', async () => {
    const page = await begin();
    await page.locator('.provisional .stable').filter({ hasText: /\w/ }).waitFor();
    await expectAccessible(page);
    await page.locator('[data-section=kontaktorsak] .spoken').first().waitFor();
    await expectAccessible(page);
    await finish(page);
  });

  test('is the same when the network is cut off in the middle', async () => {
    const page = await begin();
    await heard(page, 4);
    network.cut();
    await page.getByText(/^: [3-9] s sparat$/).waitFor();
    await expectAccessible(page);
    network.mend();
    await page.getByText('Ikapp', { exact: true }).waitFor();
    await expectAccessible(page);
    await heard(page, 12);
    network.cut();
    network.mend();
    await finish(page);
  });

  test('is the same when the server is killed in the middle and started again', async () => {
    const page = await begin();
    await heard(page, 6);
    await server.kill();
    await page.getByText('Utan nät').waitFor();
    await expectAccessible(page);
    server = await RealServer.start(dataDirectory());
    network.targetPort = server.port;
    await finish(page);
  });
});

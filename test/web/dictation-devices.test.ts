import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, SOON, section, talk } from './dictation-page.ts';
import { FAKE_HID } from './fake-hid.ts';
import type { ScriptedLiveServer } from './scripted-live-server.ts';

/** The buttons as bits of a device's own reports. */
const POWER_MIC = {
  talk: 4,
  stop: 1,
  next: [8, 32],
  previous: [2, 16],
  undo: 128,
  play: 64,
  press: (bits: number) => `powerMic.report([0, ${bits & 255}, ${bits >> 8}])`,
};
const SPEECH_MIKE = {
  talk: 256,
  stop: 512,
  next: [2048],
  previous: [4096],
  undo: 2,
  play: 1024,
  press: (bits: number) => `speechMike.press(${bits})`,
};

const SECTION_IDS = ['kontaktorsak', 'anamnes', 'status'];
const SAID = ['hosta', 'feber', 'yrsel', 'klåda'];

/** Remembers the microphones that the page opens, and how long the sounds are that it plays. */
const OBSERVED = `(() => {
  globalThis.tracks = [];
  const open = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (wanted) {
    const stream = await open.call(this, wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
  globalThis.playedSeconds = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function () { playedSeconds.push(this.buffer.duration); start.call(this); };
})();`;

const listens = (page: Page) => page.getByText('Lyssnar', { exact: true }).waitFor();
const pauses = (page: Page) => page.getByText('Paus', { exact: true }).waitFor();

/** Resolves when the server was asked to commit what was said so far. */
function finalized(live: ScriptedLiveServer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  live.onFinalize = resolve;
  return promise;
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('dictation devices', () => {
  const openPage = dictationPages();

  describe.each([
    ['PowerMic', POWER_MIC],
    ['SpeechMike', SPEECH_MIKE],
  ] as const)('the buttons of a %s', (_name, device) => {
    test('record toggles, stop stops, section by section and back, undo takes back, play plays', async () => {
      const { page, live, complaints } = await openPage({ script: OBSERVED + FAKE_HID });
      const press = async (bits: number) => {
        await page.evaluate(device.press(bits));
        await page.evaluate(device.press(0));
      };
      await press(device.talk);
      await listens(page);
      await live.until(() => live.frameCount > 0);
      const steps = [...device.next.map((button) => [button, 1]), ...device.previous.map((button) => [button, -1])];
      let at = 0;
      for (const [step, [button = 0, by = 0]] of steps.entries()) {
        const isMoved = finalized(live);
        await press(button);
        await isMoved;
        at += by;
        live.commit(SAID[step]!);
        await section(page, SECTION_IDS[at]!).getByText(SAID[step]!).waitFor();
      }
      live.onFinalize = undefined;
      live.commit('kvar');
      live.commit('borta');
      await page.locator('.note').getByText('borta').waitFor();
      await press(device.undo);
      await expect.poll(() => page.locator('.note').getByText('borta').count(), SOON).toBe(0);
      expect(await page.locator('.note').getByText('kvar').count()).toBe(1);
      // The sound of the first word.
      await live.until(() => live.frameCount > 20);
      await press(device.stop);
      await pauses(page);
      await page.locator('.note').getByText(SAID[0]!).click();
      await expect.poll(() => page.evaluate('playedSeconds.length'), SOON).toBe(1);
      await press(device.play);
      await expect.poll(() => page.evaluate('playedSeconds.length'), SOON).toBe(2);
      await press(device.talk);
      await listens(page);
      await press(device.talk);
      await pauses(page);
      expect(complaints).toEqual([]);
    });
  });

  test('the lights say whether they listen', async () => {
    const { page } = await openPage({ script: FAKE_HID });
    await page.keyboard.press('F2');
    await listens(page);
    await expect.poll(() => page.evaluate('powerMic.sent'), SOON).toEqual([1]);
    const on = await page.evaluate('speechMike.sent');
    await page.keyboard.press('F2');
    await pauses(page);
    await expect.poll(() => page.evaluate('powerMic.sent'), SOON).toEqual([0]);
    await expect.poll(() => page.evaluate('speechMike.sent'), SOON).not.toEqual(on);
  });

  test('a pedal is held to talk, and its sides go through the sections', async () => {
    const { page, live } = await openPage({ script: FAKE_HID });
    const pedal = (buttons: number) => page.evaluate(`footControl.report([${buttons}])`);
    await pedal(2);
    await live.until(() => live.frameCount > 10);
    await pedal(0);
    await pauses(page);
    await pedal(4);
    await pedal(0);
    await pedal(4);
    await pedal(0);
    await pedal(1);
    await pedal(0);
    await talk(page, live);
    live.commit('frisk');
    await section(page, 'anamnes').getByText('Frisk').waitFor();
  });

  test('a device that is unplugged while its button is held pauses, and is counted no more', async () => {
    const { page, live } = await openPage({ script: FAKE_HID });
    await page.getByRole('button', { name: 'Inställningar' }).click();
    await page.getByText('3 anslutna').waitFor();
    await page.getByRole('button', { name: 'Stäng' }).click();
    await page.evaluate(POWER_MIC.press(POWER_MIC.talk));
    await live.until(() => live.frameCount > 0);
    await page.evaluate('unplug(powerMic)');
    await pauses(page);
    await page.getByRole('button', { name: 'Inställningar' }).click();
    await page.getByText('2 anslutna').waitFor();
  });

  describe('a microphone that is unplugged', () => {
    const unplug = (page: Page) => page.evaluate("tracks.at(-1).dispatchEvent(new Event('ended'))");

    test('is followed by the next one: what was said stays, and what is said goes on', async () => {
      const { page, live } = await openPage({ script: OBSERVED });
      await talk(page, live);
      live.commit('hosta sedan');
      await section(page, 'kontaktorsak').getByText('Hosta sedan').waitFor();
      live.onFinalize = () => live.commit('tre veckor');
      const before = live.frameCount;
      await unplug(page);
      await page.getByText(/^Mikrofonen kopplades från\. .* fortsätter med .+\.$/).waitFor();
      await listens(page);
      await live.until(() => live.frameCount > before + 5);
      await section(page, 'kontaktorsak').getByText('Hosta sedan tre veckor').waitFor();
      live.commit('utan feber');
      await section(page, 'kontaktorsak').getByText('Hosta sedan tre veckor utan feber').waitFor();
      expect(await page.getByRole('alert').textContent()).toBe('');
      expect(live.complaints).toEqual([]);
    });

    test('and was the only one is told calmly, and goes on when it is plugged in again', async () => {
      const { page, live } = await openPage({ script: OBSERVED });
      await talk(page, live);
      live.commit('hosta');
      await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
      await page.evaluate(`(() => {
        globalThis.list = MediaDevices.prototype.enumerateDevices;
        MediaDevices.prototype.enumerateDevices = async () => [];
      })()`);
      await unplug(page);
      await page.getByRole('alert').getByText('Mikrofonen kopplades från. Det som sades är sparat.').waitFor();
      await pauses(page);
      const before = live.frameCount;
      await page.evaluate(`(() => {
        MediaDevices.prototype.enumerateDevices = list;
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      })()`);
      await listens(page);
      await live.until(() => live.frameCount > before);
      live.commit('feber');
      await section(page, 'kontaktorsak').getByText('Hosta feber').waitFor();
    });

    test('while nobody dictates is no news', async () => {
      const { page, live } = await openPage({ script: OBSERVED });
      await talk(page, live);
      await page.keyboard.press('F2');
      await pauses(page);
      await unplug(page);
      expect(await page.locator('.messages').textContent()).toBe('');
      await talk(page, live);
    });
  });

  test('a microphone that gives nothing at all is told, until it gives something', async () => {
    const { page } = await openPage({
      script: `MediaDevices.prototype.getUserMedia = async () => {
        window.sound = new AudioContext().createMediaStreamDestination();
        return window.sound.stream;
      }`,
    });
    await page.keyboard.press('F2');
    const told = page.getByRole('alert').getByText('Mikrofonen ger inget ljud alls.');
    await told.waitFor();
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    await page.evaluate(`(() => {
      const tone = new OscillatorNode(window.sound.context);
      tone.connect(window.sound);
      tone.start();
    })()`);
    await told.waitFor({ state: 'detached' });
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { errorMessage } from '../../src/web/messages.sv.ts';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { ScriptedLiveServer } from '../web/scripted-live-server.ts';
import { HOST_NAME, madeCertificate } from './made-certificate.ts';
import { runApp } from './running-app.ts';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('on another computer the page', () => {
  let browser: Browser;
  let pageDirectory: string;

  beforeAll(async () => {
    pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    // As from elsewhere: by a name that no browser takes for its own machine.
    browser = await launchChromium(undefined, [`--host-resolver-rules=MAP ${HOST_NAME} 127.0.0.1`]);
  });
  afterAll(() => browser?.close());

  async function openPage(scheme: 'http' | 'https') {
    const { certificate } = await madeCertificate();
    const { app, port } = await runApp({
      pageDirectory,
      allowedHosts: [HOST_NAME],
      ...(scheme === 'https' && { certificate }),
    });
    const live = new ScriptedLiveServer(app.server);
    const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['microphone'] });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // This server has no clinic to ask who is signed in.
      const isOfClinic = message.location().url.endsWith('/api/me');
      if (message.type() === 'error' && !isOfClinic) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${scheme}://${HOST_NAME}:${port}/diktera`);
    await page.getByText('Paus', { exact: true }).waitFor();
    await page.keyboard.press('F2');
    return { page, live, complaints };
  }

  test('hears the microphone over HTTPS, within its content security policy', async () => {
    const { page, live, complaints } = await openPage('https');
    await page.getByText('Lyssnar', { exact: true }).waitFor();
    await live.until(() => live.frameCount > 0);
    expect(complaints).toEqual([]);
  });

  test('says over plain HTTP why it hears nothing', async () => {
    const { page, live } = await openPage('http');
    await page.getByText(errorMessage('MIC_INSECURE')).first().waitFor();
    expect(live.frameCount).toBe(0);
  });
});

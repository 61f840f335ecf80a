import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ClientOptions } from 'ws';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '../../src/live/settings.ts';
import { DictatingClient, type Dictation } from '../live/dictating-client.ts';
import { plant, plantedFrom, SimulatedSpeech } from '../live/simulated-speech.ts';
import { RawClient } from './live-client.ts';
import { type RunSettings, runApp } from './running-app.ts';

export const START = { type: 'start', protocol: 1, sampleRateHz: 16_000 };
const WORDS = Array.from({ length: 12 }, (_, word) => ({
  word,
  startSample: 8_000 + word * 20_000,
  endSample: 14_000 + word * 20_000,
}));
export const SOUND = plant(WORDS, 260_000);
const DICTATION: Dictation = {
  frames: Array.from({ length: 130 }, (_, index) => SOUND.slice(index * 2000, (index + 1) * 2000)),
  sampleRateHz: 16_000,
};

/** A server with live sessions whose recogniser hears planted words, gone when the test has finished. */
export async function runLive(changed: Partial<LiveSettings> = {}, server: RunSettings = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-live-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const settings = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 1, ...changed };
  const refused: string[] = [];
  const live = await LiveSessions.open({
    speech: new SimulatedSpeech(),
    folder,
    settings,
    log: (event) => event.event === 'live-refused' && refused.push(event.err.code),
  });
  const { port, url, app } = await runApp({ ...server, live });
  return { port, url, app, live, refused };
}

/** Dictates while something else happens; its words come through whole. */
export async function dictateWhile(
  server: number | string,
  trouble: () => Promise<void>,
  options: ClientOptions = {},
): Promise<void> {
  const client = new DictatingClient(DICTATION);
  const end = await RawClient.open(server, options);
  const isDone = Promise.withResolvers<void>();
  end.onMessage = (message) => {
    client.receive(message);
    if (message.type === 'ack' && message.seq === 10) void trouble().then(sendRest, isDone.reject);
    if (message.type === 'done') isDone.resolve();
    if (message.type === 'ready') for (let seq = 1; seq <= 10; seq++) client.sendNext();
  };
  const sendRest = () => {
    while (client.canSend) client.sendNext();
  };
  client.connected(end);
  await isDone.promise;
  expect(plantedFrom(client.committed.flatMap(({ words }) => words))).toEqual(WORDS);
  expect(await end.refusal()).toEqual([undefined, 'done']);
}

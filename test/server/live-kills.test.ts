import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { DictatingClient, type Dictation } from '../live/dictating-client.ts';
import { plant, plantedFrom } from '../live/simulated-speech.ts';
import { RawClient } from './live-client.ts';

const KILLS = 5;
const FRAME_SAMPLES = 1600;
const WORDS = Array.from({ length: 60 }, (_, word) => ({
  word,
  startSample: 8_000 + word * 12_000 + (word % 7) * 300,
  endSample: 13_000 + word * 12_000 + (word % 7) * 300,
}));
const SOUND = plant(WORDS, 760_000);
const DICTATION: Dictation = {
  frames: Array.from({ length: SOUND.length / FRAME_SAMPLES }, (_, index) =>
    SOUND.slice(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES),
  ),
  sampleRateHz: 16_000,
};

async function startServer(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'live-child.ts'), folder]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (port !== undefined) return { child, port: Number(port) };
  }
  throw new Error('expected the server to say where it listens; its log ended');
}

/** Dictates on one connection until the server has acknowledged some more, or to the end. */
async function dictate(client: DictatingClient, port: number, ackedFrames: number): Promise<void> {
  const end = await RawClient.open(port);
  const isEnough = Promise.withResolvers<void>();
  end.onMessage = (message) => {
    client.receive(message);
    if (message.type === 'ack' && message.seq >= ackedFrames) isEnough.resolve();
    if (message.type === 'done') isEnough.resolve();
    // As many frames under way as fit between two acknowledgements.
    while (client.canSend && client.sentFrames < client.ackedSeq + 60) client.sendNext();
  };
  client.connected(end);
  await isEnough.promise;
}

test(`a server killed ${KILLS} times in the middle of a dictation neither loses nor doubles a word`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-kills-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const client = new DictatingClient(DICTATION);
  for (let kill = 1; kill <= KILLS; kill++) {
    const { child, port } = await startServer(folder);
    await dictate(client, port, (DICTATION.frames.length * kill) / (KILLS + 1));
    child.kill('SIGKILL');
    await once(child, 'exit');
    client.disconnected();
  }
  expect(client.committed.length).toBeGreaterThan(0);
  const { port } = await startServer(folder);
  await dictate(client, port, Number.POSITIVE_INFINITY);
  expect(client.isDone).toBe(true);
  expect(plantedFrom(client.committed.flatMap(({ words }) => words))).toEqual(WORDS);
});

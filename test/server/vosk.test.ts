import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { VoskReply } from '../../src/contracts/vosk.ts';
import { type LevelWord, plantLevels } from '../live/level-speech.ts';
import { RawClient } from './live-client.ts';
import { bytesOf, ProtocolClient, runLevels } from './protocol-client.ts';

const RATE_HZ = 16_000;
const CHUNK_BYTES = 4000;
/** Two utterances, with a pause of 1.5 s after each. */
const WORDS: readonly LevelWord[] = [
  { level: 1, startSeconds: 0.5, endSeconds: 1 },
  { level: 2, startSeconds: 1.2, endSeconds: 1.5 },
  { level: 3, startSeconds: 3, endSeconds: 3.6 },
];
const SECONDS = 5;

function open(port: number): Promise<ProtocolClient<VoskReply>> {
  return ProtocolClient.open(`ws://127.0.0.1:${port}/vosk`);
}

function chunksOf(sound: Uint8Array, chunkBytes = CHUNK_BYTES): Uint8Array[] {
  return Array.from({ length: Math.ceil(sound.length / chunkBytes) }, (_, index) =>
    sound.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
}

/** As clients do: a piece of sound, and the next one when it is answered. */
async function converse(client: ProtocolClient<VoskReply>, chunks: readonly Uint8Array[]): Promise<VoskReply[]> {
  const replies: VoskReply[] = [];
  for (const chunk of chunks) {
    client.socket.send(chunk);
    const [data] = await once(client.socket, 'message');
    replies.push(JSON.parse(String(data)));
  }
  return replies;
}

function textsOf(replies: readonly VoskReply[]): string[] {
  return replies.flatMap((reply) => ('text' in reply ? [reply.text] : []));
}

const SOUND = bytesOf(plantLevels(WORDS, SECONDS, RATE_HZ));

describe('each message of sound is answered once,', () => {
  test('by the words of an utterance that has ended, else by what is provisional; eof by the rest, and goodbye', async () => {
    const { port } = await runLevels();
    const client = await open(port);
    client.send({ config: { sample_rate: RATE_HZ } });
    const chunks = chunksOf(SOUND);
    const replies = await converse(client, chunks);
    expect(replies).toHaveLength(chunks.length);
    client.send({ eof: 1 });
    expect(await client.closedAs()).toBe('done');
    expect(client.received).toHaveLength(chunks.length + 1);
    expect(textsOf(client.received).filter((text) => text !== '')).toEqual(['l1 l2', 'l3']);
    expect(client.received.every((reply) => 'partial' in reply !== 'text' in reply)).toBe(true);
  });

  test('also when the client does not wait for answers, and cuts samples in two', async () => {
    const { port } = await runLevels();
    const client = await open(port);
    client.send({ config: { sample_rate: RATE_HZ } });
    const chunks = chunksOf(SOUND, 999);
    for (const chunk of chunks) client.socket.send(chunk);
    client.send({ eof: 1 });
    expect(await client.closedAs()).toBe('done');
    expect(client.received).toHaveLength(chunks.length + 1);
    expect(textsOf(client.received).join(' ').trim()).toBe('l1 l2 l3');
  });

  test('in the place where the utterance ended, however fast the sound is sent', async () => {
    const { port } = await runLevels();
    const client = await open(port);
    client.send({ config: { sample_rate: RATE_HZ } });
    const pause = new Uint8Array(2 * RATE_HZ * 4);
    const replies = await converse(client, chunksOf(Buffer.concat([SOUND, pause, SOUND, pause])));
    const at = replies.flatMap((reply, index) => ('text' in reply ? [(index * CHUNK_BYTES) / 2 / RATE_HZ] : []));
    // The ends of utterances, after which it is let no more than 2 s and an utterance ahead.
    const ends = [1.5, 3.6, SECONDS + 4 + 1.5, SECONDS + 4 + 3.6];
    expect(at).toHaveLength(ends.length);
    for (const [index, end] of ends.entries()) {
      expect(at[index]).toBeGreaterThan(end);
      expect(at[index]).toBeLessThan(end + 4);
    }
  });
});

describe('words come', () => {
  async function result(config: object): Promise<VoskReply> {
    const { port } = await runLevels();
    const client = await open(port);
    client.send({ config: { sample_rate: RATE_HZ, ...config } });
    client.socket.send(bytesOf(plantLevels(WORDS.slice(0, 1), 1.2, RATE_HZ)));
    client.send({ eof: 1 });
    await client.closedAs();
    return client.received.at(-1)!;
  }

  test('with times and confidence unless the client does without', async () => {
    const word = { word: 'l1', conf: 0.5, start: expect.closeTo(0.5, 1), end: expect.closeTo(1, 1) };
    expect(await result({})).toEqual({ text: 'l1', result: [word] });
    expect(await result({ words: 0 })).toEqual({ text: 'l1' });
  });

  test('as an alternative where alternatives are asked for', async () => {
    expect(await result({ max_alternatives: 3, words: false })).toEqual({
      alternatives: [{ text: 'l1', confidence: 0.5 }],
    });
  });

  test('at 8000 Hz from a client that does not say how it sends', async () => {
    const { port } = await runLevels();
    const client = await open(port);
    await converse(client, chunksOf(bytesOf(plantLevels(WORDS, SECONDS, 8000))));
    client.send({ eof: 1 });
    await client.closedAs();
    expect(textsOf(client.received).join(' ').trim()).toBe('l1 l2 l3');
  });

  test('with the phrases to expect told to the recogniser', async () => {
    const { port, speech } = await runLevels();
    const client = await open(port);
    client.send({ config: { sample_rate: RATE_HZ, phrase_list: ['blodtryck puls', '[unk]'] } });
    await converse(client, chunksOf(SOUND));
    client.send({ eof: 1 });
    await client.closedAs();
    expect(speech.wishes.length).toBeGreaterThan(0);
    for (const { prompt } of speech.wishes) expect(prompt).toBe('blodtryck puls');
  });
});

test('reset gives what was said so far, and the connection stays open', async () => {
  const { port } = await runLevels();
  const client = await open(port);
  client.send({ config: { sample_rate: RATE_HZ } });
  const untilMiddle = bytesOf(plantLevels(WORDS, 1.1, RATE_HZ));
  await converse(client, [untilMiddle]);
  client.send({ reset: 1 });
  expect((await client.first(2))[1]).toMatchObject({ text: 'l1' });
  await converse(client, chunksOf(SOUND.subarray(untilMiddle.length)));
  client.send({ eof: 1 });
  expect(await client.closedAs()).toBe('done');
  expect(textsOf(client.received).join(' ').trim()).toBe('l1 l2 l3');
});

test('who says nothing at all gets empty answers', async () => {
  const { port, live } = await runLevels();
  const client = await open(port);
  client.send({ reset: 1 });
  client.send({ eof: 1 });
  expect(await client.closedAs()).toBe('done');
  expect(client.received).toEqual([{ text: '' }, { text: '' }]);
  expect(live.sessionCount).toBe(0);
});

describe('a client is closed out by name', () => {
  const soon = bytesOf(plantLevels(WORDS, 0.2, RATE_HZ));
  test.each<[string, (client: ProtocolClient<VoskReply>) => void, string | number]>([
    ['with text that is no JSON', (client) => client.socket.send('{'), 'badMessage'],
    ['with an unknown wish', (client) => client.send({ hack: 1 }), 'badMessage'],
    ['with a rate that there is not', (client) => client.send({ config: { sample_rate: 1 } }), 'badMessage'],
    [
      'with a rate that the resampler does not take',
      (client) => {
        client.send({ config: { sample_rate: 44_101 } });
        client.socket.send(soon);
      },
      'badMessage',
    ],
    [
      'when it changes the rate on its way',
      (client) => {
        client.send({ config: { sample_rate: RATE_HZ } });
        client.socket.send(soon);
        client.send({ config: { sample_rate: 8000 } });
      },
      'badMessage',
    ],
    ['with a huge message', (client) => client.socket.send(new Uint8Array(2 << 20)), 1009],
    [
      'with a flood of messages',
      (client) => {
        for (let sent = 0; sent < 600; sent++) client.socket.send(new Uint8Array(2));
      },
      'tooFast',
    ],
  ])('%s', async (_what, attack, name) => {
    const { port } = await runLevels({ messageBurst: 500, messagesPerSecond: 1 });
    const client = await open(port);
    attack(client);
    expect(await client.closedAs()).toBe(name);
  });

  test('when as many sessions are live as there may be, those of other protocols included', async () => {
    const { port } = await runLevels({ maxSessions: 1 });
    const other = await RawClient.open(port);
    other.text({ type: 'start', protocol: 1, sampleRateHz: 16_000 });
    await once(other.socket, 'message');
    const client = await open(port);
    client.socket.send(soon);
    expect(await client.closedAs()).toBe('full');
  });

  test('when the server stops', async () => {
    const { app, port } = await runLevels();
    const client = await open(port);
    await converse(client, [soon]);
    await app.close();
    expect(await client.closedAs()).toBe('shuttingDown');
  });
});

test('nothing of a session is stored, and it is gone with its connection', async () => {
  const { port, live, folder } = await runLevels();
  const client = await open(port);
  await converse(client, [SOUND]);
  expect(live.sessionCount).toBe(1);
  expect(await readdir(folder)).toEqual([]);
  client.socket.terminate();
  await expect.poll(() => live.sessionCount).toBe(0);
});

import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LevelWord, plantLevels } from '../live/level-speech.ts';
import { COMPLETED, DELTA, type RealtimeEvent, RealtimeRaw, runRealtime } from './realtime-events.ts';

const RATE_HZ = 24_000;
const MANUAL = { turn_detection: null };
/** Two turns, with a pause of 1.5 s after each. */
const WORDS: readonly LevelWord[] = [
  { level: 1, startSeconds: 0.5, endSeconds: 1 },
  { level: 2, startSeconds: 1.2, endSeconds: 1.5 },
  { level: 3, startSeconds: 3, endSeconds: 3.6 },
];
const SOUND = plantLevels(WORDS, 5, RATE_HZ);

function between(startSeconds: number, endSeconds: number): Int16Array {
  return SOUND.slice(startSeconds * RATE_HZ, endSeconds * RATE_HZ);
}

describe('a session tells', () => {
  test('first what it is, and then what became of an update', async () => {
    const { client } = await runRealtime();
    expect(client.received[0]!.session).toMatchObject({
      object: 'realtime.transcription_session',
      type: 'transcription',
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: RATE_HZ },
          transcription: { model: 'whisper-base', language: 'sv' },
          noise_reduction: null,
          turn_detection: { type: 'server_vad', silence_duration_ms: 500 },
        },
      },
    });
    client.update({
      format: { type: 'audio/pcmu' },
      transcription: { model: 'gpt-4o-transcribe', language: 'sv-SE', keywords: ['Alvedon'] },
      turn_detection: { type: 'server_vad', silence_duration_ms: 100, threshold: 0.9 },
      noise_reduction: { type: 'near_field' },
    });
    const [{ session }] = (await client.until('updated')) as [RealtimeEvent];
    expect(session).toMatchObject({
      audio: {
        input: {
          format: { type: 'audio/pcmu' },
          transcription: { model: 'gpt-4o-transcribe', language: 'sv', keywords: ['Alvedon'] },
          noise_reduction: null,
          turn_detection: { silence_duration_ms: 300, threshold: 0.5 },
        },
      },
    });
  });

  test('the recogniser its keywords and its prompt as text said before, from an update on', async () => {
    const { client, speech } = await runRealtime();
    client.update({ ...MANUAL, transcription: { keywords: ['Alvedon', ' '], prompt: 'Anamnes.' } });
    client.append(between(0, 2));
    client.commit();
    await client.until('completed');
    client.update({ transcription: { keywords: [], prompt: '' } });
    client.append(between(2, 5));
    client.commit();
    await client.until('completed', 2);
    expect(speech.wishes.at(0)).toMatchObject({ prompt: 'Alvedon. Anamnes.' });
    expect(speech.wishes.at(-1)?.prompt).toBeUndefined();
  });

  test('clients of before in their own form', async () => {
    const { port } = await runRealtime();
    const browser = await RealtimeRaw.connect(port, ['realtime', 'openai-beta.realtime-v1']);
    expect(browser.received[0]!.type).toBe('transcription_session.created');
    const client = await RealtimeRaw.connect(port, [], { 'openai-beta': 'realtime=v1' });
    expect(client.received[0]).toMatchObject({
      type: 'transcription_session.created',
      session: { input_audio_format: 'pcm16', turn_detection: { type: 'server_vad' } },
    });
    client.send({
      type: 'transcription_session.update',
      session: { input_audio_format: 'pcm16', input_audio_transcription: { model: 'whisper-1' }, turn_detection: null },
    });
    await client.until('transcription_session.updated');
    client.append(SOUND);
    client.commit();
    const [completed] = await client.until('completed');
    expect(completed!.transcript).toBe('l1 l2 l3');
    expect(client.types).toEqual(['created', 'updated', 'committed', 'created', 'delta', 'completed']);
  });
});

describe('with the voice detector', () => {
  test('each turn becomes an item: begun, over, committed, added, its words, and all of them', async () => {
    const { client } = await runRealtime();
    client.append(SOUND);
    await client.until('completed', 2);
    const [first, second] = client.ofType('input_audio_buffer.committed');
    expect(first).toMatchObject({ previous_item_id: null });
    expect(second).toMatchObject({ previous_item_id: first!.item_id });
    for (const { item_id } of [first!, second!]) {
      const ofItem = client.received.filter((event) => (event.item_id ?? event.item?.id) === item_id);
      const turn = ['speech_started', 'speech_stopped', 'committed', 'added', 'delta', 'completed'];
      expect(ofItem.map(({ type }) => type.split('.').at(-1))).toEqual(turn);
    }
    expect(client.ofType(DELTA).map(({ delta }) => delta)).toEqual(['l1 l2', 'l3']);
    expect(client.ofType(COMPLETED).map(({ transcript }) => transcript)).toEqual(['l1 l2', 'l3']);
    const [started] = client.ofType('input_audio_buffer.speech_started');
    const [stopped] = client.ofType('input_audio_buffer.speech_stopped');
    expect(started!.audio_start_ms).toBeGreaterThan(100);
    expect(started!.audio_start_ms).toBeLessThan(500);
    expect(stopped!.audio_end_ms).toBeGreaterThan(1500);
    const [completed] = client.ofType(COMPLETED);
    expect(completed!.usage!.seconds * 1000).toBeCloseTo(stopped!.audio_end_ms! - started!.audio_start_ms!, -1);
    expect(new Set(client.received.map(({ event_id }) => event_id)).size).toBe(client.received.length);
  });

  test('words of a turn that goes on for more than 15 s come before its end, and none twice', async () => {
    const { client } = await runRealtime();
    const words = Array.from({ length: 40 }, (_, at) => ({
      level: 1 + (at % 12),
      startSeconds: 0.5 + 0.6 * at,
      endSeconds: 0.8 + 0.6 * at,
    }));
    client.append(plantLevels(words, 27, RATE_HZ));
    const [completed] = await client.until('completed');
    expect(completed!.transcript).toBe(words.map(({ level }) => `l${level}`).join(' '));
    const deltas = client.ofType(DELTA).map(({ delta }) => delta);
    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.join('')).toBe(completed!.transcript);
    expect(client.types.indexOf('delta')).toBeLessThan(client.types.indexOf('stopped'));
    expect(client.ofType('input_audio_buffer.speech_started')).toHaveLength(1);
  });

  test('a turn that falls silent right where it was cut is completed too', async () => {
    const { client } = await runRealtime();
    client.append(plantLevels([{ level: 5, startSeconds: 0.5, endSeconds: 15.1 }], 17, RATE_HZ));
    const [completed] = await client.until('completed');
    expect(completed!.transcript).toMatch(/^l5/);
    expect(client.types.filter((type) => type === 'started')).toHaveLength(1);
  });

  test('the client may commit before the pause has come, and its item is the one that was begun', async () => {
    const { client } = await runRealtime();
    client.append(between(0, 1.5));
    const [started] = await client.until('started');
    client.commit();
    const [completed] = await client.until('completed');
    expect(completed).toMatchObject({ item_id: started!.item_id, transcript: 'l1 l2' });
    expect(client.types).not.toContain('stopped');
    client.append(between(1.5, 5));
    expect((await client.until('completed', 2))[1]).toMatchObject({ transcript: 'l3' });
  });

  test('log-probabilities come for each word to those who ask', async () => {
    const { client } = await runRealtime();
    client.update({}, ['item.input_audio_transcription.logprobs']);
    client.append(SOUND);
    const [completed] = await client.until('completed');
    expect(completed!.logprobs!.map(({ token }) => token)).toEqual(['l1', ' l2']);
    expect(client.ofType(DELTA)[0]!.logprobs).toEqual(completed!.logprobs);
  });
});

describe('without it', () => {
  test('nothing is told before the client commits', async () => {
    const { client, speech } = await runRealtime();
    client.update(MANUAL);
    client.append(SOUND);
    await expect.poll(() => speech.heardSamples.length).toBe(2);
    expect(client.types).toEqual(['created', 'updated']);
    client.commit();
    const [completed] = await client.until('completed');
    expect(completed).toMatchObject({ transcript: 'l1 l2 l3', usage: { seconds: 5 } });
    expect(client.types.slice(2)).toEqual(['committed', 'added', 'delta', 'completed']);
  });

  test('what the client clears is never told', async () => {
    const { client } = await runRealtime();
    client.update(MANUAL);
    client.append(between(0, 2.5));
    client.clear();
    client.append(between(2.5, 5));
    client.commit();
    const [completed] = await client.until('completed');
    expect(completed!.transcript).toBe('l3');
    expect(client.types.slice(2)).toEqual(['cleared', 'committed', 'added', 'delta', 'completed']);
  });

  test('an item of silence has no words', async () => {
    const { client } = await runRealtime();
    client.update(MANUAL);
    client.append(new Int16Array(RATE_HZ));
    client.commit();
    expect((await client.until('completed'))[0]).toMatchObject({ transcript: '' });
    expect(client.ofType(DELTA)).toEqual([]);
  });

  test('however sound is cut up: each item has the words of its stretch, and those cleared are gone', async () => {
    const { port } = await runRealtime({ maxSessions: 100, messageBurst: 1e6, soundBurstSeconds: 1e6 });
    const piece = fc.record({
      seconds: fc.integer({ min: 1, max: 60 }),
      wish: fc.constantFrom('', '', 'commit', 'clear'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        const client = await RealtimeRaw.connect(port);
        client.update(MANUAL);
        const expected: string[] = [];
        let buffered: string[] = [];
        // A word of 0.3 s and a pause to each tenth that a piece is long: some are in one utterance, some are not.
        let level = 0;
        for (const { seconds, wish } of pieces) {
          level = 1 + (level % 12);
          const pauseSeconds = seconds / 20;
          const word = { level, startSeconds: 0.05, endSeconds: 0.35 };
          client.append(plantLevels([word], 0.4 + pauseSeconds, RATE_HZ));
          buffered.push(`l${level}`);
          if (wish === 'commit') {
            client.commit();
            expected.push(buffered.join(' '));
          }
          if (wish === 'clear') client.clear();
          if (wish !== '') buffered = [];
        }
        client.append(new Int16Array(RATE_HZ));
        client.commit();
        expected.push(buffered.join(' '));
        await client.until('completed', expected.length);
        expect(client.ofType(COMPLETED).map(({ transcript }) => transcript)).toEqual(expected);
        for (const { item_id, transcript } of client.ofType(COMPLETED)) {
          const deltas = client.ofType(DELTA).filter((event) => event.item_id === item_id);
          expect(deltas.map(({ delta }) => delta).join('')).toBe(transcript);
        }
        client.socket.terminate();
      }),
      { numRuns: 20 },
    );
  });
});

test('G.711 is heard like anything else', async () => {
  const { client } = await runRealtime();
  client.update({ ...MANUAL, format: { type: 'audio/pcma' } });
  // A-law for 8 and for 4032.
  const sound = new Uint8Array(16_000).fill(0xd5).fill(0x9a, 4000, 8000);
  client.append(sound);
  client.commit();
  expect((await client.until('completed'))[0]!.transcript).toBe('l2');
});

test('nothing of a session is stored, and it is gone with its connection', async () => {
  const { client, live, folder } = await runRealtime();
  client.append(SOUND);
  await client.until('completed', 2);
  expect(live.sessionCount).toBe(1);
  expect(await readdir(folder)).toEqual([]);
  client.socket.terminate();
  await expect.poll(() => live.sessionCount).toBe(0);
});

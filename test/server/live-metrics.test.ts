import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { frameBytes } from '../live/dictating-client.ts';
import { RawClient } from './live-client.ts';
import { metric } from './running-app.ts';
import { dictateWhile, runLive, SOUND, START } from './running-live.ts';

async function begin(port: number, start: object = START) {
  const client = await RawClient.open(port);
  client.text(start);
  await once(client.socket, 'message');
  const [ready] = client.received;
  if (ready?.type !== 'ready') throw new Error(`expected ready; got ${ready?.type}`);
  return { client, ready };
}

describe('the metrics of live sessions', () => {
  test('are all there, at zero, before anybody came', async () => {
    const { url } = await runLive();
    const names = [
      'taltid_live_sessions',
      'taltid_live_sessions_attended',
      'taltid_live_connections',
      'taltid_live_journal_bytes',
      'taltid_live_lag_seconds_count',
      'taltid_live_commit_seconds_count',
      'taltid_live_drafts_thinned_total',
    ];
    expect(await Promise.all(names.map((name) => metric(url, name)))).toEqual(names.map(() => 0));
  });

  test('after a dictation tell that it was begun and done, its lag, and each utterance’s time to its text', async () => {
    const { port, url, live } = await runLive();
    await dictateWhile(port, async () => {
      expect(await metric(url, 'taltid_live_sessions')).toBe(1);
      expect(await metric(url, 'taltid_live_sessions_attended')).toBe(1);
    });
    await expect.poll(() => live.sessionCount).toBe(0);
    expect(await metric(url, 'taltid_live_sessions_total{event="begun"}')).toBe(1);
    expect(await metric(url, 'taltid_live_sessions_total{event="done"}')).toBe(1);
    expect(await metric(url, 'taltid_live_commit_seconds_count')).toBe(12);
    expect(await metric(url, 'taltid_live_lag_seconds_count')).toBeGreaterThan(0);
    // 260,000 samples of 16 bits and what they are written with.
    expect(await metric(url, 'taltid_live_journal_bytes')).toBeGreaterThan(520_000);
    expect(await metric(url, 'taltid_live_sessions')).toBe(0);
  });

  test('tell who was resumed, who has no client, and who was refused and why', async () => {
    const { port, url, live } = await runLive();
    const { client, ready } = await begin(port);
    client.socket.terminate();
    await expect.poll(() => live.attendedCount).toBe(0);
    expect(await metric(url, 'taltid_live_sessions')).toBe(1);
    expect(await metric(url, 'taltid_live_sessions_attended')).toBe(0);
    const { sessionId, token } = ready;
    const thief = await RawClient.open(port);
    thief.text({ ...START, resume: { sessionId, token: 'guessed', committedReceived: 0 } });
    await thief.refusal();
    const again = await begin(port, { ...START, resume: { sessionId, token, committedReceived: 0 } });
    again.client.socket.send('{');
    await again.client.refusal();
    expect(await metric(url, 'taltid_live_sessions_total{event="resumed"}')).toBe(1);
    expect(await metric(url, 'taltid_live_refusals_total{code="LIVE_NOT_ALLOWED"}')).toBe(1);
    expect(await metric(url, 'taltid_live_refusals_total{code="REQUEST_INVALID"}')).toBe(1);
  });

  test('hold neither ids, nor tokens, nor words', async () => {
    const { port, url } = await runLive();
    const { client, ready } = await begin(port, { ...START, vocabulary: ['Hemligsson'] });
    for (let seq = 1; seq <= 26; seq++) client.binary(frameBytes(seq, SOUND.slice((seq - 1) * 10_000, seq * 10_000)));
    client.text({ type: 'stop', lastSeq: 26 });
    await client.refusal();
    const text = await (await fetch(`${url}/metrics`)).text();
    const words = client.received.flatMap((message) => (message.type === 'committed' ? message.words : []));
    expect(words.length).toBeGreaterThan(0);
    for (const secret of [ready.sessionId, ready.token, 'Hemligsson', ...words.map((word) => `"${word.text}"`)]) {
      expect(text).not.toContain(secret);
    }
  });
});

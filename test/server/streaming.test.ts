import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import { metric, postForm, runApp, someFile } from './running-app.ts';

const STREAMED = { file: someFile(), model: 'whisper-1', stream: true } as const;

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterable) items.push(item);
  return items;
}

describe('stream=true', () => {
  test('gives increments that joined are the text, and one done at the end', async () => {
    const { client } = await runApp();
    const events = await collect(await client.audio.transcriptions.create(STREAMED));
    expect(events).toEqual([
      { type: 'transcript.text.delta', delta: 'Blodtrycket är <140.', segment_id: 'seg_0' },
      { type: 'transcript.text.delta', delta: ' Åter om sex veckor.', segment_id: 'seg_1' },
      {
        type: 'transcript.text.done',
        text: 'Blodtrycket är <140. Åter om sex veckor.',
        usage: { type: 'duration', seconds: 4.5 },
      },
    ]);
  });

  test('a segment is out before the next one is recognised', async () => {
    const { client, transcriber } = await runApp();
    const gate = Promise.withResolvers<void>();
    transcriber.gate = gate.promise;
    const events = (await client.audio.transcriptions.create(STREAMED))[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ delta: 'Blodtrycket är <140.' });
    gate.resolve();
    expect((await events.next()).value).toMatchObject({ delta: ' Åter om sex veckor.' });
  });

  test('with verbose_json each increment is followed by its times', async () => {
    const { client } = await runApp();
    const stream = await client.audio.transcriptions.create({ ...STREAMED, response_format: 'verbose_json' });
    const events = await collect(stream);
    expect(events.map(({ type }) => type)).toEqual([
      'transcript.text.delta',
      'transcript.text.segment',
      'transcript.text.delta',
      'transcript.text.segment',
      'transcript.text.done',
    ]);
    expect(events[3]).toMatchObject({ id: 'seg_1', start: 2.5, end: 4.25, text: 'Åter om sex veckor.' });
  });

  test('with logprobs the tokens of the increments are those of the end', async () => {
    const { client } = await runApp();
    const events = await collect(await client.audio.transcriptions.create({ ...STREAMED, include: ['logprobs'] }));
    const tokens = events.map((event) => ('logprobs' in event ? (event.logprobs ?? []).map(({ token }) => token) : []));
    expect(tokens.slice(0, -1).flat()).toEqual(tokens.at(-1));
  });

  test('silence is a done with no text', async () => {
    const { client, transcriber } = await runApp();
    transcriber.segments = [];
    const events = await collect(await client.audio.transcriptions.create(STREAMED));
    expect(events).toMatchObject([{ type: 'transcript.text.done', text: '' }]);
  });

  test('is plain server-sent events without a [DONE]', async () => {
    const { url } = await runApp();
    const answer = await postForm(url, [
      ['stream', 'true'],
      ['file', someFile()],
    ]);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const lines = (await answer.text()).split('\n\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line.replace(/^data: /, '')).type).at(-1)).toBe('transcript.text.done');
  });

  test('a failure before the first word is an HTTP status', async () => {
    const { client, transcriber } = await runApp();
    const error = new AppError('AUDIO_NOT_AUDIO', 'the file holds no audio', { expected: 'audio', got: 'text' });
    transcriber.failure = { error, after: 'nothing' };
    await expect(client.audio.transcriptions.create(STREAMED)).rejects.toMatchObject({
      status: 400,
      code: 'audio_not_audio',
      param: 'file',
    });
  });

  test('a failure on the way is the last event, which the client throws', async () => {
    const { client, transcriber, url } = await runApp();
    const error = new AppError('SPEECH_WORKER_DIED', 'the worker died', { retryable: true });
    transcriber.failure = { error, after: 'segments' };
    const texts: string[] = [];
    const reading = async () => {
      for await (const event of await client.audio.transcriptions.create(STREAMED)) {
        if (event.type === 'transcript.text.delta') texts.push(event.delta);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'speech_worker_died' });
    expect(texts[0]).toBe('Blodtrycket är <140.');
    expect(await metric(url, 'taltid_errors_total{code="SPEECH_WORKER_DIED"}')).toBe(1);
  });
});

describe('a client that goes away', () => {
  test('in the middle of a stream cancels the work', async () => {
    const { client, transcriber } = await runApp();
    transcriber.gate = new Promise(() => {});
    const stream = await client.audio.transcriptions.create(STREAMED);
    for await (const _event of stream) break;
    await transcriber.cancelled.promise;
  });

  test('while waiting for a whole answer cancels the work', async () => {
    const { client, transcriber } = await runApp();
    transcriber.gate = new Promise(() => {});
    const controller = new AbortController();
    const answer = client.audio.transcriptions.create({ file: someFile(), model: 'x' }, { signal: controller.signal });
    const refused = expect(answer).rejects.toThrow();
    await transcriber.asked.promise;
    controller.abort();
    await transcriber.cancelled.promise;
    await refused;
  });

  test('in the middle of its upload leaves nothing behind', async () => {
    const { url, port, transcriber } = await runApp();
    const upload = httpRequest({
      port,
      method: 'POST',
      path: '/v1/audio/transcriptions',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1_000_000 },
    });
    upload.on('error', () => {});
    upload.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n');
    upload.write(Buffer.alloc(200_000));
    await expect.poll(() => metric(url, 'taltid_upload_bytes')).toBe(1_000_000);
    upload.destroy();
    await expect.poll(() => metric(url, 'taltid_upload_bytes')).toBe(0);
    await expect.poll(() => metric(url, 'taltid_errors_total{code="CANCELLED"}')).toBe(1);
    expect(transcriber.requests).toHaveLength(0);
  });
});

test('a reader that stops reading holds back the stream, and not the server', async () => {
  const { transcriber, port, url } = await runApp();
  const segment = transcriber.segments[0]!;
  const text = 'x'.repeat(100_000);
  transcriber.segments = Array.from({ length: 100 }, (_, index) => ({ ...segment, index, text }));
  const form =
    '--b\r\ncontent-disposition: form-data; name="stream"\r\n\r\ntrue\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--b--\r\n';
  const request = httpRequest({
    port,
    method: 'POST',
    path: '/v1/audio/transcriptions',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  request.end(form);
  const [answer] = await once(request, 'response');
  expect((await fetch(`${url}/health`)).status).toBe(200);
  let sizeBytes = 0;
  for await (const chunk of answer) sizeBytes += chunk.length;
  expect(sizeBytes).toBeGreaterThan(2 * 100 * 100_000);
});

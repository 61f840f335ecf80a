import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../src/contracts/errors.ts';
import { DEFAULT_CONNECTION_LIMITS } from '../../src/server/http-servers.ts';
import { shutDown } from '../../src/server/shutdown.ts';
import { metric, postForm, runApp, someFile } from './running-app.ts';

const PATH = '/v1/audio/transcriptions';

describe('errors under /v1', () => {
  test.each<[ErrorCode, number, string, string | null, boolean]>([
    ['AUDIO_EMPTY', 400, 'invalid_request_error', 'file', false],
    ['AUDIO_TOO_LONG', 413, 'invalid_request_error', 'file', false],
    ['MODEL_NOT_FOUND', 404, 'invalid_request_error', 'model', false],
    ['SPEECH_BUSY', 429, 'rate_limit_error', null, true],
    ['SPEECH_WORKER_DIED', 503, 'server_error', null, true],
    ['SPEECH_TIMEOUT', 504, 'server_error', null, false],
  ])('%s is %i %s', async (code, status, type, param, retryable) => {
    const { url, transcriber } = await runApp();
    transcriber.failure = { error: new AppError(code, 'planted', { retryable }), after: 'nothing' };
    const answer = await postForm(url, [['file', someFile()]]);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: { message: 'planted', type, param, code: code.toLowerCase() } });
    expect(answer.headers.has('retry-after')).toBe(retryable);
    expect(await metric(url, `taltid_errors_total{code="${code}"}`)).toBe(1);
  });

  test('what went wrong inside is logged and not told', async () => {
    const { url, transcriber, logLines } = await runApp();
    transcriber.failure = { error: new TypeError('secret detail'), after: 'nothing' };
    const answer = await postForm(url, [['file', someFile()]]);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret detail');
    expect(logLines.join('')).toContain('secret detail');
  });

  test('a model that is not installed is told with those that are', async () => {
    const { client } = await runApp();
    await expect(client.models.retrieve('gpt-9')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      message: expect.stringContaining('whisper-base'),
    });
  });

  test('an unknown address is told in the same form', async () => {
    const { url } = await runApp();
    const answer = await fetch(`${url}/v1/nothing`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'not_found' } });
  });
});

test('whoever sends a short body slowly is cut off; a recording may take its time', async () => {
  const connectionLimits = { ...DEFAULT_CONNECTION_LIMITS, bodyMs: 50 };
  const { port } = await runApp({ connectionLimits });
  const begin = (path: string) => {
    const headers = { 'content-type': 'application/json', 'content-length': 20 };
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path, headers });
    request.on('error', () => undefined);
    request.write('{');
    return request;
  };
  const upload = begin(PATH);
  const [answer] = await once(begin('/api/followups'), 'response');
  expect(answer.statusCode).toBe(408);
  expect(upload.socket?.destroyed).toBe(false);
  upload.destroy();
});

test('nobody takes all connections', async () => {
  const connectionLimits = { ...DEFAULT_CONNECTION_LIMITS, maxPerAddress: 3 };
  const { port } = await runApp({ connectionLimits });
  const held = Array.from({ length: 3 }, () => connect(port, '127.0.0.1'));
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  const fourth = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(fourth, 'close');
  held[0]!.destroy();
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(ask).toBe(200);
  for (const socket of held) socket.destroy();
});

test('errors elsewhere are problem details', async () => {
  const { url } = await runApp();
  const answer = await fetch(`${url}/nothing?name=anna`);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'there is no GET /nothing',
    code: 'NOT_FOUND',
    requestId: answer.headers.get('x-request-id'),
  });
});

describe('a body that is not usable', () => {
  test('is 415 when it is no form', async () => {
    const { url } = await runApp();
    const answer = await fetch(`${url}${PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: { code: 'request_invalid' } });
  });

  test('is 415 when it says nothing of itself', async () => {
    const { url } = await runApp();
    expect((await fetch(`${url}${PATH}`, { method: 'POST' })).status).toBe(415);
  });

  test.each([
    ['has no boundary', 'multipart/form-data', 'x'],
    [
      'ends too early',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    ],
    ['is not what its header says', 'multipart/form-data; boundary=b', 'hello'],
  ])('is 400 when it %s', async (_why, contentType, body) => {
    const { url } = await runApp();
    const answer = await fetch(`${url}${PATH}`, { method: 'POST', headers: { 'content-type': contentType }, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  test('is 400 naming the file when there is none', async () => {
    const { url } = await runApp();
    const answer = await postForm(url, [['model', 'whisper-1']]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { param: 'file' } });
  });

  test('is 400 when a field is named like a part of every object', async () => {
    const { url } = await runApp();
    expect(
      (
        await postForm(url, [
          ['__proto__', 'x'],
          ['file', someFile()],
        ])
      ).status,
    ).toBe(400);
  });
});

describe('limits', () => {
  test('a file of exactly the limit passes, one byte more is 413', async () => {
    const { url } = await runApp({ maxUploadBytes: 5000 });
    const of = (bytes: number) => postForm(url, [['file', someFile(new Uint8Array(bytes))]]);
    expect((await of(5000)).status).toBe(200);
    const answer = await of(5001);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: 'audio_too_large', param: 'file' } });
  });

  test('a request that says it is far too long is refused before it is sent', async () => {
    const { port } = await runApp({ maxUploadBytes: 5000 });
    const request = httpRequest({
      port,
      method: 'POST',
      path: PATH,
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 10_000_000 },
    });
    request.on('error', () => {});
    request.flushHeaders();
    const [answer] = await once(request, 'response');
    expect(answer.statusCode).toBe(413);
    request.destroy();
  });

  test('a far too long upload that is sent all the same gets the answer', async () => {
    const { url } = await runApp({ maxUploadBytes: 5000 });
    expect((await postForm(url, [['file', someFile(new Uint8Array(8_000_000))]])).status).toBe(413);
  });

  test('uploads beyond what the server holds at a time are 429, and let in once there is room', async () => {
    const { url, transcriber } = await runApp({ maxUploadBytes: 10_000, maxUploadsInFlightBytes: 12_000 });
    const gate = Promise.withResolvers<void>();
    transcriber.gate = gate.promise;
    const send = () => postForm(url, [['file', someFile(new Uint8Array(8000))]]);
    const first = send();
    await transcriber.asked.promise;
    const second = await send();
    expect(second.status).toBe(429);
    expect(second.headers.get('retry-after')).toMatch(/^\d+$/);
    gate.resolve();
    expect((await first).status).toBe(200);
    await expect.poll(() => metric(url, 'taltid_upload_bytes')).toBe(0);
    expect((await send()).status).toBe(200);
  });
});

describe('the host guard', () => {
  async function statusOf(headers: Record<string, string>, settings = {}): Promise<number> {
    const { port } = await runApp(settings);
    const request = httpRequest({ port, path: '/health', headers });
    request.end();
    const [answer] = await once(request, 'response');
    answer.resume();
    return answer.statusCode;
  }

  test.each(['localhost', 'localhost:8420', '127.0.0.1:1', '[::1]:8420', 'LOCALHOST'])(
    'Host %s is served',
    async (host) => {
      expect(await statusOf({ host })).toBe(200);
    },
  );

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:8420', '10.0.0.7'])(
    'Host %s is misdirected',
    async (host) => {
      expect(await statusOf({ host })).toBe(421);
    },
  );

  test('a host that the site allowed is served', async () => {
    expect(await statusOf({ host: 'tal.klinik.se' }, { allowedHosts: ['tal.klinik.se'] })).toBe(200);
  });

  test.each(['https://evil.example', 'null', 'http://localhost:9999'])('Origin %s is refused', async (origin) => {
    expect(await statusOf({ host: 'localhost:8420', origin })).toBe(403);
  });

  test('the own page is served', async () => {
    expect(await statusOf({ host: 'localhost:8420', origin: 'http://localhost:8420' })).toBe(200);
  });
});

describe('health', () => {
  test('is 503 starting until the workers have loaded, then 200 ready; live all the while', async () => {
    const { url, transcriber } = await runApp();
    transcriber.state = { ...transcriber.state, ready: false };
    const starting = await fetch(`${url}/health`);
    expect([starting.status, await starting.json()]).toEqual([503, { status: 'starting' }]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    transcriber.state = { ...transcriber.state, ready: true };
    const ready = await fetch(`${url}/health`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  });
});

test('metrics count audio, requests and workers', async () => {
  const { url } = await runApp();
  await postForm(url, [['file', someFile()]]);
  expect(await metric(url, 'taltid_audio_seconds_sum')).toBe(4.5);
  expect(await metric(url, 'taltid_workers')).toBe(2);
  expect(await metric(url, 'taltid_queue_jobs')).toBe(3);
  const route = `taltid_http_request_duration_seconds_count{method="POST",route="${PATH}",status="200"}`;
  await expect.poll(() => metric(url, route)).toBe(1);
});

test('every answer carries the security headers and an id', async () => {
  const { url } = await runApp();
  for (const path of ['/health', '/nothing', '/v1/models']) {
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('the log holds figures and never words, file names or prompts', async () => {
  const { url, logLines } = await runApp();
  await postForm(url, [
    ['file', someFile()],
    ['prompt', 'Anna Andersson'],
    ['keywords', 'Waran'],
  ]);
  await postForm(url, [
    ['file', someFile()],
    ['prompt', 'Anna '.repeat(5000)],
  ]);
  const log = logLines.join('');
  expect(log).toContain('"audioSeconds":4.5');
  expect(log).not.toMatch(/anna|andersson|waran|blodtryck/i);
});

describe('shutting down', () => {
  test('lets a request under way finish and takes no new ones', async () => {
    const { url, app, transcriber } = await runApp();
    const gate = Promise.withResolvers<void>();
    transcriber.gate = gate.promise;
    const underWay = postForm(url, [['file', someFile()]]);
    await transcriber.asked.promise;
    const down = shutDown(app, [transcriber], 30_000);
    await expect.poll(() => app.server.listening).toBe(false);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    gate.resolve();
    expect((await underWay).status).toBe(200);
    await down;
  });

  test('cuts at the deadline what does not finish', async () => {
    const { url, app, transcriber } = await runApp();
    transcriber.gate = new Promise(() => {});
    const underWay = postForm(url, [['file', someFile()]]);
    const cut = expect(underWay).rejects.toThrow();
    await transcriber.asked.promise;
    await shutDown(app, [transcriber], 50);
    await cut;
    await transcriber.cancelled.promise;
  });
});

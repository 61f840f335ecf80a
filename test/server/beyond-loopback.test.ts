import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { Me } from '../../src/contracts/access-api.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { runLive } from './running-live.ts';

/** As a request that came over the network through a proxy. */
const FROM_ELSEWHERE = { 'x-forwarded-for': '192.0.2.7' };

/** What answers somebody unknown from another computer, each for a reason. None of it hears or shows a patient's data. */
const OPEN_TO_ALL: readonly RegExp[] = [
  // who one is, and signing in
  /^GET \/api\/me$/,
  /^GET \/api\/demo-accounts$/,
  /^POST \/api\/(login|setup|password-links)$/,
  // whether the server is up, and figures without names
  /^GET \/(health|health\/live|metrics)$/,
  // the description of the interface
  /^GET \/docs(\/|$)/,
  // the patient's page until the code of a letter is given: its form and its looks
  /^GET \/min-tid(\/(stil|typsnitt)[^/]*|\/:code)?$/,
  /^POST \/min-tid\/(in|ut)$/,
  // what the FHIR face can do
  /^GET \/fhir\/metadata$/,
  // digital post services, by the token in the address that they were given
  /^POST \/api\/letter-deliveries\/:id\/read$/,
  // the pages themselves, which are empty until somebody signs in
  /^GET \/(\*|[a-z]+)?(\.html)?$/,
];

/** The drawing of routes leaves out what stands before a wildcard: as it is drawn, and an address that it serves. */
const WILDCARDS: readonly (readonly [drawn: string, route: string])[] = [
  ['GET /*', 'GET /x.html'],
  ['GET /docs/*', 'GET /docs/static/x'],
  ['GET /drift/koer/*', 'GET /drift/koer/static/x'],
  ['GET /v1/models/*', 'GET /v1/models/x'],
];

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

/** Everything that the server as a whole answers, by method and address. */
async function wholeServer() {
  const { storage } = database;
  const queue = await BookingQueue.open({ storage, workers: 0, workerScript: '', log: () => undefined });
  onTestFinished(() => queue.close());
  const running = await runLive(
    {},
    { clinic: { storage, queue }, pageDirectory: await ensurePageBuilt(PROJECT_DIRECTORY) },
  );
  return { ...running, routes: routesOf(running.app.printRoutes({ commonPrefix: false })) };
}

/** The addresses in the framework's drawing of its routes: each line is indented below what it goes on from. */
function routesOf(drawing: string): string[] {
  const path: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([ │├└─]*)(\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === '') return [];
    const depth = indent.length / 4;
    path.splice(depth - 1, path.length, part);
    const url = path.join('').replace(/\/?\*$/, '/*');
    return (methods?.split(', ') ?? []).filter((method) => method !== 'HEAD').map((method) => `${method} ${url}`);
  });
}

test('beyond the own computer nothing that hears or shows patient data answers who is not signed in', async () => {
  const { app, routes } = await wholeServer();
  expect(routes).toEqual(
    expect.arrayContaining([
      'GET /api/live',
      'GET /v1/realtime',
      'GET /vosk',
      'POST /v1/audio/transcriptions',
      'POST /api/followups',
      'GET /api/notes/:id',
      'GET /api/tasks',
      'GET /api/events',
      'GET /drift/koer',
    ]),
  );
  expect(routes.filter((route) => route.endsWith('*')).sort()).toEqual(WILDCARDS.map(([drawn]) => drawn));
  const exact = [...routes.filter((route) => !route.endsWith('*')), ...WILDCARDS.map(([, route]) => route)];
  const closed = exact.filter((route) => !OPEN_TO_ALL.some((open) => open.test(route)));
  expect(closed.length).toBeGreaterThan(60);
  for (const route of closed) {
    const [method = '', url = ''] = route.split(' ');
    const answer = await app.inject({
      method: method as 'GET',
      url: url.replaceAll(/:\w+/g, crypto.randomUUID()),
      headers: FROM_ELSEWHERE,
      ...(method !== 'GET' && method !== 'DELETE' && { payload: {} }),
    });
    // A patient who is not signed in is shown to the form.
    const isShownOut = answer.statusCode === 303 && answer.headers.location === '/min-tid';
    expect([isShownOut && url.startsWith('/min-tid/') ? 401 : answer.statusCode, route]).toEqual([401, route]);
  }
});

test.each(['/api/live', '/v1/realtime', '/vosk'])(
  'a live session at %s does not open from another computer',
  async (path) => {
    const { url } = await wholeServer();
    const status = await new Promise((resolve) => {
      const socket = new WebSocket(url.replace('http', 'ws') + path, { headers: FROM_ELSEWHERE });
      socket.on('open', () => resolve('open'));
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(401);
  },
);

test('pages are told whether the server hears who is not signed in: on the own computer, or where it says so', async () => {
  const { app } = await wholeServer();
  const needsLogin = async (headers: object, remoteAddress = '127.0.0.1') =>
    Me.parse((await app.inject({ url: '/api/me', headers: { ...headers }, remoteAddress })).json()).needsLogin;
  expect(await needsLogin({})).toBe(false);
  expect(await needsLogin(FROM_ELSEWHERE)).toBe(true);
  expect(await needsLogin({}, '192.0.2.7')).toBe(true);
});

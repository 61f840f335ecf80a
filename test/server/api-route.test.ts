import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';
import type { Actor } from '../../src/contracts/access.ts';
import { Instant } from '../../src/contracts/api-forms.ts';
import { Problem } from '../../src/contracts/problem.ts';
import { addActor, type StaffActor } from '../../src/server/actor.ts';
import { apiRoute } from '../../src/server/api-route.ts';
import { buildApp } from '../../src/server/app.ts';
import { changedRow } from '../../src/storage/repositories/expect.ts';
import { ScriptedTranscriber } from './scripted-transcriber.ts';

const SECRET = 'Kunigunda';
const STAFF: StaffActor = { kind: 'staff', id: crypto.randomUUID(), roles: ['clinician'], unitIds: [] };

const Thing = z.object({ id: z.string(), version: z.int(), at: Instant });
let app: FastifyInstance;
let actor: Actor | null;

beforeEach(async () => {
  app = await buildApp({ transcriber: new ScriptedTranscriber(), config: loadConfig({}), logStream: { write() {} } });
  addActor(app);
  app.addHook('onRequest', async (request) => {
    request.actor = actor;
  });
  const at = new Date('2026-03-10T08:00:00Z');
  apiRoute(
    app,
    {
      method: 'PATCH',
      url: '/api/things/:id',
      summary: 'Change a thing',
      roles: ['clinician'],
      params: z.object({ id: z.string() }),
      query: z.object({ loud: z.stringbool().default(false) }),
      body: z.strictObject({ size: z.number().max(9, 'a size of at most 9') }),
      changesVersion: true,
      answers: Thing,
    },
    async ({ params, version }) => {
      changedRow(version === 2 ? [1] : [], 'thing', version);
      const answer = { id: params.id, version: version + 1, at, secret: SECRET };
      return answer;
    },
  );
  apiRoute(app, { method: 'POST', url: '/api/nothing', summary: 'Nothing', roles: [] }, async () => {});
  apiRoute(
    app,
    { method: 'GET', url: '/api/keyed', summary: 'By key', roles: ['operator'], scopes: ['fhir:read'] },
    async () => {},
  );
  actor = STAFF;
});

function change(headers: Record<string, string> = { 'if-match': '"2"' }, body: unknown = { size: 1 }) {
  return app.inject({ method: 'PATCH', url: '/api/things/a', headers, payload: body as object });
}

describe('an operation', () => {
  test('answers what its schema lets through, with dates in ISO 8601 and its version as ETag', async () => {
    const answer = await change();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ id: 'a', version: 3, at: '2026-03-10T08:00:00.000Z' });
    expect(answer.headers).toMatchObject({ etag: '"3"', 'cache-control': 'no-store' });
    expect(Thing.parse(answer.json()).at).toEqual(new Date('2026-03-10T08:00:00Z'));
  });

  test('without an answer is 204', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/nothing' });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
  });

  test.each<[string, number, string, () => ReturnType<typeof change>]>([
    ['no version', 428, 'PRECONDITION_REQUIRED', () => change({})],
    ['a version in another form', 428, 'PRECONDITION_REQUIRED', () => change({ 'if-match': 'W/"2"' })],
    ['another version', 412, 'CONFLICT', () => change({ 'if-match': '"7"' })],
    ['a body that does not fit', 400, 'REQUEST_INVALID', () => change(undefined, { size: 10 })],
    ['an unknown field', 400, 'REQUEST_INVALID', () => change(undefined, { size: 1, [SECRET]: SECRET })],
    ['a body of another kind', 400, 'REQUEST_INVALID', () => change(undefined, [SECRET])],
  ])('refuses %s by a problem that repeats nothing', async (_what, status, code, ask) => {
    const answer = await ask();
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = Problem.parse(answer.json());
    expect(problem).toMatchObject({ status, code, requestId: answer.headers['x-request-id'] });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toContain(SECRET);
  });

  test('refuses somebody unknown and other roles before the body is looked at', async () => {
    actor = null;
    expect((await change({}, { size: 10 })).json()).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
    actor = { ...STAFF, roles: ['operator'] };
    expect((await change({}, { size: 10 })).json()).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
  });

  test('is for API keys only where it says so, and for those with its scope', async () => {
    const key = { kind: 'api-key' as const, id: STAFF.id, ownerId: STAFF.id, unitIds: [] } satisfies Partial<Actor>;
    actor = { ...key, scopes: ['fhir:read'] };
    expect((await change()).statusCode).toBe(401);
    expect((await app.inject('/api/keyed')).statusCode).toBe(204);
    actor = { ...key, scopes: ['transcribe'] };
    expect((await app.inject('/api/keyed')).json()).toMatchObject({ status: 403, expected: 'fhir:read' });
  });
});

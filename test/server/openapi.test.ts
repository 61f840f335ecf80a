import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT_ROLES, type AccountRole } from '../../src/contracts/clinic.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { openSounds } from '../recorded/recorder.ts';
import { type Clinic, plantClinic, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { runApp } from './running-app.ts';
import { type SampledSchema, sampleOf } from './sample-of-schema.ts';
import { signedInAs } from './signed-in.ts';

/** Open to everybody, each for a reason: they sign in, or read a text and forget it. */
const OPEN = [
  'GET /api/demo-accounts',
  'GET /api/me',
  'POST /api/followups',
  // Whoever has the token that came with a letter.
  'POST /api/letter-deliveries/{id}/read',
  'POST /api/login',
  'POST /api/password-links',
  'POST /api/setup',
];

interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly roles: 'anyone' | readonly AccountRole[];
  readonly isOpen: boolean;
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: SampledSchema }[];
  readonly body: SampledSchema | undefined;
  readonly summary: string;
}

let cluster: TestCluster;
let database: TestDatabase;
let app: FastifyInstance;
let operations: readonly Operation[];
let ours: Clinic;
let planted: readonly string[];

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  const { storage } = database;
  ours = await plantClinic(storage, 'Vår');
  const theirs = await plantClinic(storage, 'Deras');
  const { note, request, task } = await plantTask(storage, theirs);
  planted = [theirs.patientId, theirs.doctor.id, theirs.unitId, note.id, request.id, request.followUpId, task.id];
});
afterAll(() => cluster.close());

async function start(): Promise<void> {
  ({ app } = await runApp({ clinic: { storage: database.storage, sounds: await openSounds() } }));
  operations = operationsOf((await app.inject('/docs/json')).json());
}

interface Described {
  readonly summary?: string;
  readonly 'x-roles'?: Operation['roles'];
  readonly security?: readonly unknown[];
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { content: { 'application/json': { schema: SampledSchema } } };
}

function operationsOf({ paths }: { paths: Record<string, Record<string, Described>> }): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase() as Operation['method'],
      path,
      summary: described.summary ?? '',
      roles: described['x-roles'] ?? 'anyone',
      isOpen: described.security === undefined || described.security.length === 0,
      parameters: described.parameters ?? [],
      body: described.requestBody?.content['application/json']?.schema,
    })),
  );
}

async function ask({ method, path, parameters, body }: Operation, headers: object, id: string = crypto.randomUUID()) {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const filled = inPath.reduce(
    (url, { name, schema }) => url.replace(`{${name}}`, String(schema.format === 'uuid' ? id : sampleOf(schema))),
    path,
  );
  const search = new URLSearchParams(
    Object.fromEntries(query.map(({ name, schema }) => [name, String(sampleOf(schema))])),
  );
  return app.inject({
    method,
    url: `${filled}?${search}`,
    headers: { ...headers, 'if-match': '"1"' },
    ...(body && { payload: sampleOf(body) as object }),
  });
}

async function somebody(accountRoles: AccountRole[]): Promise<object> {
  const person = { username: crypto.randomUUID(), givenName: 'N', familyName: 'N', accountRoles };
  const { id } = await createStaff(database.storage.plain, person, [ours.unitId]);
  return signedInAs(database.storage, id);
}

describe('every operation that is described', () => {
  test('has a line that says what it does, and is open for a reason or for nobody unknown', async () => {
    await start();
    expect(
      operations
        .filter(({ isOpen }) => isOpen)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(OPEN);
    for (const { summary, name } of operations) expect(summary, name).toMatch(/^[A-Z].{3,}/);
  });

  test('refuses a request of nobody', async () => {
    await start();
    for (const operation of operations.filter(({ isOpen }) => !isOpen)) {
      expect((await ask(operation, {})).json(), operation.name).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
    }
  });

  test('refuses who has other roles', async () => {
    await start();
    let refused = 0;
    for (const operation of operations) {
      const { roles, name } = operation;
      if (roles === 'anyone' || roles.length === 0) continue;
      const headers = await somebody(ACCOUNT_ROLES.filter((role) => !roles.includes(role)));
      expect((await ask(operation, headers)).json(), name).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
      refused += 1;
    }
    expect(refused).toBeGreaterThan(5);
  });

  test('knows nothing of the objects of other units', async () => {
    await start();
    const headers = await somebody([...ACCOUNT_ROLES]);
    for (const operation of operations) {
      if (!operation.parameters.some(({ in: place, schema }) => place === 'path' && schema.format === 'uuid')) continue;
      for (const id of planted) {
        const answer = await ask(operation, headers, id);
        expect(answer.json(), `${operation.name} ${answer.body}`).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      }
    }
  });
});

test('the description tells what the reading of a text takes and answers', async () => {
  await start();
  const { post } = (await app.inject('/docs/json')).json().paths['/api/followups'];
  const schemaOf = ({ content }: { content: Record<string, { schema: SampledSchema }> }) =>
    content['application/json']!.schema;
  expect(schemaOf(post.requestBody)).toMatchObject({ required: ['text'], properties: { refDate: { format: 'date' } } });
  expect(schemaOf(post.responses['200'])).toMatchObject({ properties: { followUps: {}, setAside: {}, route: {} } });
});

test('the description has a page, whose policy is its own', async () => {
  await start();
  const page = await app.inject('/docs/');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("img-src 'self' data:");
  expect((await app.inject('/api/me')).headers['content-security-policy']).not.toContain('data:');
});

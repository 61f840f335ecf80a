import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeApiKey } from '../../../src/access/api-keys.ts';
import type { VocabularyLists } from '../../../src/server/vocabulary/vocabulary-lists.ts';
import { createUnit, setStaffUnits } from '../../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../../storage/database.ts';
import { type RunningApp, runApp, someFile } from '../running-app.ts';
import type { ScriptedTranscriber } from '../scripted-transcriber.ts';
import { openLists, type Person, SHIPPED, somebody, vocabularyAs } from './lists.ts';

/** A change holds from the next utterance on. */
const WITHIN = { timeout: 1_000, interval: 10 };

let cluster: TestCluster;
let database: TestDatabase;
let server: RunningApp<ScriptedTranscriber>;
let lists: VocabularyLists;
let unitId: string;
let anna: Person;
let clerk: Person;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  unitId = (await createUnit(storage.plain, { name: 'Vår' })).id;
  anna = await somebody(storage, [unitId], 'clinician');
  clerk = await somebody(storage, [unitId], 'administrator');
  lists = await openLists(storage, { site: [{ term: 'Platsen' }] });
  server = await runApp({ clinic: { storage, vocabulary: lists } });
});

const wordsOf = (person: Person | null, of: VocabularyLists = lists) =>
  of.source({ accountId: person?.id ?? null }).map(({ term }) => term);
const ALWAYS = ['Platsen', ...SHIPPED.map(({ term }) => term)];

async function add(person: Person, list: string, term: string): Promise<string> {
  const answer = await vocabularyAs(person, server.app)('POST', '/terms', { list, term });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().id;
}

describe('the words that somebody speaks with', () => {
  test('are the own ones, the unit’s, the clinic’s, the site’s and the product’s, in this order', async () => {
    await add(clerk, 'clinic', 'Kliniken');
    await add(clerk, unitId, 'Enheten');
    await add(anna, 'own', 'Mitt');
    await vi.waitFor(() => expect(wordsOf(anna)).toEqual(['Mitt', 'Enheten', 'Kliniken', ...ALWAYS]), WITHIN);
    expect(wordsOf(clerk)).toEqual(['Enheten', 'Kliniken', ...ALWAYS]);
    expect(wordsOf(null)).toEqual(['Kliniken', ...ALWAYS]);
    // Whoever opens them afterwards sees the same.
    expect(wordsOf(anna, await openLists(database.storage))).toEqual([
      'Mitt',
      'Enheten',
      'Kliniken',
      ...ALWAYS.slice(1),
    ]);
  });

  test('are the very same array until something changes', async () => {
    const before = lists.source({ accountId: anna.id });
    expect(lists.source({ accountId: anna.id })).toBe(before);
    await add(anna, 'own', 'Mitt');
    await vi.waitFor(() => expect(lists.source({ accountId: anna.id })).not.toBe(before), WITHIN);
  });

  test('change within a second when a term is switched off, taken off or put back', async () => {
    const id = await add(anna, 'own', 'Mitt');
    const ask = vocabularyAs(anna, server.app);
    const has = (isThere: boolean) => vi.waitFor(() => expect(wordsOf(anna).includes('Mitt')).toBe(isThere), WITHIN);
    await has(true);
    await ask('PATCH', `/terms/${id}`, { enabled: false }, 1);
    await has(false);
    await ask('PATCH', `/terms/${id}`, { enabled: true }, 2);
    await has(true);
    await ask('DELETE', `/terms/${id}`, undefined, 3);
    await has(false);
    await ask('POST', `/terms/${id}/restore`, undefined, 4);
    await has(true);
  });

  test('leave out what is switched off of the product’s list', async () => {
    const ask = vocabularyAs(clerk, server.app);
    await ask('PUT', '/shipped/terms', { term: 'EKG', enabled: false });
    await vi.waitFor(() => expect(wordsOf(null)).toEqual(['Platsen', 'blodtryck']), WITHIN);
    await ask('PUT', '/shipped', { enabled: false }, 1);
    await vi.waitFor(() => expect(wordsOf(null)).toEqual(['Platsen']), WITHIN);
  });

  test('are those of another unit for who works there from now on', async () => {
    const { storage } = database;
    const elsewhere = (await createUnit(storage.plain, { name: 'Annan' })).id;
    await add(clerk, unitId, 'Enheten');
    await vi.waitFor(() => expect(wordsOf(anna)).toContain('Enheten'), WITHIN);
    await setStaffUnits(storage.plain, anna.id, [elsewhere]);
    await vi.waitFor(() => expect(wordsOf(anna)).not.toContain('Enheten'), WITHIN);
  });

  test('are heard of again after the connection to the database broke', async () => {
    const before = await listeningPid();
    await database.owner.query('select pg_terminate_backend($1)', [before]);
    await add(anna, 'own', 'Mitt');
    await vi.waitFor(() => expect(wordsOf(anna)).toContain('Mitt'), { timeout: 10_000, interval: 20 });
  });
});

async function listeningPid(): Promise<number> {
  const { rows } = await database.owner.query(
    "select pid from pg_stat_activity where application_name = 'taltid-listen' and datname = current_database() and query ilike '%taltid_vocabulary%'",
  );
  return rows[0].pid;
}

describe('a file that is sent', () => {
  const asked = () => server.transcriber.requests.at(-1)!;

  test('is heard with the words of the key’s owner, beside those of the request', async () => {
    await add(anna, 'own', 'Mitt');
    await add(clerk, unitId, 'Enheten');
    await vi.waitFor(() => expect(wordsOf(anna)).toContain('Enheten'), WITHIN);
    const key = { name: 'Journal', unitId, scopes: ['transcribe' as const], ownerId: anna.id };
    const { token } = await makeApiKey(database.storage.plain, { ...key, expiresAt: new Date(Date.now() + 60_000) });
    const body = new FormData();
    body.append('file', someFile());
    body.append('keywords[]', 'Eliquis');
    body.append('prompt', 'Anamnes.');
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/v1/audio/transcriptions`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    expect(asked().options).toMatchObject({ vocabulary: [{ term: 'Eliquis' }], prompt: 'Anamnes.' });
    expect(asked().clinicVocabulary).toBe(lists.source({ accountId: anna.id }));
  });

  test('of nobody is heard with the clinic’s', async () => {
    await add(clerk, 'clinic', 'Kliniken');
    await vi.waitFor(() => expect(wordsOf(null)).toContain('Kliniken'), WITHIN);
    await server.client.audio.transcriptions.create({ model: 'whisper-1', file: someFile() });
    expect(asked().clinicVocabulary).toBe(lists.source({ accountId: null }));
  });
});

describe('a trial', () => {
  async function tried(fields: Readonly<Record<string, string>>) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', someFile());
    const headers = { ...anna.headers };
    return fetch(`${server.url}/api/vocabulary/trial`, { method: 'POST', headers, body });
  }

  test('hears the sound twice: without any words, and with those one speaks with', async () => {
    const answer = await tried({});
    expect(await answer.json()).toMatchObject({ without: expect.any(String), with: expect.any(String) });
    const [without, withLists] = server.transcriber.requests;
    expect(without!.clinicVocabulary).toEqual([]);
    expect(withLists!.clinicVocabulary).toBe(lists.source({ accountId: anna.id }));
    for (const { maxAudioSeconds, file } of [without!, withLists!]) {
      expect(maxAudioSeconds).toBe(30);
      expect(file).toEqual(new Uint8Array([1, 2, 3]));
    }
  });

  test('of one more term hears it without and with that, and puts it on no list', async () => {
    expect((await tried({ term: JSON.stringify({ term: 'F9', soundsLike: 'ef nio' }) })).status).toBe(200);
    const [without, withTerm] = server.transcriber.requests;
    expect(without!.clinicVocabulary).toBe(lists.source({ accountId: anna.id }));
    expect(withTerm!.clinicVocabulary![0]).toMatchObject({ term: 'F9', soundsLike: 'ef nio' });
    expect(wordsOf(anna)).not.toContain('F9');
  });

  test('is refused without sound, with a term of another form, and for nobody', async () => {
    const answer = await tried({ term: '{"term":""}' });
    expect(await answer.json()).toMatchObject({ code: 'REQUEST_INVALID' });
    const body = new FormData();
    body.append('term', '{"term":"a"}');
    const url = `${server.url}/api/vocabulary/trial`;
    const noFile = await fetch(url, { method: 'POST', headers: { ...anna.headers }, body });
    expect(await noFile.json()).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await (await fetch(url, { method: 'POST', body })).json()).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(server.transcriber.requests).toEqual([]);
  });
});

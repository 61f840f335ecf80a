import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { VOCABULARY_LIMITS } from '../../../src/contracts/vocabulary.ts';
import { ListedTerm, TermPage, VocabularyOverview } from '../../../src/contracts/vocabulary-api.ts';
import { createUnit } from '../../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../../storage/database.ts';
import { type RunningApp, runApp } from '../running-app.ts';
import type { ScriptedTranscriber } from '../scripted-transcriber.ts';
import { openLists, type Person, SHIPPED, somebody, vocabularyAs } from './lists.ts';

let cluster: TestCluster;
let database: TestDatabase;
let server: RunningApp<ScriptedTranscriber>;
let unitId: string;
let otherUnitId: string;
let anna: Person;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  unitId = (await createUnit(storage.plain, { name: 'Vår' })).id;
  otherUnitId = (await createUnit(storage.plain, { name: 'Deras' })).id;
  anna = await somebody(storage, [unitId], 'clinician');
  server = await runApp({ clinic: { storage, vocabulary: await openLists(storage) } });
});

async function added(person: Person, payload: object): Promise<ListedTerm> {
  const answer = await vocabularyAs(person, server.app)('POST', '/terms', { list: 'own', ...payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return ListedTerm.parse(answer.json());
}

const people = {
  clinician: () => somebody(database.storage, [unitId], 'clinician'),
  administrator: () => somebody(database.storage, [unitId], 'administrator'),
};

describe('a term', () => {
  test('is added with who and when, changed, and taken off its list', async () => {
    const ask = vocabularyAs(anna, server.app);
    const term = await added(anna, { term: ' Eliquis ', soundsLike: 'elikvis' });
    expect(term).toMatchObject({ term: 'Eliquis', soundsLike: 'elikvis', level: 'usual', enabled: true, version: 1 });
    expect(term.addedBy).toBe('Test Lind');
    const changed = await ask('PATCH', `/terms/${term.id}`, { level: 'strong', soundsLike: null }, 1);
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.json()).toMatchObject({ term: 'Eliquis', soundsLike: null, level: 'strong' });
    expect((await ask('DELETE', `/terms/${term.id}`, undefined, 2)).json()).toMatchObject({
      version: 3,
      removedAt: expect.any(String),
    });
    expect((await ask('GET', '/terms?list=own')).json()).toEqual({ items: [], next: null });
  });

  test('that was taken off is put back as it was', async () => {
    const ask = vocabularyAs(anna, server.app);
    const term = await added(anna, { term: 'Eliquis', level: 'strong' });
    await ask('DELETE', `/terms/${term.id}`, undefined, 1);
    expect((await ask('PATCH', `/terms/${term.id}`, { enabled: false }, 2)).statusCode).toBe(412);
    const back = await ask('POST', `/terms/${term.id}/restore`, undefined, 2);
    expect(back.json()).toMatchObject({
      id: term.id,
      level: 'strong',
      removedAt: null,
      addedAt: term.addedAt.toISOString(),
    });
    expect(TermPage.parse((await ask('GET', '/terms?list=own')).json()).items).toHaveLength(1);
  });

  test('stands on a list once, and may sound in several ways', async () => {
    await added(anna, { term: 'CRP' });
    await added(anna, { term: 'CRP', soundsLike: 'ce er pe' });
    const again = await vocabularyAs(anna, server.app)('POST', '/terms', { list: 'own', term: 'crp' });
    expect(again.json()).toMatchObject({ status: 409, code: 'CONFLICT' });
    await added(anna, { list: unitId, term: 'CRP' });
  });

  test('can be added anew after it was taken off, which then cannot be undone', async () => {
    const ask = vocabularyAs(anna, server.app);
    const { id } = await added(anna, { term: 'Waran' });
    await ask('DELETE', `/terms/${id}`, undefined, 1);
    await added(anna, { term: 'Waran' });
    expect((await ask('POST', `/terms/${id}/restore`, undefined, 2)).json()).toMatchObject({ code: 'CONFLICT' });
  });

  test('is changed in the version that was seen only', async () => {
    const ask = vocabularyAs(anna, server.app);
    const { id } = await added(anna, { term: 'Waran' });
    expect((await ask('PATCH', `/terms/${id}`, { enabled: false })).json()).toMatchObject({ status: 428 });
    expect((await ask('PATCH', `/terms/${id}`, { enabled: false }, 1)).statusCode).toBe(200);
    expect((await ask('PATCH', `/terms/${id}`, { enabled: true }, 1)).json()).toMatchObject({
      status: 412,
      code: 'CONFLICT',
    });
  });

  test.each([{ term: '' }, { term: '...' }, { term: 'a\tb' }, { term: 'x'.repeat(201) }, { term: 'a', level: 'most' }])(
    'is refused without its words being told: %j',
    async (payload) => {
      const answer = await vocabularyAs(anna, server.app)('POST', '/terms', { list: 'own', ...payload });
      expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    },
  );

  test('leaves a line in the log with each change', async () => {
    const ask = vocabularyAs(anna, server.app);
    const { id } = await added(anna, { term: 'Waran' });
    await ask('DELETE', `/terms/${id}`, undefined, 1);
    const { rows } = await database.owner.query(
      "select action, actor_id from audit_events where object_kind = 'vocabulary_terms' and object_id = $1 order by id",
      [id],
    );
    expect(rows).toEqual([
      { action: 'create', actor_id: anna.id },
      { action: 'update', actor_id: anna.id },
    ]);
  });
});

describe('a list', () => {
  test('of one’s own is nobody else’s', async () => {
    const berit = await people.clinician();
    const { id } = await added(anna, { term: 'Waran' });
    const ask = vocabularyAs(berit, server.app);
    expect((await ask('GET', '/terms?list=own')).json().items).toEqual([]);
    expect((await ask('GET', `/terms/${id}`)).statusCode).toBe(404);
    expect((await ask('DELETE', `/terms/${id}`, undefined, 1)).statusCode).toBe(404);
  });

  test('of a unit is changed by all who work there, and not there for others', async () => {
    const berit = await people.clinician();
    const stranger = await somebody(database.storage, [otherUnitId], 'administrator');
    const { id } = await added(anna, { list: unitId, term: 'Waran' });
    expect((await vocabularyAs(berit, server.app)('PATCH', `/terms/${id}`, { enabled: false }, 1)).statusCode).toBe(
      200,
    );
    const ask = vocabularyAs(stranger, server.app);
    expect((await ask('GET', `/terms?list=${unitId}`)).statusCode).toBe(404);
    expect((await ask('GET', `/terms/${id}`)).statusCode).toBe(404);
    expect((await ask('POST', '/terms', { list: unitId, term: 'x' })).statusCode).toBe(404);
  });

  test('of the whole clinic is seen by all and changed by administration and operators', async () => {
    const clerk = await people.administrator();
    const { id } = await added(clerk, { list: 'clinic', term: 'Waran' });
    const ask = vocabularyAs(anna, server.app);
    expect((await ask('GET', `/terms/${id}`)).statusCode).toBe(200);
    expect((await ask('PATCH', `/terms/${id}`, { enabled: false }, 1)).json()).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    });
    expect((await ask('POST', '/terms', { list: 'clinic', term: 'x' })).json()).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    });
  });

  test('comes in pages by the Swedish alphabet, and by letters within words or sounds', async () => {
    for (const term of ['Öl', 'zolpidem', 'Åre', 'apixaban', 'Ärr']) await added(anna, { term });
    await added(anna, { term: 'F9', soundsLike: 'ef nio' });
    const ask = vocabularyAs(anna, server.app);
    const names: string[] = [];
    let after = '';
    do {
      const page = TermPage.parse((await ask('GET', `/terms?list=own&limit=2${after}`)).json());
      names.push(...page.items.map(({ term }) => term));
      after = page.next === null ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(names).toEqual(['apixaban', 'F9', 'zolpidem', 'Åre', 'Ärr', 'Öl']);
    const found = async (search: string) =>
      (await ask('GET', `/terms?list=own&search=${encodeURIComponent(search)}`)).json().items.map(termOf);
    expect(await found('ÅR')).toEqual(['Åre']);
    expect(await found('nio')).toEqual(['F9']);
    expect(await found('%')).toEqual([]);
    expect((await ask('GET', '/terms?list=own&after=x')).json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  test('is told with its size, its limit and who may change it', async () => {
    await added(anna, { list: unitId, term: 'Waran' });
    const overview = VocabularyOverview.parse((await vocabularyAs(anna, server.app)('GET', '')).json());
    expect(overview.lists).toMatchObject([
      { key: 'own', terms: 0, mayChange: true },
      { key: unitId, name: 'Vår', terms: 1, mayChange: true },
      { key: 'clinic', terms: 0, mayChange: false },
    ]);
    expect(overview.shipped).toMatchObject({ terms: SHIPPED.length, termsOff: 0, enabled: true, mayChange: false });
  });
});

describe('a table', () => {
  const table = 'ord;låter som\nWaran\nEliquis;elikvis\nwaran\n;\n!;';

  test('is previewed line by line, without doing anything', async () => {
    await added(anna, { term: 'Waran', level: 'strong' });
    const ask = vocabularyAs(anna, server.app);
    const preview = await ask('POST', '/import/preview', { list: 'own', text: table });
    expect(preview.json()).toMatchObject({
      counts: { added: 1, changed: 1, same: 0, refused: 3 },
      isTooMany: false,
      lines: [
        { action: 'change', line: 2, term: 'Waran', level: 'usual' },
        { action: 'add', line: 3, term: 'Eliquis', soundsLike: 'elikvis' },
        { action: 'refused', line: 4, fault: 'twice' },
        { action: 'refused', line: 5, fault: 'no-term' },
        { action: 'refused', line: 6, fault: 'no-term' },
      ],
    });
    expect((await ask('GET', '/terms?list=own')).json().items.map(termOf)).toEqual(['Waran']);
  });

  test('is taken in as it was previewed, and then holds nothing new', async () => {
    await added(anna, { term: 'Waran', level: 'strong' });
    const ask = vocabularyAs(anna, server.app);
    const text = 'Waran\nEliquis\telikvis';
    expect((await ask('POST', '/import', { list: 'own', text })).json()).toEqual({
      added: 1,
      changed: 1,
      same: 0,
      refused: 0,
    });
    expect((await ask('POST', '/import', { list: 'own', text })).json()).toMatchObject({
      added: 0,
      changed: 0,
      same: 2,
    });
    const exported = await ask('GET', '/export?list=own');
    expect(exported.headers['content-disposition']).toContain('ordlista.tsv');
    expect(exported.body).toBe('Eliquis\telikvis\t0.9\nWaran\t\t0.9\n');
    expect((await ask('GET', '/export?list=own&format=csv')).body).toContain('Eliquis;elikvis;vanligt\r\n');
  });

  test('of thousands is taken in whole, and beyond the limit not at all', async () => {
    const ask = vocabularyAs(anna, server.app);
    const words = (count: number) => Array.from({ length: count }, (_, index) => `ord${index}`).join('\n');
    const most = await ask('POST', '/import', { list: unitId, text: words(VOCABULARY_LIMITS.terms) });
    expect(most.json()).toMatchObject({ added: VOCABULARY_LIMITS.terms });
    const more = { list: unitId, text: 'ett till' };
    expect((await ask('POST', '/import/preview', more)).json()).toMatchObject({ isTooMany: true });
    expect((await ask('POST', '/import', more)).json()).toMatchObject({ status: 409, code: 'VOCABULARY_FULL' });
    expect((await ask('POST', '/terms', { list: unitId, term: 'ett till' })).json()).toMatchObject({
      code: 'VOCABULARY_FULL',
    });
  });
});

describe('the list that comes with the product', () => {
  test('is switched off and on, as a whole and by the term, by administration and operators', async () => {
    const ask = vocabularyAs(await people.administrator(), server.app);
    const terms = async (query = '') => (await ask('GET', `/shipped${query}`)).json().items;
    expect((await ask('PUT', '/shipped/terms', { term: 'EKG', enabled: false })).statusCode).toBe(200);
    expect(await terms()).toMatchObject([
      { term: 'blodtryck', enabled: true },
      { term: 'EKG', soundsLike: 'e ko ge', enabled: false },
    ]);
    expect((await terms('?off=true')).map(termOf)).toEqual(['EKG']);
    expect((await terms('?search=blod')).map(termOf)).toEqual(['blodtryck']);
    expect((await ask('PUT', '/shipped', { enabled: false }, 1)).json()).toEqual({ enabled: false, version: 2 });
    expect((await ask('PUT', '/shipped', { enabled: true }, 1)).statusCode).toBe(412);
    expect((await ask('PUT', '/shipped/terms', { term: 'finns ej', enabled: false })).statusCode).toBe(404);
    expect((await vocabularyAs(anna, server.app)('PUT', '/shipped', { enabled: true }, 2)).json()).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    });
  });
});

function termOf({ term }: { term: string }): string {
  return term;
}

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEFAULT_LETTER_TEXTS, LETTER_TEXT_BLOCKS, type OwnLetterTexts } from '../../src/contracts/letter-texts.ts';
import {
  LetterTextsList,
  LetterTextsView,
  SAMPLE_LETTERS,
  TriedLetter,
  UnitContact,
} from '../../src/contracts/letter-texts-api.ts';
import { letterTextsFor } from '../../src/storage/repositories/letter-texts.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let administrator: SignedInHeaders;
let server: RunningApp<ScriptedTranscriber>;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  const { storage } = database;
  clinic = await plantClinic(storage);
  calendar = await plantCalendar(storage, clinic);
  administrator = await signedInAs(storage, clinic.administrator.id);
  server = await runApp({ clinic: { storage } });
});

const NOTHING_OWN = Object.fromEntries(LETTER_TEXT_BLOCKS.map((block) => [block, null])) as OwnLetterTexts;
const CONTACT = { phone: '010-1', phoneHours: 'vardagar kl. 8–10', address: 'Gatan 1', directions: 'Ta hiss B.' };

interface Asking {
  readonly body?: object;
  readonly version?: number;
  readonly as?: SignedInHeaders;
}

async function ask(method: 'GET' | 'PUT' | 'POST', path: string, { body, version, as = administrator }: Asking = {}) {
  const answer = await server.app.inject({
    method,
    url: `/api/units/${clinic.unitId}${path}`,
    headers: { ...as, ...(version !== undefined && { 'if-match': `"${version}"` }) },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() };
}

const textsOf = async (key: string) => LetterTextsView.parse((await ask('GET', `/letter-texts/${key}`)).body);
const put = (key: string, own: Partial<OwnLetterTexts>, version: number, as?: SignedInHeaders) =>
  ask('PUT', `/letter-texts/${key}`, { body: { own: { ...NOTHING_OWN, ...own } }, version, ...(as && { as }) });

const textsFor = (visitTypeId: string | null) =>
  database.storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    letterTextsFor(transaction, { unitId: clinic.unitId, visitTypeId }),
  );

test('a unit begins with the standard texts, and each block of a visit type is its own, else the unit’s, else the standard', async () => {
  expect(await textsFor(calendar.labTypeId)).toEqual(DEFAULT_LETTER_TEXTS);
  await put('unit', { cost: 'Besöket är gratis.', closing: 'Hej då!' }, 1);
  await put(calendar.labTypeId, { closing: 'Välkommen till {enhet}', bringWithYou: '' }, 1);
  expect(await textsFor(calendar.labTypeId)).toEqual({
    ...DEFAULT_LETTER_TEXTS,
    cost: 'Besöket är gratis.',
    closing: 'Välkommen till {enhet}',
    // Empty is its own, too: the part is left out.
    bringWithYou: '',
  });
  expect((await textsFor(calendar.visitTypeId)).closing).toBe('Hej då!');
  expect((await textsOf(calendar.labTypeId)).inherited.closing).toBe('Hej då!');
  const { items } = LetterTextsList.parse((await ask('GET', '/letter-texts')).body);
  expect(items.map(({ name, ownBlocks }) => [name, ownBlocks])).toEqual([
    ['Mottagningen', 2],
    ['Provtagning', 2],
    ['Återbesök läkare', 0],
  ]);
});

test('texts are changed in the version that was seen, the first time too, and that is a line in the log', async () => {
  expect((await ask('GET', '/letter-texts/unit')).etag).toBe('"1"');
  expect((await put('unit', { cost: 'a' }, 1)).etag).toBe('"2"');
  expect(await put('unit', { cost: 'b' }, 1)).toMatchObject({ status: 412, body: { code: 'CONFLICT' } });
  expect(await put('unit', { cost: 'b' }, 3)).toMatchObject({ status: 412 });
  expect(await put(calendar.labTypeId, {}, 2)).toMatchObject({ status: 412 });
  expect(LetterTextsView.parse((await put('unit', {}, 2)).body).own).toEqual(NOTHING_OWN);
  const { rows } = await database.owner.query(
    `select action from audit_events where object_kind = 'letter_texts' and unit_id = $1 order by id`,
    [clinic.unitId],
  );
  expect(rows.map(({ action }) => action)).toEqual(['create', 'update']);
});

test('a text with a place that no letter knows is refused, by the block’s name', async () => {
  expect(await put('unit', { closing: 'Hej {förnamn}' }, 1)).toMatchObject({
    status: 400,
    body: { code: 'REQUEST_INVALID', detail: expect.stringContaining('"own.closing"') },
  });
});

test('clinicians read and administrators write, each of their own unit and its visit types', async () => {
  const doctor = await signedInAs(database.storage, clinic.doctor.id);
  expect((await ask('GET', '/letter-texts/unit', { as: doctor })).status).toBe(200);
  expect((await put('unit', {}, 1, doctor)).body).toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
  expect((await ask('PUT', '/contact', { body: CONTACT, version: 1, as: doctor })).body).toMatchObject({
    code: 'ROLE_NOT_ALLOWED',
  });
  const elsewhere = await plantClinic(database.storage, 'Annan');
  const stranger = await signedInAs(database.storage, elsewhere.administrator.id);
  const others = await plantCalendar(database.storage, elsewhere);
  expect((await put('unit', {}, 1, stranger)).status).toBe(404);
  expect((await ask('GET', '/contact', { as: stranger })).status).toBe(404);
  expect((await put(others.labTypeId, {}, 1)).status).toBe(404);
});

test('how a unit is reached is set as a whole, and stands in its letters', async () => {
  const before = UnitContact.parse((await ask('GET', '/contact')).body);
  expect(before).toMatchObject({ name: 'Mottagningen', phoneHours: null, directions: null });
  const changed = await ask('PUT', '/contact', { body: CONTACT, version: before.version });
  expect(changed.body).toMatchObject({ ...CONTACT, version: before.version + 1 });
  expect((await ask('PUT', '/contact', { body: CONTACT, version: before.version })).status).toBe(412);
});

test.each(SAMPLE_LETTERS)('a trial letter (%s) is written with texts that are not saved', async (sample) => {
  const texts = { ...DEFAULT_LETTER_TEXTS, closing: 'Vi ses på {enhet}!' };
  const answer = await ask('POST', `/letter-texts/${calendar.labTypeId}/trial`, {
    body: { texts, contact: CONTACT, sample },
  });
  const letter = JSON.stringify(TriedLetter.parse(answer.body).letter);
  expect(letter.includes('Vi ses på Mottagningen!')).toBe(sample !== 'protected');
  expect(letter.includes('Ta hiss B.')).toBe(sample !== 'protected');
  expect(letter).toContain('010-1');
  expect((await textsFor(calendar.labTypeId)).closing).toBe(DEFAULT_LETTER_TEXTS.closing);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NoteView, SavedText } from '../../src/contracts/notes-api.ts';
import type { ChangedCard, FollowUpCard } from '../../src/contracts/notes-api-cards.ts';
import { createEncounter } from '../../src/storage/repositories/encounters.ts';
import { CONTEXT } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { begin, confirmAll, openNoteWorld, plan, sign } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

const VISIT = 'Återbesök om sex veckor.';

async function rows(sql: string, ...values: unknown[]) {
  return (await database.owner.query(sql, values)).rows;
}

describe('a draft', () => {
  test('comes with a card for each thing that its text asks for, and what is left to do', async () => {
    const world = await openNoteWorld(database);
    const note = await begin(world, `${VISIT} Prover en vecka innan.`);
    expect(note).toMatchObject({ state: 'draft', signedVersion: 0, may: { write: true, decide: true } });
    expect(note.followUps.map(({ fields }) => fields?.type)).toEqual(['aterbesok', 'provtagning']);
    expect(new Set(note.followUps.map(({ chainId }) => chainId)).size).toBe(1);
    expect(note.left).toEqual(
      note.followUps.map(({ id, source }) => ({ kind: 'undecided', followUpId: id, source, reopenedBecause: null })),
    );
    expect(note.patient.numberBegins).toHaveLength(8);
  });

  test('about an encounter is begun once', async () => {
    const world = await openNoteWorld(database);
    const { doctor, clinic } = world;
    const { id: encounterId } = await database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
      createEncounter(transaction, {
        unitId: clinic.unitId,
        patientId: clinic.patientId,
        staffId: clinic.doctor.id,
        kind: 'aterbesok',
        startsAt: new Date(),
        endsAt: new Date(Date.now() + 1_800_000),
      }),
    );
    const asked = { patientId: clinic.patientId, encounterId };
    const first = await doctor.send<NoteView>('POST', '/api/notes', asked);
    const second = await doctor.send<NoteView>('POST', '/api/notes', asked);
    expect(first.status).toBe(201);
    expect(second.body.id).toBe(first.body.id);
    const { body } = await doctor.get('/api/worklist');
    expect(body.visits).toMatchObject([{ encounterId, note: { id: first.body.id, state: 'draft', undecided: 0 } }]);
    expect(body.notes).toMatchObject([{ id: first.body.id, relation: 'author', unstated: true, undecided: 0 }]);
  });

  test('is saved over the version that was seen, and not over another', async () => {
    const world = await openNoteWorld(database);
    const { id, text } = await begin(world, 'Mår bra.');
    const url = `/api/notes/${id}/text`;
    expect((await world.doctor.send('PUT', url, plan(VISIT))).status).toBe(428);
    const saved = await world.doctor.send<SavedText>('PUT', url, plan(VISIT), text.version!);
    expect(saved).toMatchObject({ status: 200, etag: '"2"', body: { version: 2 } });
    expect(saved.body.followUps).toHaveLength(1);
    const late = await world.doctor.send('PUT', url, plan('Mår bättre.'), text.version!);
    expect(late).toMatchObject({ status: 412, body: { code: 'CONFLICT' } });
  });

  test('with a character that no text can hold is refused by name, as a search for it is, and then saved without', async () => {
    const world = await openNoteWorld(database);
    const { id, text } = await begin(world, 'Mår bra.');
    const save = (words: string) => world.doctor.send('PUT', `/api/notes/${id}/text`, plan(words), text.version!);
    const refused = { status: 400, body: { code: 'REQUEST_INVALID' } };
    expect(await save('Mår\0bra.')).toMatchObject(refused);
    expect(await world.doctor.get('/api/patients?search=%00')).toMatchObject(refused);
    expect((await save('Mår bättre.')).status).toBe(200);
  });

  test('saved twice in the same words is written once', async () => {
    const world = await openNoteWorld(database);
    const { id, text, followUps } = await begin(world, VISIT);
    const again = await world.doctor.send<SavedText>('PUT', `/api/notes/${id}/text`, plan(VISIT), text.version!);
    expect(again.body.version).toBe(text.version);
    expect(again.body.followUps.map(({ version }) => version)).toEqual(followUps.map(({ version }) => version));
  });

  test("is nobody else's to decide on: a colleague and an administrator may not, and other units do not see it", async () => {
    const world = await openNoteWorld(database);
    const { id, followUps } = await begin(world, VISIT);
    const url = `/api/follow-ups/${followUps[0]!.id}/decision`;
    const decision = { decision: 'nothing' };
    expect((await world.colleague.send('PUT', url, decision, 1)).body.code).toBe('ROLE_NOT_ALLOWED');
    expect((await world.administrator.send('PUT', url, decision, 1)).body.code).toBe('ROLE_NOT_ALLOWED');
    expect((await world.stranger.send('PUT', url, decision, 1)).status).toBe(404);
    expect((await world.stranger.get(`/api/notes/${id}`)).status).toBe(404);
    expect((await world.colleague.get<NoteView>(`/api/notes/${id}`)).body.may).toEqual({ write: false, decide: false });
  });
});

describe('text that is changed after a decision', () => {
  test('reopens what it touches, says why, and keeps the earlier decision in the history', async () => {
    const world = await openNoteWorld(database);
    const { id, text } = await begin(world, `${VISIT} Telefontid om två veckor.`);
    await confirmAll(world.doctor, id);
    const saved = await world.doctor.send<SavedText>(
      'PUT',
      `/api/notes/${id}/text`,
      plan('Mår bra. Återbesök om tre veckor. Telefontid om två veckor.'),
      text.version!,
    );
    expect(saved.body.followUps.map(({ state }) => state)).toEqual(['found', 'confirmed']);
    const [reopened] = saved.body.followUps;
    expect(reopened!.reopenedBecause).toContain('förut ”Återbesök om sex veckor”, nu ”Återbesök om tre veckor”');
    const { body } = await world.doctor.get<NoteView>(`/api/notes/${id}`);
    expect(body.decisions.map(({ kind, fromState }) => [kind, fromState])).toEqual([
      ['confirmed', 'found'],
      ['confirmed', 'found'],
      ['found', 'confirmed'],
    ]);
  });

  test('takes a question back that was about other words', async () => {
    const world = await openNoteWorld(database);
    const { id, text, followUps } = await begin(world, VISIT);
    const ask = { decision: 'asked', to: { staffId: world.clinic.administrator.id }, text: 'När går det?' };
    await world.doctor.send('PUT', `/api/follow-ups/${followUps[0]!.id}/decision`, ask, 1);
    await world.doctor.send('PUT', `/api/notes/${id}/text`, plan('Mår bra.'), text.version!);
    const { body } = await world.doctor.get<NoteView>(`/api/notes/${id}`);
    expect(body.followUps).toMatchObject([{ state: 'found', isInText: false, questions: [{ state: 'withdrawn' }] }]);
  });
});

describe('a card', () => {
  async function oneCard(words = VISIT) {
    const world = await openNoteWorld(database);
    const note = await begin(world, words);
    const [card] = note.followUps as [FollowUpCard];
    const decide = (decision: object, version: number) =>
      world.doctor.send<ChangedCard>('PUT', `/api/follow-ups/${card.id}/decision`, decision, version);
    return { world, note, card, decide };
  }

  test('is confirmed, and its decision taken back', async () => {
    const { card, decide } = await oneCard();
    const confirmed = await decide({ decision: 'confirmed' }, card.version);
    expect(confirmed).toMatchObject({ status: 200, body: { state: 'confirmed', left: [] } });
    const undone = await decide({ decision: 'found' }, confirmed.body.version);
    expect(undone.body).toMatchObject({ state: 'found', left: [{ kind: 'undecided' }] });
    expect((await decide({ decision: 'confirmed' }, card.version)).status).toBe(412);
  });

  test('with what only the author can answer is not confirmed unseen', async () => {
    const { card, decide } = await oneCard('Återbesök om några veckor.');
    expect(card.route).toBe('clinician');
    const refused = await decide({ decision: 'confirmed' }, card.version);
    expect(refused).toMatchObject({ status: 409, body: { code: 'FOLLOW_UP_UNCLEAR' } });
    expect(refused.body.got).toContain('vague_time');
    const despite = card.flags.filter(({ route }) => route === 'clinician').map(({ name }) => name);
    expect((await decide({ decision: 'confirmed', despite }, card.version)).body.route).toBe('review');
  });

  test('takes fields that a person sets, and gives the heard ones back when that is undone', async () => {
    const { card, decide } = await oneCard();
    const { id: _, ...heard } = card.fields!;
    const fields = { ...heard, duration_min: 60 };
    const changed = await decide({ decision: 'changed', fields, reason: 'dubbel tid' }, card.version);
    expect(changed.body).toMatchObject({
      state: 'changed',
      fields: { id: 'R1', duration_min: 60 },
      reason: 'dubbel tid',
    });
    expect(changed.body.heard).toEqual(card.fields);
    expect((await decide({ decision: 'found' }, changed.body.version)).body.fields).toEqual(card.fields);
  });

  test.each([
    ['a day that does not exist', { type: 'aterbesok', time: { kind: 'datum', expr: 'x', mal_datum: '2026-02-31' } }],
    [
      'bounds the wrong way',
      { type: 'aterbesok', time: { kind: 'datum', expr: 'x', earliest: '2026-03-02', mal_datum: '2026-03-01' } },
    ],
    ['a link to nowhere', { type: 'provtagning', before: 'R77' }],
    ['a type that there is not', { type: 'operation' }],
  ])('refuses fields with %s', async (_, fields) => {
    const { card, decide } = await oneCard();
    expect(await decide({ decision: 'changed', fields }, card.version)).toMatchObject({
      status: 400,
      body: { code: 'REQUEST_INVALID' },
    });
  });

  test('is made of marked words, with what can be read of them, and follows them', async () => {
    const world = await openNoteWorld(database);
    const { id, text } = await begin(world, 'Blodtryck tas på onsdag, kollas.');
    const at = 'Planering\nBlodtryck tas på onsdag, '.length;
    const marked = await world.doctor.send<ChangedCard>('POST', `/api/notes/${id}/follow-ups`, {
      textVersion: text.version,
      start: at - 1,
      end: at + 'kollas'.length,
    });
    expect(marked).toMatchObject({
      status: 201,
      body: { origin: 'marked', state: 'found', source: { text: 'kollas' } },
    });
    const saved = await world.doctor.send<SavedText>(
      'PUT',
      `/api/notes/${id}/text`,
      plan('Mår bra. Blodtryck tas på onsdag, kollas.'),
      text.version!,
    );
    expect(saved.body.followUps.find(({ origin }) => origin === 'marked')?.source.start).toBe(at + 9);
    const fields = { type: 'telefon' };
    const decided = await world.doctor.send<ChangedCard>(
      'PUT',
      `/api/follow-ups/${marked.body.id}/decision`,
      { decision: 'changed', fields },
      saved.body.followUps.find(({ origin }) => origin === 'marked')!.version,
    );
    expect(decided.body).toMatchObject({ state: 'changed', fields: { type: 'telefon' } });
  });

  test('that reads as a request takes its fields from the marked words', async () => {
    const world = await openNoteWorld(database);
    const { id, text } = await begin(world, 'Modern säger: återbesök om två veckor.');
    const words = 'återbesök om två veckor';
    const start = 'Planering\nModern säger: '.length;
    const marked = await world.doctor.send<ChangedCard>('POST', `/api/notes/${id}/follow-ups`, {
      textVersion: text.version,
      start,
      end: start + words.length,
    });
    expect(marked.body.fields?.type).toBe('aterbesok');
    expect(marked.body.sources.time?.[0]?.text).toContain('två veckor');
  });
});

describe('signing', () => {
  test('is refused with what is left, word by word, until each follow-up is handled', async () => {
    const world = await openNoteWorld(database);
    const note = await begin(world, `${VISIT} Telefontid om två veckor.`);
    const refused = await sign(world.doctor, note.id);
    expect(refused).toMatchObject({ status: 409, body: { code: 'FOLLOW_UPS_UNDECIDED' } });
    expect(refused.body.left).toMatchObject([
      { kind: 'undecided', followUpId: note.followUps[0]!.id, source: { text: 'Återbesök om sex veckor' } },
      { kind: 'undecided', followUpId: note.followUps[1]!.id, source: { text: 'Telefontid om två veckor' } },
    ]);
    await confirmAll(world.doctor, note.id);
    expect(await sign(world.doctor, note.id)).toMatchObject({
      status: 200,
      body: { state: 'signed', signedVersion: 1 },
    });
  });

  test('is refused without a follow-up until "ingen uppföljning" is stated', async () => {
    const world = await openNoteWorld(database);
    const { id, version } = await begin(world, 'Mår bra.');
    expect((await sign(world.doctor, id)).body.left).toEqual([{ kind: 'unstated' }]);
    expect((await world.doctor.send('POST', `/api/notes/${id}/no-follow-up`, undefined, version)).body.left).toEqual(
      [],
    );
    expect((await sign(world.doctor, id)).status).toBe(200);
  });

  test('needs the statement anew when a follow-up was found after it', async () => {
    const world = await openNoteWorld(database);
    const { id, version, text } = await begin(world, 'Mår bra.');
    await world.doctor.send('POST', `/api/notes/${id}/no-follow-up`, undefined, version);
    const saved = await world.doctor.send<SavedText>('PUT', `/api/notes/${id}/text`, plan(VISIT), text.version!);
    const [card] = saved.body.followUps;
    const falseHit = { decision: 'not_follow_up' };
    const decided = await world.doctor.send('PUT', `/api/follow-ups/${card!.id}/decision`, falseHit, card!.version);
    expect(decided.body.left).toEqual([{ kind: 'unstated' }]);
  });

  test('makes the version, its requests and their messages together, and asks for nothing twice', async () => {
    const world = await openNoteWorld(database);
    const { id } = await begin(world, `${VISIT} Prover en vecka innan. Inget mer.`);
    await confirmAll(world.doctor, id);
    await sign(world.doctor, id);
    const requests = await rows('select id, type, state, note_version from booking_requests where note_id = $1', id);
    expect(requests).toHaveLength(2);
    const sent = await rows(
      `select payload ->> 'requestId' as id from outbox where topic = 'request.created' and payload ->> 'requestId' = any ($1)`,
      requests.map((request) => request.id),
    );
    expect(sent).toHaveLength(2);
    expect(await rows(`select from outbox where topic = 'note.signed' and payload ->> 'noteId' = $1`, id)).toHaveLength(
      1,
    );
    expect((await sign(world.doctor, id)).status).toBe(400);
  });

  test('signs what was seen: another text or another version of the note is not signed', async () => {
    const world = await openNoteWorld(database);
    const note = await begin(world, VISIT);
    await confirmAll(world.doctor, note.id);
    await world.doctor.send('PUT', `/api/notes/${note.id}/text`, plan(`Mår bra. ${VISIT}`), note.text.version!);
    const url = `/api/notes/${note.id}/sign`;
    expect((await world.doctor.send('POST', url, { textVersion: 1 }, note.version)).status).toBe(412);
    expect((await world.doctor.send('POST', url, { textVersion: 2 }, note.version + 1)).status).toBe(412);
    expect((await world.doctor.send('POST', url, { textVersion: 2 }, note.version)).status).toBe(200);
  });

  test('of the same note by two at once makes one version', async () => {
    const world = await openNoteWorld(database);
    const note = await begin(world, VISIT);
    await confirmAll(world.doctor, note.id);
    const both = await Promise.all([sign(world.doctor, note.id), sign(world.doctor, note.id)]);
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(await rows('select from note_versions where note_id = $1', note.id)).toHaveLength(1);
    expect(await rows('select from booking_requests where note_id = $1', note.id)).toHaveLength(1);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangedNote, NoteView } from '../../src/contracts/notes-api.ts';
import type { ChangedCard } from '../../src/contracts/notes-api-cards.ts';
import { createTask } from '../../src/storage/repositories/admin-tasks.ts';
import { listRequests } from '../../src/storage/repositories/booking-requests.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { CONTEXT, madeUpNumber, WORKER } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { begin, confirmAll, type NoteWorld, openNoteWorld, plan, sign } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

const TWO = 'Återbesök om sex veckor. Telefontid om två veckor.';

/** A signed note whose requests have tasks. */
async function signedNote(text = TWO): Promise<{ world: NoteWorld; id: string }> {
  const world = await openNoteWorld(database);
  const { id } = await begin(world, text);
  await confirmAll(world.doctor, id);
  await sign(world.doctor, id);
  await database.storage.withAudit(WORKER, CONTEXT, async (transaction) => {
    for (const request of await listRequests(transaction, { noteId: id })) await createTask(transaction, request, {});
  });
  return { world, id };
}

async function view({ doctor }: NoteWorld, id: string): Promise<NoteView> {
  return (await doctor.get<NoteView>(`/api/notes/${id}`)).body;
}

async function requestsOf(id: string): Promise<{ type: string; state: string; task: string }[]> {
  const { rows } = await database.owner.query(
    `select request.type, request.state, task.state as task from booking_requests as request
     left join admin_tasks as task on task.request_id = request.id
     where request.note_id = $1 order by request.created_at`,
    [id],
  );
  return rows;
}

function amend({ doctor }: NoteWorld, { id, version }: NoteView) {
  return doctor.send<ChangedNote>('POST', `/api/notes/${id}/amend`, undefined, version);
}

describe('a signed note', () => {
  test('changes by a new version only, and for a reason', async () => {
    const { world, id } = await signedNote();
    const note = await view(world, id);
    expect(note.text.version).toBeNull();
    const [card] = note.followUps;
    const undo = await world.doctor.send(
      'PUT',
      `/api/follow-ups/${card!.id}/decision`,
      { decision: 'found' },
      card!.version,
    );
    expect(undo.body.code).toBe('NOTE_CLOSED');
    expect((await world.doctor.send('PUT', `/api/notes/${id}/text`, plan('Mår bra.'), 1)).body.code).toBe(
      'NOTE_CLOSED',
    );
    expect(await amend(world, note)).toMatchObject({ status: 200, body: { state: 'amending', left: [] } });
    expect(await sign(world.doctor, id)).toMatchObject({ status: 400, body: { expected: 'reason' } });
    expect(await sign(world.doctor, id, 'skrivfel')).toMatchObject({ status: 200, body: { signedVersion: 2 } });
    expect(await requestsOf(id)).toHaveLength(2);
  });

  test('that is amended takes back what it does not ask for any more, and asks for what it does now', async () => {
    const { world, id } = await signedNote();
    await amend(world, await view(world, id));
    const { text } = await view(world, id);
    await world.doctor.send(
      'PUT',
      `/api/notes/${id}/text`,
      plan('Återbesök om tre veckor. Telefontid om två veckor.'),
      text.version!,
    );
    expect((await sign(world.doctor, id, 'ny tid')).body.left).toMatchObject([{ kind: 'undecided' }]);
    await confirmAll(world.doctor, id);
    expect((await sign(world.doctor, id, 'ny tid')).status).toBe(200);
    expect(await requestsOf(id)).toEqual([
      { type: 'aterbesok', state: 'withdrawn', task: 'cancelled' },
      { type: 'telefon', state: 'active', task: 'new' },
      { type: 'aterbesok', state: 'active', task: null },
    ]);
  });

  test('whose request is recalled does not ask again when it is amended, until somebody decides so', async () => {
    const { world, id } = await signedNote();
    const { followUps } = await view(world, id);
    const { request } = followUps[0]!;
    const url = `/api/requests/${request!.id}/withdraw`;
    expect((await world.colleague.send('POST', url, { reason: 'avlidit' }, request!.version)).status).toBe(403);
    const recalled = await world.doctor.send('POST', url, { reason: 'sökt annan vård' }, request!.version);
    expect(recalled).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect((await world.doctor.send('POST', url, { reason: 'igen' }, request!.version + 1)).body.code).toBe(
      'STATE_NOT_ALLOWED',
    );
    expect((await requestsOf(id))[0]).toEqual({ type: 'aterbesok', state: 'withdrawn', task: 'cancelled' });
    const amended = await amend(world, await view(world, id));
    expect(amended.body.left).toMatchObject([
      {
        kind: 'undecided',
        followUpId: followUps[0]!.id,
        reopenedBecause: 'Begäran har dragits tillbaka: sökt annan vård',
      },
    ]);
  });

  test('that is moved to the right patient recalls everything and is decided on again', async () => {
    const { world, id } = await signedNote();
    const { unitId, doctor } = world.clinic;
    const right = await database.storage.withAudit(doctor, CONTEXT, (transaction) =>
      createPatient(transaction, {
        unitId,
        personalNumber: madeUpNumber(),
        personalNumberKind: 'personnummer',
        givenName: 'Rätt',
        familyName: 'Patient',
      }),
    );
    const note = await view(world, id);
    const move = { patientId: right.id, reason: 'fel patient' };
    const moved = await world.doctor.send<ChangedNote>('POST', `/api/notes/${id}/move`, move, note.version);
    expect(moved).toMatchObject({ status: 200, body: { state: 'amending' } });
    expect(moved.body.left).toHaveLength(2);
    expect((await requestsOf(id)).map(({ state, task }) => [state, task])).toEqual([
      ['withdrawn', 'cancelled'],
      ['withdrawn', 'cancelled'],
    ]);
    await confirmAll(world.doctor, id);
    expect((await sign(world.doctor, id, 'fel patient')).status).toBe(200);
    const { rows } = await database.owner.query(
      `select count(*)::int from booking_requests where note_id = $1 and patient_id = $2 and state = 'active'`,
      [id, right.id],
    );
    expect(rows).toEqual([{ count: 2 }]);
  });

  test('is not moved to a patient of another unit', async () => {
    const { world, id } = await signedNote();
    const other = await openNoteWorld(database);
    const { version } = await view(world, id);
    for (const patientId of [other.clinic.patientId, randomUUID()]) {
      const moved = await world.doctor.send('POST', `/api/notes/${id}/move`, { patientId, reason: 'fel' }, version);
      expect(moved.status).toBe(404);
    }
    expect((await requestsOf(id)).map(({ state }) => state)).toEqual(['active', 'active']);
  });
});

describe('a draft', () => {
  test('is thrown away only when it asks for nothing', async () => {
    const world = await openNoteWorld(database);
    const note = await begin(world, 'Återbesök om sex veckor.');
    const url = `/api/notes/${note.id}/discard`;
    const refused = await world.doctor.send('POST', url, undefined, note.version);
    expect(refused).toMatchObject({ status: 409, body: { left: [{ kind: 'asks_for_something' }] } });
    const [card] = note.followUps;
    await world.doctor.send('PUT', `/api/follow-ups/${card!.id}/decision`, { decision: 'nothing' }, card!.version);
    expect(await world.doctor.send('POST', url, undefined, note.version)).toMatchObject({
      body: { state: 'discarded' },
    });
    expect((await view(world, note.id)).text.content).toEqual(note.text.content);
  });

  test('goes to a deputy, who decides and signs in the place of the author', async () => {
    const world = await openNoteWorld(database);
    const note = await begin(world, 'Återbesök om sex veckor.');
    const url = `/api/notes/${note.id}/deputy`;
    const nobody = await world.doctor.send('PUT', url, { staffId: world.clinic.administrator.id }, note.version);
    expect(nobody.body.code).toBe('REQUEST_INVALID');
    await world.doctor.send('PUT', url, { staffId: world.colleague.id }, note.version);
    const { body } = await world.colleague.get('/api/worklist');
    expect(body.notes).toMatchObject([{ id: note.id, relation: 'deputy', undecided: 1 }]);
    await confirmAll(world.colleague, note.id);
    expect((await sign(world.colleague, note.id)).status).toBe(200);
    expect((await view(world, note.id)).decisions.map(({ kind }) => kind)).toEqual(['deputised', 'confirmed']);
  });

  test('keeps a decision about a chain whole: both cards are requested in it', async () => {
    const world = await openNoteWorld(database);
    const { id } = await begin(world, 'Återbesök om sex veckor med prover en vecka innan.');
    await confirmAll(world.doctor, id);
    await sign(world.doctor, id);
    const cards = (await view(world, id)).followUps as unknown as ChangedCard[];
    const { rows } = await database.owner.query('select distinct chain_id from booking_requests where note_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ chain_id: cards[0]!.chainId }]);
  });
});

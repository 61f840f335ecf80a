import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangedNote, NoteView, SavedText } from '../../src/contracts/notes-api.ts';
import type { FollowUpCard } from '../../src/contracts/notes-api-cards.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { begin, confirmAll, type NoteWorld, openNoteWorld, plan, sign } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

const VISIT = 'Återbesök om sex veckor.';

async function view({ doctor }: NoteWorld, id: string): Promise<NoteView> {
  return (await doctor.get<NoteView>(`/api/notes/${id}`)).body;
}

/** A signed note that was opened for a new version. */
async function amendedNote(text: string, decide = (world: NoteWorld, id: string) => confirmAll(world.doctor, id)) {
  const world = await openNoteWorld(database);
  const { id } = await begin(world, text);
  await decide(world, id);
  await sign(world.doctor, id);
  const signed = await view(world, id);
  await world.doctor.send('POST', `/api/notes/${id}/amend`, undefined, signed.version);
  return { world, id, signed };
}

async function write(world: NoteWorld, id: string, text: string): Promise<SavedText> {
  const { text: before } = await view(world, id);
  return (await world.doctor.send<SavedText>('PUT', `/api/notes/${id}/text`, plan(text), before.version!)).body;
}

async function decide({ doctor }: NoteWorld, { id, version }: FollowUpCard, decision: object): Promise<void> {
  expect((await doctor.send('PUT', `/api/follow-ups/${id}/decision`, decision, version)).status).toBe(200);
}

async function cancel(world: NoteWorld, id: string) {
  const { version } = await view(world, id);
  return world.doctor.send<ChangedNote>('POST', `/api/notes/${id}/cancel-amendment`, undefined, version);
}

/** What a card says to whoever reads it. */
const said = ({ id, state, fields, source, reason, request }: FollowUpCard) => ({
  id,
  state,
  fields,
  source,
  reason,
  request,
});

async function requestStates(id: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ state: string }>(
    'select state from booking_requests where note_id = $1 order by created_at',
    [id],
  );
  return rows.map(({ state }) => state);
}

describe('an amendment that is taken back', () => {
  test('leaves the signed version, its decisions and its requests as they were', async () => {
    const { world, id, signed } = await amendedNote(`${VISIT} Telefontid om två veckor.`);
    const saved = await write(world, id, 'Återbesök om tre veckor. Nytt blodtryck om en vecka hos ssk.');
    expect(saved.left.length).toBeGreaterThan(0);
    expect(await cancel(world, id)).toMatchObject({
      status: 200,
      body: { state: 'signed', signedVersion: 1, left: [] },
    });
    const after = await view(world, id);
    expect(after.text).toEqual(signed.text);
    expect(after.followUps.map(said)).toEqual(signed.followUps.map(said));
    expect(await requestStates(id)).toEqual(['active', 'active']);
  });

  test('takes back what was decided and marked in it, and nothing that was decided before', async () => {
    const { world, id, signed } = await amendedNote(`Blodtrycket är bra. ${VISIT}`);
    const { text } = await view(world, id);
    const words = {
      textVersion: text.version,
      start: 'Planering\n'.length,
      end: 'Planering\nBlodtrycket är bra'.length,
    };
    expect((await world.doctor.send('POST', `/api/notes/${id}/follow-ups`, words)).status).toBe(201);
    const [marked, visit] = (await view(world, id)).followUps as [FollowUpCard, FollowUpCard];
    await decide(world, marked, { decision: 'nothing' });
    await decide(world, visit, { decision: 'nothing', reason: 'ändrade mig' });
    expect((await cancel(world, id)).status).toBe(200);
    expect((await view(world, id)).followUps.map(said)).toEqual(signed.followUps.map(said));
  });

  test('asks again what it had taken back', async () => {
    const asked = { decision: 'asked', to: { role: 'clinician' }, text: 'Går det?' };
    const { world, id } = await amendedNote(VISIT, async (all, noteId) =>
      decide(all, (await view(all, noteId)).followUps[0]!, asked),
    );
    await decide(world, (await view(world, id)).followUps[0]!, { decision: 'nothing' });
    expect((await cancel(world, id)).status).toBe(200);
    const { followUps } = await view(world, id);
    expect(followUps).toMatchObject([
      { state: 'asked', questions: [{ state: 'withdrawn' }, { state: 'open', text: 'Går det?' }] },
    ]);
  });

  test('stands without a new statement that nothing is followed up', async () => {
    const { world, id } = await amendedNote('Egenvård.', async ({ doctor }, noteId) => {
      await doctor.send('POST', `/api/notes/${noteId}/no-follow-up`, undefined, 1);
    });
    await write(world, id, `Egenvård. ${VISIT}`);
    expect(await cancel(world, id)).toMatchObject({ status: 200, body: { state: 'signed' } });
    expect((await view(world, id)).followUps).toEqual([]);
  });

  test('is one: neither a draft nor a signed note is gone back from', async () => {
    const { world, id } = await amendedNote(VISIT);
    await cancel(world, id);
    expect((await cancel(world, id)).body.code).toBe('STATE_NOT_ALLOWED');
    const draft = await begin(world, VISIT);
    expect((await cancel(world, draft.id)).body.code).toBe('STATE_NOT_ALLOWED');
  });

  test('is taken back by whoever answers for the note', async () => {
    const { world, id } = await amendedNote(VISIT);
    const { version } = await view(world, id);
    const url = `/api/notes/${id}/cancel-amendment`;
    expect((await world.colleague.send('POST', url, undefined, version)).status).toBe(403);
    expect((await world.doctor.send('POST', url, undefined, version + 1)).status).toBe(412);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NoteContent } from '../../src/contracts/notes.ts';
import type { NoteView, SavedText } from '../../src/contracts/notes-api.ts';
import type { HeardWords } from '../../src/contracts/notes-api-heard.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { openNoteWorld } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

const SAID = ['Mår', 'bra.', 'Återbesök', 'om', 'sex', 'veckor.'];

/** Words said one a second, the fifth heard with the given probability. */
function utterance(probability: number, number = 0) {
  return {
    liveSessionId: 'session',
    number,
    startSeconds: 0,
    endSeconds: SAID.length,
    text: SAID.join(' '),
    words: SAID.map((text, at) => ({
      id: `w${at}`,
      text,
      startSeconds: at,
      endSeconds: at + 0.9,
      probability: at === 4 ? probability : 0.99,
    })),
  };
}

function dictated(): NoteContent {
  let at = 0;
  const spans = SAID.map((word, index) => {
    const start = at;
    at += word.length + 1;
    return { sectionId: 'planering', start, end: start + word.length, wordIds: [`w${index}`] };
  });
  return { sections: [{ id: 'planering', heading: 'Planering', text: SAID.join(' ') }], spans };
}

async function heardNote(probability: number) {
  const world = await openNoteWorld(database);
  const { body: note } = await world.doctor.send<NoteView>('POST', '/api/notes', { patientId: world.clinic.patientId });
  const url = `/api/notes/${note.id}`;
  const kept = await world.doctor.send('POST', `${url}/utterances`, { utterances: [utterance(probability)] });
  expect(kept.status).toBe(204);
  const { body } = await world.doctor.send<SavedText>('PUT', `${url}/text`, dictated(), note.text.version!);
  return { world, url, card: body.followUps[0]! };
}

test('the words of a card lead back to where in the sound they were said', async () => {
  const { world, url, card } = await heardNote(0.99);
  const { start, end } = card.source;
  const { body } = await world.doctor.get<HeardWords>(`${url}/heard?start=${start}&end=${end}`);
  expect(body.stretches).toMatchObject([{ liveSessionId: 'session', startSeconds: 2, endSeconds: 5.9 }]);
  expect(body.stretches[0]!.words.map(({ id }) => id)).toEqual(['w2', 'w3', 'w4', 'w5']);
  expect((await world.doctor.get<HeardWords>(`${url}/heard?start=0&end=3`)).body.stretches).toEqual([]);
});

test('a word that was heard with low confidence is looked at by a person', async () => {
  expect((await heardNote(0.99)).card.route).toBe('auto');
  const { card } = await heardNote(0.1);
  expect(card.route).toBe('review');
  expect(card.flags.map(({ name }) => name)).toContain('uncertain_hearing');
});

test('what was said is kept once, and never changed', async () => {
  const { world, url } = await heardNote(0.5);
  const again = { ...utterance(0.99), text: 'Något annat.' };
  expect((await world.doctor.send('POST', `${url}/utterances`, { utterances: [again] })).status).toBe(204);
  const { body } = await world.doctor.get<HeardWords>(`${url}/heard?start=0&end=100`);
  expect(body.stretches.flatMap(({ words }) => words).find(({ id }) => id === 'w4')?.probability).toBe(0.5);
  expect((await world.colleague.send('POST', `${url}/utterances`, { utterances: [utterance(1, 1)] })).status).toBe(403);
});

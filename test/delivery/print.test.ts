import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChainStation } from '../../src/contracts/delivery.ts';
import { batchPrinted } from '../../src/delivery/batch-printed.ts';
import { stopLetter } from '../../src/delivery/by-hand.ts';
import { composeIssued } from '../../src/letters/issued.ts';
import { lettersAsPdf } from '../../src/letters/to-pdf.ts';
import {
  createBatch,
  lettersOfBatch,
  lettersToPrint,
  listBatches,
} from '../../src/storage/repositories/print-batches.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { readPdf, spoken } from '../letters/read-pdf.ts';
import { eventually } from '../queue/running-queue.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { type LetterClinic, letterNow, plantBooked, plantLetterClinic, sendLetter } from './planted-letter.ts';
import { runPostOffice } from './post-office.ts';

const PAPER: readonly ChainStation[] = [{ channel: 'print', waitHours: null }];

let cluster: TestCluster;
let storage: Storage;
let planted: LetterClinic;
beforeAll(async () => {
  cluster = await startTestCluster();
});
beforeEach(async () => {
  ({ storage } = await cluster.fresh());
  planted = await plantLetterClinic(storage, PAPER);
});
afterAll(() => cluster.close());

const waiting = () =>
  asAdministrator(storage, planted.clinic, (transaction) => lettersToPrint(transaction, [planted.clinic.unitId], 100));
const gather = (limit = 100) =>
  asAdministrator(storage, planted.clinic, (transaction) =>
    createBatch(transaction, { unitId: planted.clinic.unitId, limit }),
  );
const lettersOf = (batchId: string) =>
  asAdministrator(storage, planted.clinic, (transaction) => lettersOfBatch(transaction, batchId));

async function toPrint(count: number): Promise<string[]> {
  await runPostOffice(storage, {});
  const ids: string[] = [];
  for (let day = 20; day < 20 + count; day++) {
    ids.push((await sendLetter(storage, planted, await plantBooked(storage, planted, day))).id);
  }
  await eventually(async () => expect(await waiting()).toHaveLength(count));
  return ids;
}

test('letters that wait are gathered in one addressed PDF, each on pages of its own and tagged', async () => {
  await toPrint(3);
  const letters = await lettersOf((await gather()).id);
  // Of one page each.
  const documents = letters.map((letter) => composeIssued({ ...letter, kind: 'avbokning' }));
  const { pages, document } = await readPdf(await lettersAsPdf(documents, { title: 'Brev', isTwoSided: false }));
  expect(pages).toHaveLength(3);
  for (const page of pages) {
    const heading = spoken(page).filter(({ role }) => role === 'H1');
    expect(heading.map(({ text }) => text)).toEqual(['Din tid är avbokad']);
    expect(spoken(page).some(({ text }) => text.includes('Åsa Prov'))).toBe(true);
  }
  expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
  const { pages: sheets } = await readPdf(await lettersAsPdf(documents, { title: 'Brev', isTwoSided: true }));
  const isWrittenOn = sheets.map((page) => page.pieces.some(({ str }) => str?.trim()));
  expect(isWrittenOn).toEqual([true, false, true, false, true]);
});

test('two who gather at once share the letters, and none is in both piles', async () => {
  const ids = await toPrint(6);
  const piles = await Promise.allSettled([gather(3), gather(3), gather(3)]);
  const made = piles.flatMap((pile) => (pile.status === 'fulfilled' ? [pile.value] : []));
  const gathered = (await Promise.all(made.map(({ id }) => lettersOf(id)))).flat().map(({ id }) => id);
  expect(gathered.sort()).toEqual(ids.sort());
  expect(await waiting()).toEqual([]);
  await expect(gather()).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
});

test('a pile is printed once it is marked, can be opened again, and leaves out what was stopped meanwhile', async () => {
  const [first, second] = (await toPrint(2)) as [string, string];
  const batch = await gather();
  await asAdministrator(storage, planted.clinic, async (transaction) => {
    const { letter } = await letterNow(storage, planted, first);
    await stopLetter(transaction, letter);
  });
  expect((await lettersOf(batch.id)).map(({ id }) => id)).toEqual([second]);
  expect((await letterNow(storage, planted, second)).letter.state).toBe('queued');
  const mark = () =>
    asAdministrator(storage, planted.clinic, (transaction) => batchPrinted(transaction, batch, new Date()));
  await mark();
  await expect(mark()).rejects.toMatchObject({ code: 'CONFLICT' });
  expect((await letterNow(storage, planted, second)).letter.state).toBe('sent');
  expect((await letterNow(storage, planted, first)).ways[0]).toMatchObject({ state: 'stopped', reason: 'stopped' });
  expect((await lettersOf(batch.id)).map(({ id }) => id)).toEqual([second]);
  const [shown] = await asAdministrator(storage, planted.clinic, (transaction) =>
    listBatches(transaction, [planted.clinic.unitId], 10),
  );
  expect(shown).toMatchObject({ letters: 1, printedAt: expect.any(Date), madeByName: 'Test Öberg' });
});

test('where paper is not the last channel, the letter goes on when it has not been read', async () => {
  planted = await plantLetterClinic(storage, [
    { channel: 'print', waitHours: 72 },
    { channel: 'notice', waitHours: null },
  ]);
  const [id] = (await toPrint(1)) as [string];
  const batch = await gather();
  await asAdministrator(storage, planted.clinic, (transaction) => batchPrinted(transaction, batch, new Date()));
  const [paper, notice] = (await letterNow(storage, planted, id)).ways;
  expect(notice!.dueAt!.getTime() - paper!.toldAt!.getTime()).toBe(72 * 3_600_000);
});

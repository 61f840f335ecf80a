import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readVocabulary, starterVocabulary } from '../../src/cli/vocabulary-file.ts';
import { scratchFolder } from '../scratch-folder.ts';

async function listOf(text: string): Promise<string> {
  const file = join(await scratchFolder(), 'ord.tsv');
  await writeFile(file, text);
  return file;
}

test('medical terms come along', async () => {
  const terms = await starterVocabulary();
  expect(terms.length).toBeGreaterThan(1500);
  expect(terms.map(({ term }) => term)).toContain('metoprolol');
});

test('a list is read with how its terms sound, and one that cannot be read is refused by its line', async () => {
  const terms = await readVocabulary(await listOf('# våra\nF9\tef nio\nmottagningens namn\n'));
  expect(terms).toEqual([{ term: 'F9', soundsLike: 'ef nio' }, { term: 'mottagningens namn' }]);
  await expect(readVocabulary(await listOf('Waran\nF9\tef nio\tofta\n'))).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    message: expect.stringContaining('line 2'),
  });
});

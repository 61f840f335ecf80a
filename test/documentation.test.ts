import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { ERROR_CODES } from '../src/contracts/errors.ts';

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'THIRD_PARTY.md'];

function read(path: string): string {
  return readFileSync(join(PROJECT_DIRECTORY, path), 'utf8');
}

function firstCells(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, cell]) => cell!);
}

describe('the README', () => {
  const readme = firstCells(read('README.md'));

  test('says of every error code what to do, and names none that there is not', () => {
    expect(readme.filter((cell) => !cell.startsWith('TALTID_'))).toEqual(ERROR_CODES);
  });

  test('lists every setting, in the order of src/config.ts', () => {
    const settings = read('src/config.ts').matchAll(/\['(TALTID_\w+)'|^ {4}'(TALTID_\w+)',$/gm);
    const variables = [...settings].map(([, inLine, onItsOwn]) => inLine ?? onItsOwn);
    expect(variables.length).toBeGreaterThan(0);
    expect(readme.filter((cell) => cell.startsWith('TALTID_'))).toEqual(variables);
  });

  test('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test.each(DOCUMENTS)('%s links only to files that are there', (document) => {
  const targets = [...read(document).matchAll(/\]\(([^)#:]+)\)/g)].map(([, target]) => target!);
  for (const target of targets) expect(() => read(target), target).not.toThrow();
});

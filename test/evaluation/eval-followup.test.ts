import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScript, SCRIPT_TIMEOUT_MS } from './run-script.ts';

const GIVEN = fileURLToPath(new URL('../followup/labelled/given.jsonl', import.meta.url));

const PHRASE = {
  id: 'X1',
  text: 'Återbesök om tre veckor till mig.',
  mode: 'typed',
  ref_date: '2026-03-10',
  route: 'auto',
  flags: [],
  requests: [
    {
      id: 'R1',
      type: 'aterbesok',
      practitioner: '@author',
      time: { kind: 'om', expr: 'om tre veckor', target: '2026-03-31', mal_datum: '2026-03-31' },
    },
  ],
  negated: [],
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taltid-eval-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const evaluate = (...args: string[]) => runScript('eval-followup.ts', args);

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('npm run eval:followup', { timeout: SCRIPT_TIMEOUT_MS }, () => {
  test('finds the given phrases as they are labelled', async () => {
    const { exitCode, stdout } = await evaluate(GIVEN, '--json');
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ rows: 35, notes: 0, routeAccuracy: 1, missed: 0, wrongAuto: 0, falseFollowUps: 0 });
    expect(report.fields.type).toMatchObject({ precision: 1, recall: 1 });
    expect(report.perFile).toHaveLength(1);
    expect(report.misses).toEqual([]);
  });

  test('tells every miss with its text, in the table and as JSON, and takes labels that it does not know', async () => {
    const wrong = {
      ...PHRASE,
      route: 'review',
      requests: [...PHRASE.requests, { id: 'R2', type: 'tandvard', tooth: 14 }],
    };
    const path = file('wrong.jsonl', `${JSON.stringify(wrong)}\n\n${JSON.stringify({ ...PHRASE, id: 'X2' })}\n`);
    const report = JSON.parse((await evaluate(path, '--json')).stdout);
    expect(report).toMatchObject({ rows: 2, routeAccuracy: 0.5, missed: 1, wrongAuto: 1, foundRate: 2 / 3 });
    expect(report.misses).toEqual([
      expect.objectContaining({ id: 'X1', text: PHRASE.text, missed: [wrong.requests[1]] }),
    ]);
    const { stdout } = await evaluate(path);
    expect(stdout).toContain(`X1: ${PHRASE.text}`);
    expect(stdout).toContain('WRONG AUTO: labelled review, found auto');
    expect(stdout).toContain('missed {"id":"R2","type":"tandvard","tooth":14}');
  });

  test('reads notes by their quotes', async () => {
    const { text, requests, flags, route } = PHRASE;
    const note = {
      id: 'N9',
      text: `Anamnes\nMår bra. Återbesök för tre veckor sedan.\n\nPlanering\n${text}\n`,
      mode: 'typed',
      ref_date: PHRASE.ref_date,
      followups: [{ requests, flags, route, quote: text }],
      negated: [],
    };
    const report = JSON.parse((await evaluate(file('note.json', JSON.stringify(note)), '--json')).stdout);
    expect(report).toMatchObject({ rows: 0, notes: 1, routeAccuracy: 1, missed: 0, falseFollowUps: 0 });
    const badNote = file(
      'bad-note.json',
      JSON.stringify({ ...note, followups: [{ ...note.followups[0], quote: 'nej' }] }),
    );
    expect((await evaluate(badNote)).stderr).toMatch(/^REQUEST_INVALID: .*N9.*expected quotes that stand in its text/);
  });

  test('misheard texts give the same figures for the same seed, and a stricter route counts as safe', async () => {
    const first = await evaluate(GIVEN, '--json', '--mishear', '1');
    const again = await evaluate(GIVEN, '--json', '--mishear', '1');
    expect(again.stdout).toBe(first.stdout);
    const report = JSON.parse(first.stdout);
    expect(report.misheardWithSeed).toBe(1);
    expect(report.foundRate).toBeGreaterThan(0.5);
    expect(report.foundRate).toBeLessThan(1);
    expect(report.routeSafety).toBeGreaterThan(report.routeAccuracy);
  });

  test.each([
    ['a file that is not there', () => join(folder, 'gone.jsonl'), /^FILE_NOT_FOUND: .*expected labelled phrases/],
    ['a line that is no JSON', () => file('a.jsonl', `${JSON.stringify(PHRASE)}\n{`), /^REQUEST_INVALID: .*a\.jsonl:2/],
    [
      'a line that is no label',
      () => file('b.jsonl', '{"id":"X"}'),
      /^REQUEST_INVALID: .*b\.jsonl:1.*got .*\(at text\)/,
    ],
  ])('refuses %s and says where', async (_what, path, message) => {
    const { exitCode, stdout, stderr } = await evaluate(path());
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  test('refuses a seed that is none with exit code 2', async () => {
    const { exitCode, stderr } = await evaluate('--mishear', 'x');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('expected a whole number');
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatFollowUps } from '../src/cli/followup-listing.ts';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { FollowUpReading, LabelledPhrase } from '../src/contracts/followup.ts';
import { MAX_NOTE_CHARACTERS } from '../src/contracts/followup-api.ts';
import { localDate } from '../src/followup/calendar/local-date.ts';
import { extractFollowUps } from '../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../src/followup/unit.ts';

const LAUNCHER = join(PROJECT_DIRECTORY, 'bin/taltid.js');
const NOTE = 'Återbesök om 3 månader hos dr Lind med prover innan.\nTelefontid dsk inom 2 v. Inget brev behövs.\n';

interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

function taltid(args: readonly string[], input: string | Uint8Array = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [LAUNCHER, ...args], (_error, out, err) =>
      resolve({ exitCode: child.exitCode, out, err }),
    );
    // Who refuses its input early closes it, which is no failure of the test.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

let folder: string;
let note: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taltid-followups-'));
  note = join(folder, 'note.txt');
  await writeFile(note, NOTE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('followups', () => {
  test('lists in Swedish what, with whom, when, in which words, the route, and its reasons', async () => {
    const { exitCode, out, err } = await taltid(['followups', note, '--ref-date', '2026-03-10']);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^3 uppföljningar i texten, räknat från tis 10 mars\.\n/);
    expect(out).toContain('KLAR ATT BOKA (auto)\n  R1  Återbesök\n      hos           läkare Lind\n');
    expect(out).toMatch(/när {11}ons 10 juni\n {6}måldatum {6}ons 10 juni\n {6}ord {11}”Återbesök/);
    expect(out).toMatch(/R2 {2}Provtagning\n {6}före {10}R1\n/);
    expect(out).toMatch(/när {11}en vecka innan R1 \(föreslås, står inte\)/);
    expect(out).toMatch(/ {2}- Det står inte hur lång tid före besöket .* \[lab_offset_default\]/);
    expect(out).toMatch(/R3 {2}Telefontid\n {6}hos {11}distriktssköterska\n/);
    expect(out).toContain('senast 24 mars');
    expect(out).toMatch(/BESLUT: BEHÖVS INTE\n {2}- Brev: ”Inget brev/);
  });

  test('reads standard input with -, and prints all there is with --json', async () => {
    const { out } = await taltid(['followups', '-', '--json', '--ref-date', '2026-03-10'], NOTE);
    const reading = FollowUpReading.parse(JSON.parse(out));
    expect(reading.decisions.map(({ type }) => type)).toEqual(['brev']);
    for (const { source } of reading.followUps) expect(NOTE.slice(source.start, source.end)).toBe(source.text);
  });

  test('says where a note asks for nothing', async () => {
    const { exitCode, out } = await taltid(['followups', '-'], 'Mår bra.');
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^0 uppföljningar i texten/)]);
  });

  test.each([
    ['a file that is not there', ['followups', 'gone.txt'], '', 1, /FILE_NOT_FOUND: cannot read gone\.txt/],
    [
      'a note that is too long',
      ['followups', '-'],
      'Kunigunda '.repeat(MAX_NOTE_CHARACTERS / 9),
      1,
      /REQUEST_TOO_LARGE.*20000/,
    ],
    ['endless input', ['followups', '-'], 'Kunigunda '.repeat(MAX_NOTE_CHARACTERS), 1, /REQUEST_TOO_LARGE.*bytes/],
    ['what is not UTF-8', ['followups', '-'], new Uint8Array([75, 0xff, 0xfe]), 2, /REQUEST_INVALID.*UTF-8/],
    [
      'a day that does not exist',
      ['followups', '-', '--ref-date', '2026-02-30'],
      '',
      2,
      /expected a day as YYYY-MM-DD/,
    ],
    ['an unknown mode', ['explain', 'x', '--mode', 'sung'], '', 2, /typed, dictated/],
  ])('refuses %s without repeating the note', async (_what, args, input, exitCode, message) => {
    const ran = await taltid(args, input);
    expect([ran.exitCode, ran.out]).toEqual([exitCode, '']);
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toContain('Kunigunda');
  });
});

test('every given phrase is listed in Swedish, without names of the schema', async () => {
  const rows = await readFile(join(PROJECT_DIRECTORY, 'test/followup/labelled/given.jsonl'), 'utf8');
  const refDate = localDate(2026, 3, 10)!;
  for (const line of rows.trim().split('\n')) {
    const { text, mode } = LabelledPhrase.parse(JSON.parse(line));
    const listing = formatFollowUps(extractFollowUps(text, { refDate, mode, unit: UNIT_DEFAULTS }), refDate);
    const written = listing.replaceAll(/ \[\w+(:[-\d]+)?\]$/gm, '').replaceAll(/”[^”]*”|\("[^"]*"\)/g, '');
    expect(written).not.toMatch(/undefined|null|NaN|\[object|\w_\w|lakare|skoterska|bes[o]k\b|P\d+[DWMY]/);
  }
});

describe('explain', () => {
  test('shows repaired words, the standing of each stretch, and phrases with the rules that made them', async () => {
    const text = 'Otörbesök om sex, veckor hos dr Lind';
    const { exitCode, out } = await taltid(['explain', text, '--mode', 'dictated', '--ref-date', '2026-03-10']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^repaired {2}Otörbesök -> återbesök\nsentence 1\n {2}plan\n/);
    expect(out).toMatch(/^ {4}Time {2}"om sex.* {2}\(uncertain\) {2}<- \S/m);
    expect(out).toMatch(/^route {5}review$/m);
    expect(out).toContain('"target":"2026-04-21"');
  });

  test('prints the same as JSON', async () => {
    const { out } = await taltid(['explain', 'Åb 3 v.', '--json', '--ref-date', '2026-03-10']);
    expect(JSON.parse(out)).toMatchObject({ repairs: [], reading: { route: 'auto' } });
  });
});

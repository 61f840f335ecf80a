import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../src/config.ts';

const LAUNCHER = join(PROJECT_DIRECTORY, 'bin/taltid.js');
const SPEECH = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech');
const CLIP = join(SPEECH, 'kan_du_vara.flac');
const OTHER_CLIP = join(SPEECH, 'ha_en_trevlig_dag.flac');

interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

function taltid(args: readonly string[], input?: Uint8Array, env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [LAUNCHER, ...args],
      { env: { ...process.env, ...env } },
      (_error, out, err) => resolve({ exitCode: child.exitCode, out, err }),
    );
    child.stdin?.end(input);
  });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taltid-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a command that is not understood exits with 2 and says why', () => {
  test.each([
    [['transcribe'], /missing required argument 'file'/],
    [['transcribe', 'a.wav', '--format', 'pdf'], /Allowed choices are text, json, srt, vtt/],
    [['transcribe', 'a.wav', '--beam', '0'], /expected a whole number from 1 to 10; got "0"/],
    [['transcribe', 'a.wav', '--language', 'svenska'], /expected an ISO 639-1 code/],
    [['transcribe', 'a.wav', '--colour', 'red'], /unknown option '--colour'/],
    [['transcribe', 'a/x.wav', 'b/x.mp3', '--output-dir', 'out'], /two files would both be written to/],
    [['translate', 'a.wav'], /unknown command 'translate'/],
    [['serve', '--port', 'http'], /--port is not usable; expected a whole number/],
  ])('%j', async (args, message) => {
    const { exitCode, err } = await taltid(args);
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

test('help is no failure', async () => {
  const { exitCode, out } = await taltid(['transcribe', '--help']);
  expect(exitCode).toBe(0);
  expect(out).toContain('--output-dir');
});

test.skipIf(process.platform === 'win32')('npx finds the command in the project folder', async () => {
  const npx = spawn('npx', ['taltid', '--help'], { cwd: PROJECT_DIRECTORY });
  let out = '';
  for await (const chunk of npx.stdout) out += chunk;
  expect(out).toContain('Usage: taltid');
});

describe('transcribe', () => {
  test('prints the text of one file', async () => {
    const { exitCode, out, err } = await taltid(['transcribe', CLIP, '--beam', '1']);
    expect(err).toBe('');
    expect(exitCode).toBe(0);
    expect(out.toLowerCase()).toContain('kan du');
  });

  test('prints several files in the order given, each under its name', async () => {
    const { out } = await taltid(['transcribe', OTHER_CLIP, CLIP, '--beam', '1']);
    expect([...out.matchAll(/^==> (.+) <==$/gm)].map(([, file]) => file)).toEqual([OTHER_CLIP, CLIP]);
  });

  test('a file that fails is told with its code, the others go on, and the exit code is 1', async () => {
    const text = join(folder, 'text.wav');
    await writeFile(text, 'this is no audio');
    const { exitCode, out, err } = await taltid(['transcribe', text, join(folder, 'gone.wav'), folder, CLIP]);
    expect(exitCode).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^taltid: .*text\.wav: AUDIO_NOT_AUDIO: .*expected .+; got /),
      expect.stringMatching(/^taltid: .*gone\.wav: FILE_NOT_FOUND: /),
      expect.stringMatching(/^taltid: .*: FILE_NOT_FOUND: .*got a folder/),
    ]);
    expect(out).toContain(`==> ${CLIP} <==`);
  });

  test('reads standard input with -', async () => {
    const { exitCode, out } = await taltid(['transcribe', '-', '--beam', '1'], await readFile(CLIP));
    expect(exitCode).toBe(0);
    expect(out.toLowerCase()).toContain('kan du');
  });

  test('a file beyond the limit is refused before it is read', async () => {
    const { exitCode, err } = await taltid(['transcribe', CLIP], undefined, { TALTID_MAX_UPLOAD_BYTES: '1000' });
    expect(exitCode).toBe(1);
    expect(err).toMatch(/AUDIO_TOO_LARGE: .*expected at most 1000 bytes; got \d+ bytes/);
  });

  test('json is one line a file, with segments, and words when asked for', async () => {
    const { out } = await taltid(['transcribe', CLIP, OTHER_CLIP, '--format', 'json', '--words', '--beam', '1']);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([first.file, second.file]).toEqual([CLIP, OTHER_CLIP]);
    expect(first).toMatchObject({ language: 'swedish', duration: expect.any(Number), model: expect.any(String) });
    expect(first.words.map(({ word }: { word: string }) => word).join(' ')).toBe(first.text);
  });

  test('writes one file of output for each file of audio', async () => {
    const output = join(folder, 'out');
    const { out } = await taltid(['transcribe', CLIP, OTHER_CLIP, '--format', 'srt', '--output-dir', output]);
    expect(out).toBe('');
    expect((await readdir(output)).sort()).toEqual(['ha_en_trevlig_dag.srt', 'kan_du_vara.srt']);
    expect(await readFile(join(output, 'kan_du_vara.srt'), 'utf8')).toMatch(
      /^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n/,
    );
  });

  test('a model that is not installed is told', async () => {
    const { exitCode, err } = await taltid(['transcribe', CLIP, '--model', 'nobody/nothing']);
    expect(exitCode).toBe(1);
    expect(err).toContain('MODEL_NOT_FOUND');
  });
});

describe.skipIf(process.platform === 'win32')('the launcher on a Node that is too old', () => {
  /** An old Node is played by a launcher that asks for one that does not exist yet. */
  async function runLauncher(hasNodeOfItsOwn: boolean): Promise<Ran> {
    const project = await mkdtemp(join(folder, 'project-'));
    await Promise.all(
      ['bin', 'src', 'node_modules/.bin'].map((path) => mkdir(join(project, path), { recursive: true })),
    );
    const source = await readFile(LAUNCHER, 'utf8');
    await writeFile(join(project, 'package.json'), '{"type":"module"}');
    await writeFile(join(project, 'bin/taltid.js'), source.replace('NEEDED_MAJOR = 24', 'NEEDED_MAJOR = 99'));
    await writeFile(join(project, 'src/cli.ts'), 'console.log(process.argv.slice(2).join()); process.exitCode = 7;');
    if (hasNodeOfItsOwn) await symlink(process.execPath, join(project, 'node_modules/.bin/node'));
    return new Promise((resolve) => {
      const args = [join(project, 'bin/taltid.js'), 'transcribe', 'a b.wav'];
      const child = execFile(process.execPath, args, (_error, out, err) => {
        resolve({ exitCode: child.exitCode, out, err });
      });
    });
  }

  test('hands its arguments to the Node that comes with the project, and its exit code back', async () => {
    expect(await runLauncher(true)).toEqual({ exitCode: 7, out: 'transcribe,a b.wav\n', err: '' });
  });

  test('says what to do where there is none', async () => {
    const { exitCode, err } = await runLauncher(false);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/expected Node 99 or newer; got \d+\.\d+\.\d+.*npm ci/);
  });
});

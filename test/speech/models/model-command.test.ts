import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startHub } from './local-hub.ts';
import { scratchFolder } from './scratch.ts';
import { writeTinyWhisper } from './tiny-whisper.ts';

const SCRIPT = join(import.meta.dirname, '../../../scripts/model.ts');

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

function run(dataDirectory: string, ...args: string[]): Promise<Outcome> {
  const env = { ...process.env, TALTID_DATA: dataDirectory };
  return new Promise((done) => {
    execFile(process.execPath, [SCRIPT, ...args], { env, timeout: 50_000 }, (error, output, errors) => {
      done({ exitCode: error === null ? 0 : Number(error.code), output, errors });
    });
  });
}

describe('npm run model', () => {
  it('adds from a mirror with checksums shown, lists, verifies, removes', async () => {
    const data = scratchFolder();
    const checkpoint = scratchFolder();
    writeTinyWhisper(checkpoint, 'F16');
    const hub = await startHub(checkpoint);
    const name = 'KBLab/kb-whisper-tiny';
    const added = await run(data, 'add', name, '--from', hub.url);
    expect(added).toMatchObject({ exitCode: 0, output: `${name} is installed, from ${hub.url}/${name}\n` });
    expect(added.errors).toMatch(/model\.safetensors {2}[\d.]+ MB {2}sha256 [0-9a-f]{64}\n/);
    expect((await run(data, 'list')).output).toMatch(/KBLab\/kb-whisper-tiny +installed .*Apache-2\.0 +sv/);
    expect(await run(data, 'verify', name)).toMatchObject({ exitCode: 0, output: `${name}: as registered\n` });
    expect((await run(data, 'remove', name)).exitCode).toBe(0);
    expect((await run(data, 'list')).output).toMatch(/KBLab\/kb-whisper-tiny +can be added/);
  });

  it.each([
    [['remove', 'whisper-base'], 1, /^model: MODEL_PROTECTED: /],
    [['remove', 'x'], 1, /^model: MODEL_NOT_FOUND: .*expected none; got x/],
    [['verify', 'x'], 1, /^model: MODEL_NOT_FOUND: .*expected whisper-base; got x/],
    [['add', '../no-such-model'], 2, /^model: REQUEST_INVALID: /],
    [['frobnicate'], 2, /unknown command/],
  ] as const)('%j ends with the exit code %i', async (args, exitCode, message) => {
    const outcome = await run(scratchFolder(), ...args);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.errors).toMatch(message);
  });

  it('an interrupt ends it with 130 and keeps what came', async () => {
    const data = scratchFolder();
    const checkpoint = scratchFolder();
    writeTinyWhisper(checkpoint, 'F16');
    const hub = await startHub(checkpoint, { 'model.safetensors': { pausesAfterBytes: [100_000] } });
    const args = [SCRIPT, 'add', 'KBLab/kb-whisper-tiny', '--from', hub.url];
    const command = spawn(process.execPath, args, { env: { ...process.env, TALTID_DATA: data }, stdio: 'pipe' });
    let errors = '';
    let interrupted = false;
    command.stderr.on('data', (chunk) => {
      errors += chunk;
      // the weights come next, and pause; a second interrupt would end the process at once
      if (interrupted || !errors.includes('generation_config.json')) return;
      interrupted = command.kill('SIGINT');
    });
    const [exitCode] = await once(command, 'exit');
    expect(exitCode).toBe(130);
    expect(errors).toMatch(/model: CANCELLED: .*goes on with it/);
    expect((await run(data, 'list')).output).toMatch(/KBLab\/kb-whisper-tiny +can be added/);
  });
});

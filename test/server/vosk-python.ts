import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

const run = promisify(execFile);
const PACKAGES = ['vosk==0.3.45', 'websockets<18'];
const INSTALL_MS = 170_000;

/**
 * A Python of its own with the client of the package vosk, gone when the file's tests have run; undefined where there
 * is no Python with venv and pip, or pip cannot reach a registry.
 */
export async function pythonWithVosk(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-vosk-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const python = join(folder, 'bin/python');
  try {
    await run('python3', ['-m', 'venv', folder], { timeout: INSTALL_MS });
    await run(python, ['-m', 'pip', 'install', '--quiet', ...PACKAGES], { timeout: INSTALL_MS });
    afterAll(remove);
    return python;
  } catch {
    await remove();
    return undefined;
  }
}

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contracts/errors.ts';

const LOCK_FILE = '.install.lock';

/**
 * Runs `work` while no other process installs or removes models in `directory`. The lock of a process that died is
 * taken over.
 *
 * @throws AppError MODEL_BUSY, retryable, when another process is at it.
 */
export async function withInstallLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, LOCK_FILE);
  if (!(await tryLock(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isRunning(holder)) throw busy(holder);
    await rm(path, { force: true });
    if (!(await tryLock(path))) throw busy(holder);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // it runs, but belongs to somebody else
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function busy(holder: number): AppError {
  return new AppError('MODEL_BUSY', `Another process (${holder}) is installing or removing a model`, {
    retryable: true,
  });
}

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../contracts/errors.ts';

/** What the page is made of, beside the libraries that the lock file pins. */
const SOURCES = [
  'src/web',
  'src/audio',
  'src/contracts',
  'src/dictation',
  'src/followup',
  'src/transcript',
  'vite.config.ts',
  'package-lock.json',
];

/**
 * Builds the page when there is no build or a source is newer than it, and gives the folder to serve.
 * Throws INTERNAL with the build's own words when it fails.
 */
export async function ensurePageBuilt(projectDirectory: string): Promise<string> {
  const outDirectory = join(projectDirectory, 'dist/web');
  const builtMs = await newestChangeMs(join(outDirectory, 'index.html'));
  const sourceMs = await Promise.all(SOURCES.map((path) => newestChangeMs(join(projectDirectory, path))));
  if (Math.max(...sourceMs) > builtMs) await buildPage(projectDirectory, outDirectory);
  return outDirectory;
}

async function buildPage(projectDirectory: string, outDirectory: string): Promise<void> {
  // Built beside and put in place whole: another server may be serving the old build or be building at this moment.
  const unfinished = `${outDirectory}-${process.pid}`;
  const replaced = `${unfinished}-old`;
  try {
    await mkdir(dirname(outDirectory), { recursive: true });
    // Loaded only when there is something to build: a server with a finished page needs no bundler.
    const { build } = await import('vite');
    await build({ configFile: join(projectDirectory, 'vite.config.ts'), build: { outDir: unfinished } });
    if (existsSync(outDirectory)) await rename(outDirectory, replaced);
    await rename(unfinished, outDirectory);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('INTERNAL', 'the page could not be built from src/web', { got: reason, cause });
  } finally {
    await Promise.all([unfinished, replaced].map((path) => rm(path, { recursive: true, force: true })));
  }
}

/** The time of the newest change in a file or a folder's files, 0 for what is not there. */
async function newestChangeMs(path: string): Promise<number> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const children = await readdir(path);
  return Math.max(0, ...(await Promise.all(children.map((child) => newestChangeMs(join(path, child))))));
}

import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClusterUser } from './cluster-user.ts';

/** Where root puts what another user must reach, when the project or its data lie where nobody else may go. */
const SYSTEM_FOLDER = '/var/lib/taltid';
const OPEN_FOLDER_MODE = 0o755;
const ADDRESS_CHARACTERS = 12;

/** Whether a user may go through every folder that leads to a path. */
export async function canReach(path: string, { uid, gid }: ClusterUser): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) {
      const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0;
      if (((found.mode >> shift) & 1) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** The folder itself, or one under /var/lib that always stands for it. */
export async function reachableFolder(path: string, user: ClusterUser, systemFolder = SYSTEM_FOLDER): Promise<string> {
  if (await canReach(path, user)) return path;
  const address = createHash('sha256').update(path).digest('hex').slice(0, ADDRESS_CHARACTERS);
  await openFolder(systemFolder);
  return join(systemFolder, `database-${address}`);
}

/**
 * Programs that a user can start: the folder itself, or a copy of it, made once.
 * @param version told apart in the copy's name
 */
export async function reachablePrograms(
  folder: string,
  version: string,
  user: ClusterUser,
  systemFolder = SYSTEM_FOLDER,
): Promise<string> {
  if (await canReach(join(folder, 'bin', 'postgres'), user)) return folder;
  const copy = join(systemFolder, `postgresql-${version}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  await openFolder(systemFolder);
  const aside = await mkdtemp(`${copy}-`);
  try {
    // Links between the libraries stay as they are: each names its neighbour.
    await cp(folder, aside, { recursive: true, verbatimSymlinks: true });
    await chmod(aside, OPEN_FOLDER_MODE);
    await rename(aside, copy);
  } catch (error) {
    // Another server may have made the same copy meanwhile.
    if (!(await stat(copy).catch(() => undefined))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return copy;
}

async function openFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, OPEN_FOLDER_MODE);
}

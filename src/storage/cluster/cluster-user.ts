import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../contracts/errors.ts';

/** Whom PostgreSQL's processes run as. */
export interface ClusterUser {
  readonly uid: number;
  readonly gid: number;
}

/** Users that most systems have and that own little or nothing, the likeliest first. */
const UNPRIVILEGED = ['taltid', 'postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root. Started as root, it runs as whoever owns the folder already, else as the first
 * of the unprivileged users that exists; else as who we are (undefined). Throws DATABASE_START when there is none.
 */
export async function clusterUser(folder: string): Promise<ClusterUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(folder).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of UNPRIVILEGED) {
    const [, , uid, gid] = accounts.find(([account]) => account === name) ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new AppError('DATABASE_START', 'the embedded database does not run as root', {
    expected: `a user named ${UNPRIVILEGED.join(', ')}, or to be started by another user`,
    got: 'root alone',
  });
}

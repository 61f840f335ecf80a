import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canReach, reachableFolder, reachablePrograms } from '../../src/storage/cluster/reachable.ts';
import { scratchFolder } from '../scratch-folder.ts';

const SOMEBODY = { uid: 54_321, gid: 54_321 };

/** A folder that everybody may enter, with one in it that only its owner may. */
async function homes(): Promise<{ open: string; closed: string; system: string }> {
  const open = await scratchFolder();
  await chmod(open, 0o755);
  const closed = join(open, 'home');
  await mkdir(closed, { mode: 0o700 });
  return { open, closed, system: join(open, 'system') };
}

describe('a folder behind one that only its owner may enter', () => {
  test('is out of reach for others, and within reach for the owner', async () => {
    const { open, closed } = await homes();
    const { uid, gid } = await stat(closed);
    expect(await canReach(join(open, 'data'), SOMEBODY)).toBe(true);
    expect(await canReach(join(closed, 'data', 'database'), SOMEBODY)).toBe(false);
    expect(await canReach(join(closed, 'data', 'database'), { uid, gid })).toBe(true);
  });

  test('has a database elsewhere, always the same', async () => {
    const { open, closed, system } = await homes();
    const elsewhere = await reachableFolder(join(closed, 'database'), SOMEBODY, system);
    expect(elsewhere).toMatch(/system\/database-[0-9a-f]{12}$/);
    expect(await reachableFolder(join(closed, 'database'), SOMEBODY, system)).toBe(elsewhere);
    expect(await reachableFolder(join(closed, 'other'), SOMEBODY, system)).not.toBe(elsewhere);
    expect(await reachableFolder(join(open, 'database'), SOMEBODY, system)).toBe(join(open, 'database'));
    expect(await canReach(elsewhere, SOMEBODY)).toBe(true);
  });

  test('has its programs copied once, links and all', async () => {
    const { closed, system } = await homes();
    const programs = join(closed, 'native');
    await mkdir(join(programs, 'bin'), { recursive: true });
    await writeFile(join(programs, 'bin', 'postgres'), 'one', { mode: 0o755 });
    await symlink('postgres', join(programs, 'bin', 'postmaster'));
    const copy = await reachablePrograms(programs, '1.2.3', SOMEBODY, system);
    expect(copy).toBe(join(system, 'postgresql-1.2.3'));
    expect(await canReach(join(copy, 'bin', 'postgres'), SOMEBODY)).toBe(true);
    await writeFile(join(programs, 'bin', 'postgres'), 'two');
    expect(await reachablePrograms(programs, '1.2.3', SOMEBODY, system)).toBe(copy);
    expect(await readFile(join(copy, 'bin', 'postmaster'), 'utf8')).toBe('one');
  });
});

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFile, ModelFiles } from '../../contracts/model.ts';

const READ_BYTES = 1024 * 1024;

/** SHA-256 and size of one file, read in pieces. */
export async function hashFile(path: string): Promise<ModelFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Size of a file, 0 when there is none. */
export async function fileBytes(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** Every plain file of a model's folder, hashed, in the order of the names. */
export async function hashFolder(folder: string): Promise<ModelFiles> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const files: ModelFiles = {};
  for (const name of names.sort()) files[name] = await hashFile(join(folder, name));
  return files;
}

export function totalBytes(files: ModelFiles): number {
  return Object.values(files).reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}

/** Replaces a JSON file at once: a reader, or a crash, meets the old content or the new, never a part. */
export async function writeJsonAtomically(path: string, content: object): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

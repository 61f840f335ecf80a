import { open } from 'node:fs/promises';
import { AppError } from '../contracts/errors.ts';
import { collectBytes } from '../server/collect-bytes.ts';
import { STANDARD_INPUT } from './output.ts';

/**
 * Reads one file, or standard input for "-", whole. Throws FILE_NOT_FOUND, or AUDIO_TOO_LARGE before more than
 * `maxBytes` are in memory.
 */
export async function readAudio(file: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const moreThanAllowed = () => tooLarge(maxBytes, `more than ${maxBytes} bytes`);
  if (file === STANDARD_INPUT) return collectBytes(process.stdin, maxBytes, moreThanAllowed);
  try {
    await using handle = await open(file);
    const stats = await handle.stat();
    if (stats.isDirectory()) throw notAFile(file, 'a folder');
    if (stats.size > maxBytes) throw tooLarge(maxBytes, `${stats.size} bytes`);
    return await collectBytes(handle.createReadStream(), maxBytes, moreThanAllowed);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw notAFile(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function notAFile(file: string, got: string, cause?: unknown): AppError {
  return new AppError('FILE_NOT_FOUND', `cannot read ${file}`, { expected: 'a readable file', got, cause });
}

function tooLarge(maxBytes: number, got: string): AppError {
  return new AppError('AUDIO_TOO_LARGE', 'the file is too large', { expected: `at most ${maxBytes} bytes`, got });
}

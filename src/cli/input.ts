import { open } from 'node:fs/promises';
import { AppError, type ErrorCode } from '../contracts/errors.ts';
import { collectBytes } from '../server/collect-bytes.ts';
import { STANDARD_INPUT } from './output.ts';

/**
 * Reads one file, or standard input for "-", whole. Throws FILE_NOT_FOUND, or `tooLargeCode` before more than `maxBytes`
 * are in memory.
 */
export async function readInput(
  file: string,
  maxBytes: number,
  tooLargeCode: ErrorCode,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (got: string) =>
    new AppError(tooLargeCode, 'the file is too large', { expected: `at most ${maxBytes} bytes`, got });
  const moreThanAllowed = () => tooLarge(`more than ${maxBytes} bytes`);
  if (file === STANDARD_INPUT) return collectBytes(process.stdin, maxBytes, moreThanAllowed);
  try {
    await using handle = await open(file);
    const stats = await handle.stat();
    if (stats.isDirectory()) throw notAFile(file, 'a folder');
    if (stats.size > maxBytes) throw tooLarge(`${stats.size} bytes`);
    return await collectBytes(handle.createReadStream(), maxBytes, moreThanAllowed);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw notAFile(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function notAFile(file: string, got: string, cause?: unknown): AppError {
  return new AppError('FILE_NOT_FOUND', `cannot read ${file}`, { expected: 'a readable file', got, cause });
}

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../contracts/errors.ts';

/** A file read by ranges: only what is asked for comes into memory. */
export class FileRanges {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #descriptor: number;
  #closed = false;

  /** @throws AppError MODEL_NOT_FOUND when there is no such file. */
  constructor(path: string) {
    if (!existsSync(path)) throw new AppError('MODEL_NOT_FOUND', 'A file of the model is missing', { expected: path });
    this.path = path;
    this.#descriptor = openSync(path, 'r');
    this.sizeBytes = fstatSync(this.#descriptor).size;
  }

  /** @throws AppError MODEL_TRUNCATED when the file ends before the range does. */
  read(start: number, length: number): Buffer<ArrayBuffer> {
    if (start + length > this.sizeBytes) {
      throw new AppError('MODEL_TRUNCATED', `${this.path} ends too early`, {
        expected: `at least ${start + length} bytes`,
        got: `${this.sizeBytes} bytes`,
      });
    }
    const bytes = Buffer.alloc(length);
    let filled = 0;
    // one read gives at most 2 GiB, and may give less
    while (filled < length) {
      const count = readSync(this.#descriptor, bytes, filled, Math.min(length - filled, 2 ** 30), start + filled);
      if (count === 0) throw new AppError('MODEL_TRUNCATED', `${this.path} shrank while it was read`);
      filled += count;
    }
    return bytes;
  }

  /** What the file looks like by its first bytes, for an error message. */
  describe(): string {
    return describeStart(this.read(0, Math.min(this.sizeBytes, 64)));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}

function describeStart(start: Buffer): string {
  if (start.length === 0) return 'an empty file';
  const text = start.toString('latin1').trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'an HTML page';
  if (text.startsWith('version https://git-lfs')) return 'a Git LFS pointer without the file behind it';
  if (text.startsWith('pk\x03\x04')) return 'a zip archive, as PyTorch writes its pickled checkpoints';
  if (start[0] === 0x80 && start[1]! <= 5) return 'a Python pickle';
  if (text.startsWith('gguf') || text.startsWith('lmgg')) return 'a ggml model';
  if (text.startsWith('{')) return 'a JSON text';
  return `a file that starts with the bytes ${start.subarray(0, 8).toString('hex')}`;
}

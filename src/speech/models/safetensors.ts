import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import { FileRanges } from './file-ranges.ts';
import { ELEMENT_BYTES, elementCount, type TensorInfo } from './tensor.ts';

/** Bytes of the little-endian length in front of the header. */
const LENGTH_BYTES = 8;
/** The reference implementation's own limit. */
const HEADER_LIMIT_BYTES = 100_000_000;

const HeaderEntry = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

interface Placement extends TensorInfo {
  /** Bytes from the start of the file. */
  readonly start: number;
  readonly length: number;
}

/** A tensor to be written; its bytes are asked for when their turn comes, so that one at a time is in memory. */
export interface TensorToWrite extends TensorInfo {
  readonly name: string;
  readonly bytes: () => Uint8Array;
}

/**
 * One safetensors file: the header is checked whole when it is opened, tensors are read by range.
 * Source: https://github.com/huggingface/safetensors#format
 */
export class SafetensorsFile {
  readonly #file: FileRanges;
  readonly #placements: ReadonlyMap<string, Placement>;

  /** @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED. */
  constructor(path: string) {
    this.#file = new FileRanges(path);
    try {
      this.#placements = readHeader(this.#file);
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  names(): readonly string[] {
    return [...this.#placements.keys()];
  }

  info(name: string): TensorInfo | undefined {
    return this.#placements.get(name);
  }

  /** The tensor's bytes, little-endian, row-major. `name` must be one of `names()`. */
  read(name: string): Uint8Array {
    const { start, length } = this.#placements.get(name)!;
    return this.#file.read(start, length);
  }

  close(): void {
    this.#file.close();
  }
}

function readHeader(file: FileRanges): Map<string, Placement> {
  const headerBytes = readHeaderLength(file);
  const dataStart = LENGTH_BYTES + headerBytes;
  const entries = parseHeader(file.read(LENGTH_BYTES, headerBytes), file.path);
  const placements = new Map<string, Placement>();
  for (const [name, value] of entries) placements.set(name, placeTensor(file.path, name, value, dataStart));
  checkCoverage(file, placements, dataStart);
  return placements;
}

function readHeaderLength(file: FileRanges): number {
  const expected = 'a safetensors file';
  const foreign = () =>
    new AppError('MODEL_INVALID', `${file.path} is no safetensors file`, { expected, got: file.describe() });
  if (file.sizeBytes < LENGTH_BYTES) throw foreign();
  const headerBytes = file.read(0, LENGTH_BYTES).readBigUInt64LE();
  if (headerBytes < 2n || headerBytes > BigInt(HEADER_LIMIT_BYTES)) throw foreign();
  // what is not JSON at once is another format whose first bytes happened to make a small number
  if (file.sizeBytes > LENGTH_BYTES && file.read(LENGTH_BYTES, 1).toString() !== '{') throw foreign();
  return Number(headerBytes);
}

function parseHeader(bytes: Buffer, path: string): [string, unknown][] {
  let header: unknown;
  try {
    header = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('MODEL_INVALID', `The header of ${path} is damaged`, { expected: 'JSON', cause });
  }
  // the format allows an object only, and the first byte was its brace
  return Object.entries(header as object).filter(([name]) => name !== '__metadata__');
}

function placeTensor(path: string, name: string, value: unknown, dataStart: number): Placement {
  const parsed = HeaderEntry.safeParse(value);
  if (!parsed.success) {
    throw new AppError('MODEL_INVALID', `The header of ${path} is damaged at ${name}`, {
      expected: 'dtype, shape and data_offsets',
      got: JSON.stringify(value).slice(0, 100),
    });
  }
  const { dtype, shape, data_offsets } = parsed.data;
  if (!isElementType(dtype)) {
    throw new AppError('MODEL_UNSUPPORTED', `The tensor ${name} in ${path} has an unknown element type`, {
      expected: Object.keys(ELEMENT_BYTES).join(', '),
      got: dtype.slice(0, 100),
    });
  }
  const [begin, end] = data_offsets;
  const length = elementCount(shape) * ELEMENT_BYTES[dtype];
  if (end - begin !== length || !Number.isSafeInteger(length)) {
    throw new AppError('MODEL_INVALID', `The tensor ${name} in ${path} does not fill its range`, {
      expected: `${length} bytes for ${dtype} [${shape.join(', ')}]`,
      got: `${end - begin} bytes`,
    });
  }
  return { type: dtype, shape, start: dataStart + begin, length };
}

function isElementType(type: string): type is keyof typeof ELEMENT_BYTES {
  return Object.hasOwn(ELEMENT_BYTES, type);
}

/** The tensors must lie one after another and end where the file does: no holes, no overlaps, nothing behind. */
function checkCoverage(file: FileRanges, placements: ReadonlyMap<string, Placement>, dataStart: number): void {
  let position = dataStart;
  const inOrder = [...placements].sort(([, one], [, other]) => one.start - other.start || one.length - other.length);
  for (const [name, { start, length }] of inOrder) {
    if (start !== position) {
      throw new AppError('MODEL_INVALID', `The tensors in ${file.path} overlap or leave a hole at ${name}`, {
        expected: `a start at byte ${position}`,
        got: `byte ${start}`,
      });
    }
    position += length;
  }
  if (file.sizeBytes < position) {
    throw new AppError('MODEL_TRUNCATED', `${file.path} ends too early`, {
      expected: `${position} bytes`,
      got: `${file.sizeBytes} bytes`,
    });
  }
  if (file.sizeBytes > position) {
    throw new AppError('MODEL_INVALID', `${file.path} goes on behind its last tensor`, {
      expected: `${position} bytes`,
      got: `${file.sizeBytes} bytes`,
    });
  }
}

/**
 * Writes a safetensors file. The same tensors give the same bytes, in whatever order they come: wide elements first
 * (which keeps all of them aligned), then by name.
 */
export function writeSafetensors(path: string, tensors: readonly TensorToWrite[]): void {
  const inOrder = [...tensors].sort(
    (one, other) => ELEMENT_BYTES[other.type] - ELEMENT_BYTES[one.type] || (one.name < other.name ? -1 : 1),
  );
  const header: Record<string, z.infer<typeof HeaderEntry>> = {};
  let position = 0;
  for (const { name, type, shape } of inOrder) {
    const end = position + elementCount(shape) * ELEMENT_BYTES[type];
    header[name] = { dtype: type, shape: [...shape], data_offsets: [position, end] };
    position = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc(-json.length & 7, ' ')]);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(padded.length));

  const descriptor = openSync(path, 'w');
  try {
    writeAll(descriptor, length);
    writeAll(descriptor, padded);
    for (const tensor of inOrder) writeAll(descriptor, tensor.bytes());
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

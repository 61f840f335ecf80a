import type { FileHandle } from 'node:fs/promises';
import { decodeRecord, type JournalRecord, RECORD_HEADER_BYTES, recordBytes } from './journal-records.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

export interface ReadRecord {
  readonly record: JournalRecord;
  /** Where in the file it ends. */
  readonly endOffset: number;
}

/** The records of a journal up to its end, or to the first that is not whole: a crash cut it off there. */
export async function* readRecords(file: FileHandle): AsyncGenerator<ReadRecord> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let held: Buffer = Buffer.alloc(0);
  let heldOffset = 0;
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, heldOffset + held.length);
    if (bytesRead === 0) return;
    held = Buffer.concat([held, chunk.subarray(0, bytesRead)]);
    let at = 0;
    for (;;) {
      const length = lengthAt(held, at);
      if (length === 'damaged') return;
      if (length === undefined || at + length > held.length) break;
      const record = decodeRecord(held.subarray(at, at + length));
      if (record === undefined) return;
      at += length;
      yield { record, endOffset: heldOffset + at };
    }
    held = held.subarray(at);
    heldOffset += at;
  }
}

function lengthAt(held: Buffer, at: number): number | undefined | 'damaged' {
  if (at + RECORD_HEADER_BYTES > held.length) return undefined;
  return recordBytes(held.subarray(at)) ?? 'damaged';
}

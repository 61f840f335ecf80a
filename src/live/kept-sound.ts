import type { FileHandle } from 'node:fs/promises';
import { joined, type Pcm, s16leToFloat } from '../audio/pcm.ts';
import { readRecords } from './journal-reader.ts';
import type { OpenedRecord } from './journal-records.ts';
import type { JournalStore } from './journal-store.ts';

/** A stretch of a session's sound, in seconds from its first sample. */
interface SoundStretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** The sound of sessions, for as long as their journals are kept. */
export class KeptSound {
  readonly #store: JournalStore;

  constructor(store: JournalStore) {
    this.#store = store;
  }

  /** Whether somebody with this account began the session; false, too, for one that is no longer kept. */
  async isBegunBy(sessionId: string, accountId: string): Promise<boolean> {
    const opened = await this.#withJournal(sessionId, openedOf);
    return opened?.accountId === accountId;
  }

  /** The samples of a stretch at the session's rate, as far as they are stored; undefined when none are kept. */
  async read(sessionId: string, stretch: SoundStretch): Promise<Pcm | undefined> {
    return this.#withJournal(sessionId, (file) => soundOf(file, stretch));
  }

  async #withJournal<Result>(sessionId: string, work: (file: FileHandle) => Promise<Result>) {
    const file = await this.#store.openToRead(sessionId);
    if (file === undefined) return undefined;
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  }
}

async function openedOf(file: FileHandle): Promise<OpenedRecord | undefined> {
  for await (const { record } of readRecords(file)) return record.kind === 'opened' ? record : undefined;
  return undefined;
}

async function soundOf(file: FileHandle, { startSeconds, endSeconds }: SoundStretch): Promise<Pcm | undefined> {
  let rateHz: number | undefined;
  let at = 0;
  const parts: Float32Array[] = [];
  for await (const { record } of readRecords(file)) {
    if (record.kind === 'opened') rateHz = record.sampleRateHz;
    if (rateHz === undefined) return undefined;
    if (record.kind !== 'frame') continue;
    const samples = s16leToFloat(record.samples);
    const from = Math.max(0, Math.round(startSeconds * rateHz) - at);
    const to = Math.min(samples.length, Math.round(endSeconds * rateHz) - at);
    if (to <= 0) break;
    if (from < to) parts.push(samples.subarray(from, to));
    at += samples.length;
  }
  return parts.length === 0 ? undefined : { samples: joined(...parts), rateHz: rateHz! };
}

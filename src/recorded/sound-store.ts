import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { floatToS16le, SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { wavHeader } from '../audio/wav-header.ts';
import { AppError } from '../contracts/errors.ts';

export interface SoundStoreOptions {
  /** Absolute path. */
  readonly folder: string;
  readonly maxFileBytes: number;
  /** Of all files together. */
  readonly maxStoredBytes: number;
}

/** What came, as far as the store looks at it. */
export interface ReceivedSound {
  readonly sizeBytes: number;
  /** SHA-256. */
  readonly hash: Buffer;
}

/** As it was sent, and the same as every browser plays it. */
const SENT = '.sound';
const PLAYABLE = '.wav';
/** One that is not whole: what a crash leaves behind. */
const UNFINISHED = '.part';
const OURS = /^([0-9a-f-]{36})\.(?:sound|wav|wav\.part|sound\.part)$/;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** Few enough that the server's thread is not held up. */
const SAMPLES_AT_ONCE = 64 * 1024;
const BYTES_PER_SAMPLE = 2;

/**
 * The sound of recorded dictations, by their ids. A file is whole and on the disk before it has its name. What to keep
 * and for how long is its owner's affair.
 */
export class SoundStore {
  readonly #options: SoundStoreOptions;
  #storedBytes: number;

  private constructor(options: SoundStoreOptions, storedBytes: number) {
    this.#options = options;
    this.#storedBytes = storedBytes;
  }

  static async open(options: SoundStoreOptions): Promise<SoundStore> {
    await mkdir(options.folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    return new SoundStore(options, await sizeOf(options.folder));
  }

  get folder(): string {
    return this.#options.folder;
  }

  get maxFileBytes(): number {
    return this.#options.maxFileBytes;
  }

  /** Of all files together, those that are coming in included. */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  /**
   * Writes a file as it comes in. Throws AUDIO_EMPTY, AUDIO_TOO_LARGE, RECORDINGS_FULL (retryable), DISK_FULL, and what
   * the stream throws; nothing of it stays then.
   */
  async receive(id: string, stream: AsyncIterable<Uint8Array>): Promise<ReceivedSound> {
    return this.#write(id + SENT, stream, (sizeBytes) => this.#requireRoom(sizeBytes));
  }

  /** Keeps the decoded sound (16 kHz), which is played and cut out of. Throws DISK_FULL. */
  async keepPlayable(id: string, samples: Float32Array): Promise<void> {
    await this.#write(id + PLAYABLE, wavPieces(samples), () => undefined);
  }

  /** Throws SOUND_GONE. */
  async read(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await readFile(join(this.folder, id + SENT)).catch((cause: unknown) => {
      throw new AppError('SOUND_GONE', 'the sound of the dictation is not here any more', { cause });
    });
    // Of its own memory, which can be handed to another thread.
    return bytes.byteLength === bytes.buffer.byteLength ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
  }

  /** The file in the folder that is played: undefined for the media type that it was sent as. */
  async playable(id: string): Promise<{ readonly name: string; readonly type: string | undefined }> {
    const isDecoded = (await stat(join(this.folder, id + PLAYABLE)).catch(() => undefined)) !== undefined;
    return isDecoded ? { name: id + PLAYABLE, type: 'audio/wav' } : { name: id + SENT, type: undefined };
  }

  /** Opens the decoded sound, a wav file; undefined where there is none. */
  async openPlayable(id: string): Promise<FileHandle | undefined> {
    return open(join(this.folder, id + PLAYABLE)).catch(() => undefined);
  }

  /** One that is not there is removed already. */
  async remove(id: string): Promise<void> {
    for (const ending of [SENT, PLAYABLE]) await this.#removeFile(id + ending);
  }

  /**
   * Removes files that came before a time and belong to nobody, those that a crash left unfinished among them. Of some
   * ids, `nobodysOf` gives those that are nobody's.
   */
  async sweep(before: Date, nobodysOf: (ids: readonly string[]) => Promise<readonly string[]>): Promise<void> {
    const old: { name: string; id: string }[] = [];
    for (const name of await readdir(this.folder)) {
      const id = OURS.exec(name)?.[1];
      const found = id && (await stat(join(this.folder, name)).catch(() => undefined));
      if (found && found.mtime < before) old.push({ name, id });
    }
    const nobodys = new Set(await nobodysOf([...new Set(old.map(({ id }) => id))]));
    for (const { name, id } of old) {
      if (name.endsWith(UNFINISHED) || nobodys.has(id)) await this.#removeFile(name);
    }
    this.#storedBytes = await sizeOf(this.folder);
  }

  async #write(
    name: string,
    pieces: AsyncIterable<Uint8Array>,
    check: (sizeBytes: number) => void,
  ): Promise<ReceivedSound> {
    const unfinished = join(this.folder, name + UNFINISHED);
    let sizeBytes = 0;
    const count = (bytes: number) => {
      sizeBytes += bytes;
      this.#storedBytes += bytes;
      check(sizeBytes);
    };
    try {
      const file = await open(unfinished, 'w', OWNER_ONLY_FILE);
      const hash = await written(file, pieces, count).finally(() => file.close());
      if (sizeBytes === 0)
        throw new AppError('AUDIO_EMPTY', 'the file is empty', { expected: 'sound', got: '0 bytes' });
      await rename(unfinished, join(this.folder, name));
      await this.#syncFolder();
      return { sizeBytes, hash };
    } catch (error) {
      this.#storedBytes -= sizeBytes;
      await rm(unfinished, { force: true });
      if (!isDiskFull(error)) throw error;
      throw new AppError('DISK_FULL', 'the disk has no room for the recording', { retryable: true, cause: error });
    }
  }

  async #removeFile(name: string): Promise<void> {
    const path = join(this.folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return;
    await rm(path, { force: true });
    this.#storedBytes -= found.size;
  }

  #requireRoom(sizeBytes: number): void {
    const { maxFileBytes, maxStoredBytes } = this.#options;
    if (sizeBytes > maxFileBytes) {
      const details = { expected: `at most ${maxFileBytes} bytes`, got: 'more' };
      throw new AppError('AUDIO_TOO_LARGE', 'the recording is too large', details);
    }
    if (this.#storedBytes <= maxStoredBytes) return;
    throw new AppError('RECORDINGS_FULL', 'there is no room for another recording', {
      retryable: true,
      expected: `at most ${maxStoredBytes} bytes of recordings`,
      got: `${this.#storedBytes} bytes with this one`,
    });
  }

  /** So that the file's name, too, survives a crash of the machine. */
  async #syncFolder(): Promise<void> {
    const folder = await open(this.folder);
    await folder.sync().finally(() => folder.close());
  }
}

/** Writes all that comes and waits until it is on the disk. */
async function written(
  file: FileHandle,
  pieces: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of pieces) {
    count(piece.length);
    hash.update(piece);
    await file.appendFile(piece);
  }
  await file.sync();
  return hash.digest();
}

async function* wavPieces(samples: Float32Array): AsyncGenerator<Uint8Array> {
  yield wavHeader(samples.length * BYTES_PER_SAMPLE, SPEECH_RATE_HZ);
  for (let at = 0; at < samples.length; at += SAMPLES_AT_ONCE) {
    yield floatToS16le(samples.subarray(at, at + SAMPLES_AT_ONCE));
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0;
  return bytes;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPEECH_RATE_HZ } from '../../audio/pcm.ts';
import { AppError } from '../../contracts/errors.ts';
import { corrupt } from './refusals.ts';
import type { SpeechSink } from './sink.ts';

export interface FfmpegInput {
  /** For messages. */
  readonly name: string;
  /** The demuxer that ffmpeg is held to, so that no file can talk it into reading others (a playlist would). */
  readonly ffmpegFormat: string;
}

const MAX_COMPLAINT_CHARACTERS = 500;
const FLOAT_BYTES = 4;

/**
 * Decodes through the system's ffmpeg. The file goes there by a private temporary folder, because some formats need
 * seeking; what comes back is taken as it comes and ffmpeg is stopped as soon as the sink refuses or the time is over.
 * Throws AUDIO_NEEDS_FFMPEG where there is none, AUDIO_CORRUPT when it gives up.
 */
export async function decodeWithFfmpeg(file: Uint8Array, input: FfmpegInput, sink: SpeechSink): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-'));
  try {
    const path = join(folder, 'audio');
    await writeFile(path, file, { mode: 0o600 });
    await run(path, input, sink);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(path: string, input: FfmpegInput, sink: SpeechSink): Promise<void> {
  const child = spawn('ffmpeg', ffmpegArguments(path, input, sink.maxSeconds), {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: Math.max(1, Math.ceil(sink.remainingMs)),
    killSignal: 'SIGKILL',
    windowsHide: true,
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  exit.catch(() => undefined); // awaited below, when there is nothing left to read
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, MAX_COMPLAINT_CHARACTERS);
  });
  try {
    const samples = new FloatReader();
    for await (const bytes of child.stdout) sink.push([samples.read(bytes)], SPEECH_RATE_HZ);
    const exitCode = await exit;
    sink.assertInTime();
    if (exitCode !== 0) throw corrupt(input.name, 'sound that ffmpeg can decode', firstLine(complaint, path));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') throw needsFfmpeg(input.name);
    throw thrown;
  } finally {
    child.kill('SIGKILL');
  }
}

function ffmpegArguments(path: string, input: FfmpegInput, maxSeconds: number): string[] {
  const quiet = ['-hide_banner', '-nostdin', '-v', 'error', '-xerror'];
  const source = ['-protocol_whitelist', 'file', '-f', input.ffmpegFormat, '-i', `file:${path}`];
  // one second more than allowed is enough to see that it is too long
  const sound = ['-map', '0:a:0', '-t', String(maxSeconds + 1), '-ac', '1', '-ar', String(SPEECH_RATE_HZ)];
  const sharpFilter = ['-af', 'aresample=filter_size=128:phase_shift=10:cutoff=0.95'];
  return [...quiet, ...source, ...sound, ...sharpFilter, '-f', 'f32le', 'pipe:1'];
}

/** Little-endian floats out of a stream that is cut at any byte. */
class FloatReader {
  #rest: Uint8Array = new Uint8Array(0);

  read(bytes: Uint8Array): Float32Array {
    const whole = new Uint8Array(this.#rest.length + bytes.length);
    whole.set(this.#rest);
    whole.set(bytes, this.#rest.length);
    const count = Math.floor(whole.length / FLOAT_BYTES);
    this.#rest = whole.slice(count * FLOAT_BYTES);
    const view = new DataView(whole.buffer);
    return Float32Array.from({ length: count }, (_, at) => view.getFloat32(at * FLOAT_BYTES, true));
  }
}

function firstLine(complaint: string, path: string): string {
  return complaint.split('\n')[0]!.replaceAll(path, 'the file') || 'nothing';
}

function needsFfmpeg(name: string): AppError {
  return new AppError(
    'AUDIO_NEEDS_FFMPEG',
    `${name} files are decoded by ffmpeg, which is not installed: install it so that "ffmpeg" is on the path, or send another format`,
    { expected: 'ffmpeg, or WAV, MP3, FLAC, Ogg Opus or WebM Opus', got: name },
  );
}

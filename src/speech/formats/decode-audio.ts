import type { Pcm } from '../../audio/pcm.ts';
import { AppError } from '../../contracts/errors.ts';
import { decodeWithFfmpeg } from './ffmpeg.ts';
import { decodeFlac } from './flac.ts';
import type { DecodeLimits } from './limits.ts';
import { decodeMatroska } from './matroska.ts';
import { decodeMp3 } from './mp3.ts';
import { decodeMp4 } from './mp4.ts';
import { decodeOgg } from './ogg.ts';
import { corrupt } from './refusals.ts';
import { SpeechSink } from './sink.ts';
import { type Container, sniffContainer } from './sniff.ts';
import { decodeWav } from './wav.ts';

/**
 * A file of any supported format to mono speech at 16 kHz, as long as the recording is. The format is told from the
 * content. Decoding is piecewise: it needs little more memory than the file and its speech, and ends at the first limit.
 *
 * Throws AUDIO_EMPTY (nothing in it), AUDIO_SILENT (a muted microphone), AUDIO_TRUNCATED (less than the file itself
 * declares), AUDIO_CORRUPT, AUDIO_TOO_LARGE, AUDIO_TOO_LONG, AUDIO_NOT_AUDIO, AUDIO_CODEC_UNSUPPORTED,
 * AUDIO_NEEDS_FFMPEG (M4A and other formats where no ffmpeg is installed), SPEECH_TIMEOUT (retryable), INTERNAL when the system
 * fails, and nothing else.
 */
export async function decodeAudio(file: Uint8Array<ArrayBuffer>, limits: DecodeLimits): Promise<Pcm> {
  if (file.length === 0) throw new AppError('AUDIO_EMPTY', 'the file is empty', { expected: 'sound', got: '0 bytes' });
  if (file.length > limits.maxBytes) {
    throw new AppError('AUDIO_TOO_LARGE', 'the file is too large', {
      expected: `at most ${limits.maxBytes} bytes`,
      got: `${file.length}`,
    });
  }
  const container = sniffContainer(file);
  if (container === undefined) throw notAudio(file);
  const sink = new SpeechSink(limits);
  try {
    await decodeContainer(container, file, sink);
  } catch (thrown) {
    // a full disk says nothing about the file
    if (thrown instanceof AppError || (thrown instanceof Error && 'syscall' in thrown)) throw AppError.from(thrown);
    // the libraries tell damage by errors of every kind
    const got = thrown instanceof Error ? thrown.message : String(thrown);
    throw corrupt(container.kind, 'a file that decodes', got, thrown);
  }
  return sink.finish();
}

async function decodeContainer(container: Container, file: Uint8Array<ArrayBuffer>, sink: SpeechSink): Promise<void> {
  switch (container.kind) {
    case 'flac':
      return decodeFlac(file, sink);
    case 'mp3':
      return decodeMp3(file, sink);
    case 'mp4':
      return decodeMp4(file, sink);
    case 'wav':
      if (!decodeWav(file, sink)) await decodeForeignCodec(file, 'WAV', 'wav', sink);
      return;
    case 'ogg':
      if (!(await decodeOgg(file, sink))) await decodeForeignCodec(file, 'Ogg', 'ogg', sink);
      return;
    case 'matroska':
      if (!(await decodeMatroska(file, sink))) await decodeForeignCodec(file, 'WebM', 'matroska', sink);
      return;
    case 'foreign':
      return decodeWithFfmpeg(file, container, sink);
    default:
      container satisfies never;
  }
}

/** A container that is read here with a codec that is not. */
async function decodeForeignCodec(
  file: Uint8Array,
  name: string,
  ffmpegFormat: string,
  sink: SpeechSink,
): Promise<void> {
  try {
    await decodeWithFfmpeg(file, { name: `${name} (with this codec)`, ffmpegFormat }, sink);
  } catch (thrown) {
    // damage found at the first sample is a codec that ffmpeg does not know either
    if (!(thrown instanceof AppError) || thrown.code !== 'AUDIO_CORRUPT' || sink.seconds > 0) throw thrown;
    throw new AppError('AUDIO_CODEC_UNSUPPORTED', `the codec inside the ${name} file is not supported`, {
      expected: 'PCM, float, A-law or mu-law in WAV; Opus or FLAC in Ogg; Opus in WebM',
      got: 'a codec that ffmpeg does not decode either',
      cause: thrown,
    });
  }
}

function notAudio(file: Uint8Array): AppError {
  const hex = [...file.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return new AppError('AUDIO_NOT_AUDIO', 'the file is no sound in a known format', {
    expected: 'WAV, MP3, FLAC, Ogg, WebM or M4A',
    got: `${file.length} bytes that begin ${hex}`,
  });
}

import { corrupt, seconds, truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';
import { startsWith } from './sniff.ts';
import { type WavSampleReader, wavSampleReader } from './wav-samples.ts';

const FRAMES_AT_A_TIME = 65_536;
/** Sizes that writers put where they cannot go back to fill in the true one: ffmpeg the last, sox the first. */
const UNKNOWN_SIZE_FROM = 0x7fff_f000;

interface WavFormat {
  readonly channels: number;
  readonly rateHz: number;
  readonly frameBytes: number;
  readonly read: WavSampleReader;
}

/**
 * WAV: 8 to 32 bit integers, 32 and 64 bit floats, A-law and mu-law, any rate and channels, plain or extensible, RF64,
 * headers written before the length was known. Gives false for another codec inside, of which it has read nothing.
 * (Microsoft Multimedia Programming Interface 1.0; WAVEFORMATEXTENSIBLE; EBU Tech 3306.)
 */
export function decodeWav(file: Uint8Array, sink: SpeechSink): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let format: WavFormat | undefined;
  let longDataBytes: number | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const declaredBytes = view.getUint32(at + 4, true);
    const body = at + 8;
    if (startsWith(file, at, 'fmt ')) {
      if (body + 16 > file.length) break;
      const parsed = parseFormat(view, body, declaredBytes);
      if (parsed === undefined) return false;
      format = parsed;
    } else if (startsWith(file, at, 'ds64') && body + 16 <= file.length) {
      longDataBytes = Number(view.getBigUint64(body + 8, true));
    } else if (startsWith(file, at, 'data')) {
      if (format === undefined) throw corrupt('WAV', 'a "fmt " chunk before the samples', 'none');
      const dataBytes = checkedDataBytes(format, longDataBytes ?? declaredBytes, file.length - body);
      pushSamples(view, body, dataBytes, format, sink);
      return true;
    }
    at = body + declaredBytes + (declaredBytes % 2);
  }
  throw truncated('WAV', 'a "data" chunk', `the end after ${file.length} bytes`);
}

function parseFormat(view: DataView, at: number, chunkBytes: number): WavFormat | undefined {
  const EXTENSIBLE = 0xfffe;
  const tag = view.getUint16(at, true);
  const channels = view.getUint16(at + 2, true);
  const frameBytes = view.getUint16(at + 12, true);
  // the true tag of an extensible format is the start of its subformat
  const hasSubformat = tag === EXTENSIBLE && chunkBytes >= 40 && at + 26 <= view.byteLength;
  const codec = hasSubformat ? view.getUint16(at + 24, true) : tag;
  if (channels === 0 || frameBytes % channels !== 0) {
    throw corrupt('WAV', 'a whole number of bytes for each channel', `${frameBytes} bytes for ${channels} channels`);
  }
  const read = wavSampleReader(codec, frameBytes / channels);
  if (read === undefined) return undefined;
  return { channels, rateHz: view.getUint32(at + 4, true), frameBytes, read };
}

function checkedDataBytes(format: WavFormat, declaredBytes: number, availableBytes: number): number {
  const unknown = declaredBytes === 0 || declaredBytes >= UNKNOWN_SIZE_FROM;
  if (declaredBytes > availableBytes && !unknown) {
    const toSeconds = (bytes: number) => seconds(bytes / format.frameBytes / format.rateHz);
    throw truncated(
      'WAV',
      `${declaredBytes} bytes of samples (${toSeconds(declaredBytes)})`,
      `${availableBytes} (${toSeconds(availableBytes)})`,
    );
  }
  return unknown ? availableBytes : declaredBytes;
}

function pushSamples(view: DataView, start: number, bytes: number, format: WavFormat, sink: SpeechSink): void {
  const { channels, frameBytes, read } = format;
  const sampleBytes = frameBytes / channels;
  const frameCount = Math.floor(bytes / frameBytes);
  for (let first = 0; first < frameCount; first += FRAMES_AT_A_TIME) {
    const count = Math.min(FRAMES_AT_A_TIME, frameCount - first);
    const mono = new Float32Array(count);
    for (let frame = 0; frame < count; frame++) {
      const at = start + (first + frame) * frameBytes;
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += read(view, at + channel * sampleBytes);
      mono[frame] = sum / channels;
    }
    sink.push([mono], format.rateHz);
  }
}

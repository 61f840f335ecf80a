import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { BufferSource, EncodedPacketSink, FLAC, Input } from 'mediabunny';
import { corrupt, seconds, truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';

/** STREAMINFO (RFC 9639, 8.2). */
export interface FlacStreamInfo {
  readonly rateHz: number;
  /** Samples of one channel in the whole stream; undefined where the encoder could not tell. */
  readonly totalSamples: number | undefined;
}

const STREAMINFO_BYTES = 34;
/** A header, one byte of a constant subframe at least, and the checksum (RFC 9639, 9.1 to 9.3). */
const SHORTEST_FRAME_BYTES = 9;
const LONGEST_HEADER_BYTES = 16;

/** Reads the 34 bytes of a STREAMINFO block. */
export function readFlacStreamInfo(file: Uint8Array, at: number): FlacStreamInfo {
  if (at + STREAMINFO_BYTES > file.length) {
    throw truncated('FLAC', 'a STREAMINFO block', `the end after ${file.length} bytes`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const rateHz = view.getUint32(at + 10) >>> 12;
  const totalSamples = (view.getUint8(at + 13) & 0x0f) * 2 ** 32 + view.getUint32(at + 14);
  return { rateHz, totalSamples: totalSamples === 0 ? undefined : totalSamples };
}

/** Decodes frame by frame, for a few bytes of FLAC can unpack to 65,535 samples of eight channels. */
export class FlacFrames {
  readonly #info: FlacStreamInfo;
  readonly #sink: SpeechSink;
  readonly #decoder: FLACDecoder;
  #decodedSamples = 0;
  /** A fault in the last frame is a cut, one in an earlier frame is damage. */
  #fault: string | undefined;

  private constructor(info: FlacStreamInfo, sink: SpeechSink, decoder: FLACDecoder) {
    this.#info = info;
    this.#sink = sink;
    this.#decoder = decoder;
  }

  static async open(info: FlacStreamInfo, sink: SpeechSink): Promise<FlacFrames> {
    const decoder = new FLACDecoder();
    await decoder.ready;
    return new FlacFrames(info, sink, decoder);
  }

  async push(frame: Uint8Array): Promise<void> {
    this.#assertSound();
    const { channelData, samplesDecoded, errors } = await this.#decoder.decodeFrames([frame]);
    this.#fault = errors[0]?.message ?? (samplesDecoded === 0 ? 'a frame without samples' : undefined);
    if (this.#fault !== undefined) return;
    this.#decodedSamples += samplesDecoded;
    this.#sink.push(channelData, this.#info.rateHz);
  }

  /** @param reachedEnd whether the last frame ended where the file does */
  finish(reachedEnd: boolean): void {
    const { rateHz, totalSamples } = this.#info;
    if (!reachedEnd) this.#assertSound('a frame that does not begin where the one before it ended');
    const isShort = totalSamples !== undefined && this.#decodedSamples < totalSamples;
    if (!isShort && this.#fault === undefined) return;
    throw truncated(
      'FLAC',
      totalSamples === undefined ? 'a whole last frame' : seconds(totalSamples / rateHz),
      seconds(this.#decodedSamples / rateHz),
    );
  }

  close(): void {
    this.#decoder.free();
  }

  #assertSound(fault = this.#fault): void {
    if (fault === undefined) return;
    throw corrupt('FLAC', `sound frames after ${seconds(this.#decodedSamples / this.#info.rateHz)}`, fault);
  }
}

/** Native FLAC: the frames found by mediabunny, their sum checked against what the header declares. */
export async function decodeFlac(file: Uint8Array<ArrayBuffer>, sink: SpeechSink): Promise<void> {
  const firstFrameAt = findFirstFrame(file);
  const frames = await FlacFrames.open(readFlacStreamInfo(file, 8), sink);
  using input = new Input({ source: new BufferSource(file), formats: [FLAC] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw corrupt('FLAC', 'a stream of frames', 'none');
    const packets = new EncodedPacketSink(track);
    let end = firstFrameAt;
    for (let packet = await packets.getFirstPacket(); packet !== null; packet = await packets.getNextPacket(packet)) {
      sink.assertInTime();
      await frames.push(packet.data);
      end += packet.byteLength;
    }
    // The demuxer passes over a last frame shorter than the longest header: a few samples of silence.
    const rest = file.subarray(end);
    if (rest.length >= SHORTEST_FRAME_BYTES && rest.length <= LONGEST_HEADER_BYTES && beginsFrame(rest)) {
      await frames.push(rest);
      end = file.length;
    }
    frames.finish(end >= file.length);
  } finally {
    frames.close();
  }
}

/** The 15 bits that every frame begins with (RFC 9639, 9.1). */
function beginsFrame(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && (bytes[1]! & 0xfe) === 0xf8;
}

/** Behind the metadata blocks: a flag for the last one, a type, 24 bits of length (RFC 9639, 8.1). */
function findFirstFrame(file: Uint8Array): number {
  let at = 4;
  for (;;) {
    if (at + 4 > file.length) throw truncated('FLAC', 'frames of sound', `the end after ${file.length} bytes`);
    const isLast = (file[at]! & 0x80) !== 0;
    at += 4 + ((file[at + 1]! << 16) | (file[at + 2]! << 8) | file[at + 3]!);
    if (isLast) return at;
  }
}

import { BufferSource, EncodedPacketSink, Input, MATROSKA, WEBM } from 'mediabunny';
import type { AppError } from '../../contracts/errors.ts';
import { OpusPackets } from './opus.ts';
import { corrupt, noSound, seconds, truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';
import { startsWith } from './sniff.ts';

/** A picture may outlast the sound, and a declared duration is rounded. */
const DURATION_TOLERANCE_SECONDS = 0.25;

/**
 * WebM and Matroska with Opus, as browsers record it: then without a duration, which is fine. Gives false for another
 * codec inside. A file that declares its duration or its size must hold as much: a cut one would decode quietly.
 */
export async function decodeMatroska(file: Uint8Array<ArrayBuffer>, sink: SpeechSink): Promise<boolean> {
  assertWholeElements(file);
  using input = new Input({ source: new BufferSource(file), formats: [WEBM, MATROSKA] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw noSound();
  if ((await track.getCodec()) !== 'opus') return false;
  const head = (await track.getDecoderConfig())?.description;
  if (head === undefined) throw corrupt('WebM', 'an Opus header', 'none');
  const opus = await OpusPackets.open(bytesOf(head), sink);
  try {
    const packets = new EncodedPacketSink(track);
    let endSeconds = 0;
    for (let packet = await packets.getFirstPacket(); packet !== null; packet = await packets.getNextPacket(packet)) {
      opus.push(packet.data);
      endSeconds = packet.timestamp + packet.duration;
    }
    const declaredSeconds = await track.getDurationFromMetadata();
    if (declaredSeconds !== null && endSeconds < declaredSeconds - DURATION_TOLERANCE_SECONDS) {
      throw truncated('WebM', seconds(declaredSeconds), seconds(endSeconds));
    }
  } finally {
    opus.close();
  }
  return true;
}

/**
 * No element may reach beyond the file: mediabunny quietly drops all of a cluster that does. Elements of unknown size,
 * as a browser records them, are entered and their parts looked at (RFC 8794, 6.2).
 */
function assertWholeElements(file: Uint8Array): void {
  const header = readElement(file, 0);
  if (header?.end === undefined) return;
  for (let at = header.end; at < file.length; ) {
    const element = readElement(file, at);
    if (element === undefined) throw noElement(file, at);
    if (element.end !== undefined && element.end > file.length) {
      throw truncated('WebM', `${element.end} bytes`, `${file.length}`);
    }
    at = element.isSegment || element.end === undefined ? element.bodyAt : element.end;
  }
}

function noElement(file: Uint8Array, at: number): AppError {
  const MAX_HEAD_BYTES = 12;
  const expected = `an element at byte ${at}`;
  if (file.length - at >= MAX_HEAD_BYTES) return corrupt('WebM', expected, 'other bytes');
  return truncated('WebM', expected, `the end after ${file.length} bytes`);
}

interface Element {
  readonly isSegment: boolean;
  readonly bodyAt: number;
  /** Undefined where the size is unknown. */
  readonly end: number | undefined;
}

/** An identifier and a size, each as long as the zeros tell that it begins with (RFC 8794, 4 to 6). */
function readElement(file: Uint8Array, at: number): Element | undefined {
  const sizeAt = at + numberBytes(file[at]);
  const bodyAt = sizeAt + numberBytes(file[sizeAt]);
  if (bodyAt > file.length) return undefined;
  const isSegment = startsWith(file, at, '\x18\x53\x80\x67');
  const [first = 0, ...rest] = file.subarray(sizeAt, bodyAt);
  const size = rest.reduce((value, byte) => value * 256 + byte, first % 2 ** (7 - rest.length));
  const isUnknown = size >= 2 ** (7 * (bodyAt - sizeAt)) - 1;
  return { isSegment, bodyAt, end: isUnknown ? undefined : bodyAt + size };
}

function numberBytes(first: number | undefined): number {
  return first === undefined || first === 0 ? Infinity : Math.clz32(first) - 23;
}

function bytesOf(source: ArrayBufferLike | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

import { AppError } from '../../contracts/errors.ts';
import { corrupt, truncated } from './refusals.ts';
import { startsWith } from './sniff.ts';

export interface OggPacket {
  readonly data: Uint8Array;
  /** Samples of the stream up to the end of this packet; known for the last packet that ends on a page. */
  readonly granule: number | undefined;
}

const HEADER_BYTES = 27;
const BEGIN_OF_STREAM = 0x02;
const END_OF_STREAM = 0x04;
const MAX_PACKET_BYTES = 1 << 20;

/**
 * The packets of the first stream in an Ogg file (RFC 3533), with every check that the format has: mediabunny reads Ogg
 * too, but ends quietly where a page is damaged, lost or cut off. Throws AUDIO_TRUNCATED when the page that ends the
 * stream is missing, AUDIO_CORRUPT when a page is damaged or lost, AUDIO_CODEC_UNSUPPORTED for a second recording
 * chained behind the first.
 */
export function* oggPackets(file: Uint8Array): Generator<OggPacket, void, undefined> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let serial: number | undefined;
  let sequence = 0;
  let ended = false;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for (let at = 0; at < file.length; ) {
    const page = readPage(file, view, at);
    at = page.end;
    serial ??= page.serial;
    if (ended && (page.flags & BEGIN_OF_STREAM) !== 0) throw chained();
    if (page.serial !== serial) continue;
    if (page.sequence !== sequence) throw corrupt('Ogg', `page ${sequence}`, `page ${page.sequence}`);
    sequence++;
    let from = page.dataStart;
    for (const [index, length] of page.segments.entries()) {
      pending.push(file.subarray(from, from + length));
      pendingBytes += length;
      from += length;
      if (pendingBytes > MAX_PACKET_BYTES) {
        throw corrupt('Ogg', `packets of at most ${MAX_PACKET_BYTES} bytes`, 'a longer one');
      }
      if (length === 255) continue;
      const isLastOnPage = !page.segments.slice(index + 1).some((next) => next < 255);
      yield { data: concatenated(pending, pendingBytes), granule: isLastOnPage ? page.granule : undefined };
      pending = [];
      pendingBytes = 0;
    }
    ended ||= (page.flags & END_OF_STREAM) !== 0;
  }
  if (!ended) throw truncated('Ogg', 'a page that ends the stream', `the end of the file after page ${sequence - 1}`);
}

interface Page {
  readonly flags: number;
  readonly granule: number;
  readonly serial: number;
  readonly sequence: number;
  readonly segments: Uint8Array;
  readonly dataStart: number;
  readonly end: number;
}

function readPage(file: Uint8Array, view: DataView, at: number): Page {
  const CHECKSUM_OFFSET = 22;
  const leftBytes = file.length - at;
  if (!startsWith(file, at, 'OggS'.slice(0, leftBytes))) throw corrupt('Ogg', `a page at byte ${at}`, 'other bytes');
  const segmentCount = leftBytes < HEADER_BYTES ? 0 : view.getUint8(at + 26);
  const dataStart = at + HEADER_BYTES + segmentCount;
  const segments = file.subarray(at + HEADER_BYTES, dataStart);
  const end = dataStart + segments.reduce((sum, length) => sum + length, 0);
  if (end > file.length) throw truncated('Ogg', `a page of ${end - at} bytes`, `${leftBytes} bytes`);
  if (view.getUint32(at + CHECKSUM_OFFSET, true) !== checksum(file, at, end, at + CHECKSUM_OFFSET)) {
    throw corrupt('Ogg', 'pages that match their checksums', `another one at byte ${at}`);
  }
  return {
    flags: view.getUint8(at + 5),
    granule: Number(view.getBigInt64(at + 6, true)),
    serial: view.getUint32(at + 14, true),
    sequence: view.getUint32(at + 18, true),
    segments,
    dataStart,
    end,
  };
}

function concatenated(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** CRC-32 with the polynomial 04c11db7, not reflected; the field of the checksum itself counts as zeros. */
function checksum(file: Uint8Array, start: number, end: number, fieldAt: number): number {
  let crc = 0;
  for (let at = start; at < end; at++) {
    const byte = at >= fieldAt && at < fieldAt + 4 ? 0 : file[at]!;
    crc = (crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ byte]!;
  }
  return crc >>> 0;
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc;
});

function chained(): AppError {
  return new AppError('AUDIO_CODEC_UNSUPPORTED', 'the Ogg file holds several recordings one after the other', {
    expected: 'one',
    got: 'more',
  });
}

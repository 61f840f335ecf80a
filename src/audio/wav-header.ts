const HEADER_BYTES = 44;
const PCM = 1;
const BITS_PER_SAMPLE = 16;
const BLOCK_BYTES = BITS_PER_SAMPLE / 8;

/** What stands before the samples, little-endian, of a mono 16-bit wav file (RIFF, Microsoft 1991). */
export function wavHeader(dataBytes: number, rateHz: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const header = new DataView(bytes.buffer);
  const put = (offset: number, name: string) => bytes.set(new TextEncoder().encode(name), offset);
  put(0, 'RIFF');
  header.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  put(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, PCM, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rateHz, true);
  header.setUint32(28, rateHz * BLOCK_BYTES, true);
  header.setUint16(32, BLOCK_BYTES, true);
  header.setUint16(34, BITS_PER_SAMPLE, true);
  put(36, 'data');
  header.setUint32(40, dataBytes, true);
  return bytes;
}

import { findMp3Frame } from './mp3-frames.ts';

/** Formats that are known by their first bytes; `foreign` ones are for ffmpeg alone, under its name for them. */
export type Container =
  | { readonly kind: 'wav' | 'flac' | 'mp3' | 'ogg' | 'matroska' | 'mp4' }
  | { readonly kind: 'foreign'; readonly name: string; readonly ffmpegFormat: string };

interface Signature {
  readonly at: number;
  readonly text: string;
  readonly container: Container;
}

const SIGNATURES: readonly Signature[] = [
  { at: 0, text: 'fLaC', container: { kind: 'flac' } },
  { at: 0, text: 'OggS', container: { kind: 'ogg' } },
  { at: 0, text: '\x1a\x45\xdf\xa3', container: { kind: 'matroska' } },
  { at: 4, text: 'ftyp', container: { kind: 'mp4' } },
  { at: 8, text: 'AIFF', container: foreign('AIFF', 'aiff') },
  { at: 8, text: 'AIFC', container: foreign('AIFF', 'aiff') },
  { at: 0, text: 'caff', container: foreign('Core Audio', 'caf') },
  { at: 0, text: '#!AMR', container: foreign('AMR', 'amr') },
  { at: 0, text: '.snd', container: foreign('Sun AU', 'au') },
  { at: 0, text: '\x30\x26\xb2\x75\x8e\x66\xcf\x11', container: foreign('Windows Media', 'asf') },
  { at: 0, text: 'wvpk', container: foreign('WavPack', 'wv') },
  { at: 0, text: 'MAC ', container: foreign("Monkey's Audio", 'ape') },
  { at: 0, text: 'RIFX', container: foreign('big-endian WAV', 'wav') },
];

/** What a file is, by its content; its name may lie. Undefined when it is no audio that is known here. */
export function sniffContainer(file: Uint8Array): Container | undefined {
  if ((startsWith(file, 0, 'RIFF') || startsWith(file, 0, 'RF64')) && startsWith(file, 8, 'WAVE'))
    return { kind: 'wav' };
  const known = SIGNATURES.find(({ at, text }) => startsWith(file, at, text));
  if (known !== undefined) return known.container;
  if (isAdts(file)) return foreign('AAC', 'aac');
  if (startsWith(file, 0, 'ID3') || findMp3Frame(file, 0) !== undefined) return { kind: 'mp3' };
  return undefined;
}

/** Length of the ID3v2 tags in front of a file (id3.org, ID3v2.4.0 section 3.1). */
export function id3Length(file: Uint8Array): number {
  let at = 0;
  while (startsWith(file, at, 'ID3') && at + 10 <= file.length) {
    // the size has seven bits a byte and leaves out the header, and the footer where there is one
    const size = file.subarray(at + 6, at + 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    const footer = (file[at + 5]! & 0x10) === 0 ? 0 : 10;
    at += 10 + size + footer;
  }
  return Math.min(at, file.length);
}

export function startsWith(file: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > file.length) return false;
  for (let i = 0; i < text.length; i++) if (file[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Two ADTS headers in a row: 12 bits of sync, layer 0, and a length that leads to the next (ISO 14496-3, 1.A.2.2). */
function isAdts(file: Uint8Array): boolean {
  const isHeader = (at: number) => file[at] === 0xff && (file[at + 1]! & 0xf6) === 0xf0;
  if (!isHeader(0) || file.length < 7) return false;
  const length = ((file[3]! & 0x03) << 11) | (file[4]! << 3) | (file[5]! >> 5);
  return length >= 7 && isHeader(length);
}

function foreign(name: string, ffmpegFormat: string): Container {
  return { kind: 'foreign', name, ffmpegFormat };
}

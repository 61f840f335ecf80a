/** One frame of MPEG audio layer III (ISO 11172-3 2.4.2.3, ISO 13818-3 for the lower rates). */
export interface Mp3Frame {
  readonly bytes: number;
  readonly samples: number;
  readonly rateHz: number;
  /** Where a Xing or Info tag stands, if this frame is one: after the header and the side information. */
  readonly tagOffset: number;
}

const MPEG1_KBIT = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_KBIT = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_RATES_HZ = [44_100, 48_000, 32_000];

/** The header at a place; undefined when there is none, and for free bit rates, whose length no header tells. */
export function readMp3Frame(file: Uint8Array, at: number): Mp3Frame | undefined {
  if (at + 4 > file.length || file[at] !== 0xff || (file[at + 1]! & 0xe6) !== 0xe2) return undefined;
  const version = (file[at + 1]! >> 3) & 3;
  const isMpeg1 = version === 3;
  const baseRateHz = MPEG1_RATES_HZ[(file[at + 2]! >> 2) & 3];
  const kbit = (isMpeg1 ? MPEG1_KBIT : MPEG2_KBIT)[file[at + 2]! >> 4];
  if (version === 1 || baseRateHz === undefined || !kbit) return undefined;
  const rateHz = isMpeg1 ? baseRateHz : baseRateHz / (version === 2 ? 2 : 4);
  const samples = isMpeg1 ? 1152 : 576;
  const padding = (file[at + 2]! >> 1) & 1;
  const isMono = file[at + 3]! >> 6 === 3;
  const sideBytes = isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return {
    bytes: Math.floor((samples / 8) * ((kbit * 1000) / rateHz)) + padding,
    samples,
    rateHz,
    tagOffset: 4 + sideBytes,
  };
}

/** How far into a file its first frame is looked for: behind it, chance finds frames in anything. */
const SEARCH_BYTES = 65_536;

/** The place of the first frame that leads to another like it, or to the end. */
export function findMp3Frame(file: Uint8Array, from: number): number | undefined {
  const until = Math.min(file.length, from + SEARCH_BYTES);
  for (let at = file.indexOf(0xff, from); at !== -1 && at < until; at = file.indexOf(0xff, at + 1)) {
    const frame = readMp3Frame(file, at);
    if (frame === undefined) continue;
    const next = at + frame.bytes;
    if (next === file.length || readMp3Frame(file, next)?.rateHz === frame.rateHz) return at;
  }
  return undefined;
}

/** The number of frames that a Xing, Info or VBRI tag in the first frame declares, itself not counted. */
export function declaredMp3Frames(file: Uint8Array, at: number, frame: Mp3Frame): number | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const VBRI_OFFSET = 36;
  const tagAt = at + frame.tagOffset;
  const VBRI_AT = at + VBRI_OFFSET;
  if (tagAt + 12 <= file.length) {
    const name = view.getUint32(tagAt);
    const hasCount = (view.getUint32(tagAt + 4) & 1) === 1;
    if ((name === XING || name === INFO) && hasCount) return view.getUint32(tagAt + 8);
  }
  if (VBRI_AT + 18 <= file.length && view.getUint32(VBRI_AT) === VBRI) return view.getUint32(VBRI_AT + 14);
  return undefined;
}

const XING = 0x58_69_6e_67;
const INFO = 0x49_6e_66_6f;
const VBRI = 0x56_42_52_49;

/** ITU-T G.711: a sign, an exponent and four bits of mantissa, in steps that double with the exponent. */
type Magnitude = (exponent: number, mantissa: number) => number;

/** 14 bits, in a scale of 16. Codes are sent inverted. */
const muLawMagnitude: Magnitude = (exponent, mantissa) => 4 * ((2 * mantissa + 33) * 2 ** exponent - 33);

/** 13 bits, in a scale of 16. Every other bit of a code is sent inverted. */
const aLawMagnitude: Magnitude = (exponent, mantissa) =>
  8 * (exponent === 0 ? 2 * mantissa + 1 : (2 * mantissa + 33) * 2 ** (exponent - 1));

const MU_LAW = samplesByCode(0xff, -1, muLawMagnitude);
const A_LAW = samplesByCode(0x55, 1, aLawMagnitude);

/** Mu-law codes to samples of 16 bits, little-endian. */
export function muLawToS16le(codes: Uint8Array): Uint8Array<ArrayBuffer> {
  return decoded(codes, MU_LAW);
}

/** A-law codes to samples of 16 bits, little-endian. */
export function aLawToS16le(codes: Uint8Array): Uint8Array<ArrayBuffer> {
  return decoded(codes, A_LAW);
}

function samplesByCode(inverted: number, signOfSet: 1 | -1, magnitude: Magnitude): Int16Array {
  return Int16Array.from({ length: 256 }, (_, sent) => {
    const code = sent ^ inverted;
    const sign = (code & 0x80) === 0 ? -signOfSet : signOfSet;
    return sign * magnitude((code >> 4) & 7, code & 15);
  });
}

function decoded(codes: Uint8Array, table: Int16Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * codes.length));
  for (let at = 0; at < codes.length; at++) view.setInt16(2 * at, table[codes[at]!]!, true);
  return new Uint8Array(view.buffer);
}

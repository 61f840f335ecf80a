import wavefile from 'wavefile';

/** One sample at a byte offset, as -1 to 1. */
export type WavSampleReader = (view: DataView, at: number) => number;

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;

/**
 * How samples of a WAV codec are read; undefined for a codec that is not PCM, float, A-law or mu-law.
 * @param sampleBytes room of one sample; one with fewer valid bits stands at its top
 */
export function wavSampleReader(codec: number, sampleBytes: number): WavSampleReader | undefined {
  if (codec === PCM) return INTEGER_READERS[sampleBytes];
  if (codec === FLOAT) return FLOAT_READERS[sampleBytes];
  if (sampleBytes !== 1) return undefined;
  if (codec === A_LAW) return tableReader('8a');
  if (codec === MU_LAW) return tableReader('8m');
  return undefined;
}

const INTEGER_READERS: Readonly<Record<number, WavSampleReader>> = {
  1: (view, at) => (view.getUint8(at) - 2 ** 7) / 2 ** 7,
  2: (view, at) => view.getInt16(at, true) / 2 ** 15,
  3: (view, at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 2 ** 23,
  4: (view, at) => view.getInt32(at, true) / 2 ** 31,
};

const FLOAT_READERS: Readonly<Record<number, WavSampleReader>> = {
  4: (view, at) => view.getFloat32(at, true),
  8: (view, at) => view.getFloat64(at, true),
};

/** G.711 has only 256 codes, so that the library decodes each of them once. */
function tableReader(depth: '8a' | '8m'): WavSampleReader {
  const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
  const all = new wavefile.WaveFile();
  all.fromScratch(1, 8000, depth, codes);
  if (depth === '8a') all.fromALaw();
  else all.fromMuLaw();
  const table = Float32Array.from(all.getSamples(), (sample) => sample / 2 ** 15);
  return (view, at) => table[view.getUint8(at)]!;
}

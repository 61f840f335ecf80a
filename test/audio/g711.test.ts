import { describe, expect, test } from 'vitest';
import wavefile from 'wavefile';
import { aLawToS16le, muLawToS16le } from '../../src/audio/g711.ts';

const CODES = Uint8Array.from({ length: 256 }, (_, code) => code);

function byWavefile(depth: '8a' | '8m'): number[] {
  const file = new wavefile.WaveFile();
  file.fromScratch(1, 8000, depth, CODES);
  if (depth === '8a') file.fromALaw();
  else file.fromMuLaw();
  return [...file.getSamples()];
}

describe('each of the 256 codes is decoded as another decoder decodes it:', () => {
  test.each([
    ['A-law', aLawToS16le, '8a'],
    ['mu-law', muLawToS16le, '8m'],
  ] as const)('%s', (_law, decode, depth) => {
    expect([...new Int16Array(decode(CODES).buffer)]).toEqual(byWavefile(depth));
  });
});

test('loud and quiet are what the recommendation says: the ends of the scale and the smallest steps', () => {
  expect([...new Int16Array(muLawToS16le(Uint8Array.of(0x00, 0x80, 0xff, 0xfe)).buffer)]).toEqual([
    -32_124, 32_124, 0, 8,
  ]);
  expect([...new Int16Array(aLawToS16le(Uint8Array.of(0x2a, 0xaa, 0xd5, 0x55)).buffer)]).toEqual([
    -32_256, 32_256, 8, -8,
  ]);
});

import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/errors.ts';
import { openWeights } from '../../../src/speech/models/open-weights.ts';
import { SafetensorsFile, writeSafetensors } from '../../../src/speech/models/safetensors.ts';
import { decodeFloats, encodeFloats } from '../../../src/speech/models/tensor.ts';
import { refusalOf, scratchFolder } from './scratch.ts';

function fileOf(content: Uint8Array): string {
  const path = join(scratchFolder(), 'model.safetensors');
  writeFileSync(path, content);
  return path;
}

/** A file with this header and that many bytes of data, whether they fit or not. */
function withHeader(header: unknown, dataBytes: number): string {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return fileOf(Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
}

const FOUR_FLOATS = { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] };

describe('a safetensors file', () => {
  it('gives back what was written', () => {
    const path = join(scratchFolder(), 'x.safetensors');
    const floats = Float32Array.of(1, -2, 0.5, 4, 5, 6);
    writeSafetensors(path, [
      { name: 'b', type: 'F16', shape: [3, 2], bytes: () => encodeFloats(floats, 'F16') },
      { name: 'a', type: 'F32', shape: [6], bytes: () => encodeFloats(floats, 'F32') },
    ]);
    const file = new SafetensorsFile(path);
    expect(file.names()).toEqual(['a', 'b']);
    expect(file.info('b')).toMatchObject({ type: 'F16', shape: [3, 2] });
    expect(decodeFloats(file.read('b'), 'F16')).toEqual(floats);
    expect(decodeFloats(file.read('a'), 'F32')).toEqual(floats);
    file.close();
  });

  it('has the same bytes whatever the order of writing', () => {
    const folder = scratchFolder();
    const tensors = ['x', 'y', 'z'].map((name, index) => {
      return { name, type: 'I8', shape: [3], bytes: () => new Uint8Array([index, 2, 3]) } as const;
    });
    writeSafetensors(join(folder, 'one'), tensors);
    writeSafetensors(join(folder, 'other'), tensors.toReversed());
    expect(readFileSync(join(folder, 'one'))).toEqual(readFileSync(join(folder, 'other')));
  });

  it('may carry metadata, a tensor of no elements and a scalar', () => {
    const path = withHeader(
      {
        __metadata__: { format: 'pt' },
        none: { dtype: 'F32', shape: [0, 3], data_offsets: [0, 0] },
        one: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
      },
      4,
    );
    expect(new SafetensorsFile(path).names()).toEqual(['none', 'one']);
  });

  it('any random bytes are read or refused by code, never a crash', () => {
    const folder = scratchFolder();
    const path = join(folder, 'random');
    const withLength = fc.tuple(fc.nat(40), fc.uint8Array({ maxLength: 60 })).map(([length, rest]) => {
      return new Uint8Array([length, 0, 0, 0, 0, 0, 0, 0, 0x7b, ...rest]);
    });
    const jsonHeader = fc.json().map((json) => {
      const text = Buffer.from(`{"t":${json}}`);
      const head = Buffer.alloc(8);
      head.writeUInt32LE(text.length);
      return new Uint8Array(Buffer.concat([head, text]));
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), withLength, jsonHeader), (bytes) => {
        writeFileSync(path, bytes);
        try {
          new SafetensorsFile(path).close();
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(['MODEL_INVALID', 'MODEL_TRUNCATED', 'MODEL_UNSUPPORTED']).toContain((error as AppError).code);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('any number in its header may be damaged: it is read or refused by code, within its own bytes', () => {
    const path = join(scratchFolder(), 'damaged');
    const number = fc.oneof(fc.integer(), fc.double(), fc.constant(2 ** 53), fc.nat(64));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 4 }), fc.array(number, { maxLength: 3 }), (shape, data_offsets) => {
        const json = Buffer.from(JSON.stringify({ t: { dtype: 'F16', shape, data_offsets } }));
        const head = Buffer.alloc(8);
        head.writeUInt32LE(json.length);
        writeFileSync(path, Buffer.concat([head, json, Buffer.alloc(32)]));
        try {
          const file = new SafetensorsFile(path);
          expect(file.read('t')).toHaveLength(32);
          file.close();
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is no sound safetensors file is refused', () => {
  it.each([
    ['an HTML error page', '<!DOCTYPE html><html><body>404</body></html>', /got an HTML page/],
    ['a PyTorch checkpoint', 'PK\x03\x04\x00\x00\x00\x00archive/data.pkl', /got a zip archive, as PyTorch/],
    ['a pickle', '\x80\x02}q\x00(X\x05\x00\x00\x00model', /got a Python pickle/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00', /got a Git LFS pointer/],
    ['an empty file', '', /got an empty file/],
    ['a JSON text', '{"error": "not found", "status": 404}', /got a JSON text/],
    ['other bytes', '\x01\x02\x03', /starts with the bytes 010203/],
  ])('%s', async (_, content, message) => {
    const refusal = await refusalOf(() => new SafetensorsFile(fileOf(Buffer.from(content, 'latin1'))));
    expect(refusal.code).toBe('MODEL_INVALID');
    expect(refusal.message).toMatch(message);
    expect(refusal.expected).toBe('a safetensors file');
  });

  it('a header that claims more than the limit is not read', async () => {
    const length = Buffer.alloc(16);
    length.writeBigUInt64LE(100_000_001n);
    expect((await refusalOf(() => new SafetensorsFile(fileOf(length)))).code).toBe('MODEL_INVALID');
  });

  it('a truncated file is refused with what was expected and what came', async () => {
    const path = withHeader({ t: FOUR_FLOATS }, 16);
    const bytes = readFileSync(path).length;
    truncateSync(path, bytes - 1);
    const refusal = await refusalOf(() => new SafetensorsFile(path));
    expect(refusal).toMatchObject({
      code: 'MODEL_TRUNCATED',
      expected: `${bytes} bytes`,
      got: `${bytes - 1} bytes`,
    });
  });

  it('a file cut within its header is truncated', async () => {
    const path = withHeader({ t: FOUR_FLOATS }, 16);
    truncateSync(path, 20);
    expect((await refusalOf(() => new SafetensorsFile(path))).code).toBe('MODEL_TRUNCATED');
  });

  it.each([
    ['a hole between tensors', { t: { ...FOUR_FLOATS, data_offsets: [4, 20] } }, 20, /leave a hole at t/],
    ['overlapping tensors', { s: FOUR_FLOATS, t: { ...FOUR_FLOATS, data_offsets: [8, 24] } }, 24, /overlap/],
    ['bytes behind the last tensor', { t: FOUR_FLOATS }, 17, /goes on behind/],
    ['a range that the shape does not fill', { t: { ...FOUR_FLOATS, shape: [3] } }, 16, /expected 12 bytes.*got 16/],
    ['a negative size', { t: { ...FOUR_FLOATS, shape: [-2, -2] } }, 16, /damaged at t/],
    ['sizes beyond all numbers', { t: { ...FOUR_FLOATS, shape: [2 ** 40, 2 ** 40] } }, 16, /does not fill/],
    ['an entry that is no tensor', { t: 'F32' }, 16, /damaged at t/],
    ['a header that is not JSON', '{"t": ', 16, /header.*damaged/],
  ])('%s', async (_, header, dataBytes, message) => {
    const refusal = await refusalOf(() => new SafetensorsFile(withHeader(header, dataBytes)));
    expect(refusal.code).toBe('MODEL_INVALID');
    expect(refusal.message).toMatch(message);
  });

  it('an element type that is not known', async () => {
    const path = withHeader({ t: { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] } }, 4);
    const refusal = await refusalOf(() => new SafetensorsFile(path));
    expect(refusal.code).toBe('MODEL_UNSUPPORTED');
    expect(refusal.message).toMatch(/expected F32, F16, BF16, I8; got F8_E4M3/);
  });
});

describe('a folder of safetensors files', () => {
  const writeShard = (folder: string, file: string, name: string) =>
    writeSafetensors(join(folder, file), [{ name, type: 'F32', shape: [1], bytes: () => new Uint8Array(4) }]);

  it.each([
    '../../etc/x.safetensors',
    '/x.safetensors',
    'a/b.safetensors',
    '..\\x.safetensors',
    '.safetensors',
    'x.bin',
  ])('an index that names the file %s is refused', async (shard) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: { t: shard } }));
    const refusal = await refusalOf(() => openWeights(folder));
    expect(refusal.code).toBe('MODEL_INVALID');
    expect(refusal.message).toMatch(/plain file name that ends in \.safetensors/);
  });

  it('a shard that lacks what the index promises is refused', async () => {
    const folder = scratchFolder();
    writeShard(folder, 'one.safetensors', 'a');
    const index = { weight_map: { a: 'one.safetensors', b: 'one.safetensors' } };
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
    expect((await refusalOf(() => openWeights(folder))).message).toMatch(/expected a tensor b/);
  });

  it('a shard that is missing is told', async () => {
    const folder = scratchFolder();
    const index = { weight_map: { a: 'one.safetensors' } };
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
    expect((await refusalOf(() => openWeights(folder))).code).toBe('MODEL_NOT_FOUND');
  });

  it('8-bit rows without their scales are refused', async () => {
    const folder = scratchFolder();
    const tensor = { name: 'w', type: 'I8', shape: [2, 3], bytes: () => new Uint8Array(6) } as const;
    writeSafetensors(join(folder, 'model.safetensors'), [tensor]);
    const refusal = await refusalOf(() => openWeights(folder));
    expect(refusal.message).toMatch(/expected w\.scale as F32 \[2\]; got no such tensor/);
  });

  it('a tensor that is asked for but not there is told by name', async () => {
    const folder = scratchFolder();
    writeShard(folder, 'model.safetensors', 'a');
    const weights = openWeights(folder);
    expect((await refusalOf(() => weights.floats('model.fc9'))).message).toMatch(/expected a tensor model\.fc9/);
    weights.close();
  });
});

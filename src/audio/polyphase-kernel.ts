/**
 * The inner loop of the resampler as WebAssembly with 128-bit SIMD: a minute of 48 kHz takes some 50 ms, the same loop
 * in JavaScript 400 ms. Written as its instructions, so that neither server nor page needs a build step:
 *
 *     for (; count > 0; count--) {
 *       row = filters + phase * rowBytes; left = right = 0; offset = 0
 *       do {
 *         left  += held[offset]      * row[offset]        // four samples at a time
 *         right += held[offset + 16] * row[offset + 16]
 *         offset += 32
 *       } while (offset < rowBytes)
 *       output = sum of the lanes; output += 4
 *       phase += down; held += 4 * (phase div phases); phase = phase mod phases
 *     }
 */
export interface PolyphaseKernel {
  readonly memory: ArrayBuffer;
  /**
   * Addresses and lengths in bytes into `memory`, which holds float32 throughout. `rowBytes` is a multiple of 32: one
   * filter's weights.
   */
  sum(
    held: number,
    filters: number,
    output: number,
    count: number,
    phase: number,
    down: number,
    phases: number,
    rowBytes: number,
  ): void;
}

/** A kernel with a memory of its own, all zero. */
export function createPolyphaseKernel(memoryBytes: number): PolyphaseKernel {
  compiled ??= new WebAssembly.Module(moduleBytes());
  const memory = new WebAssembly.Memory({ initial: Math.ceil(memoryBytes / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(compiled, { kernel: { memory } });
  return { memory: memory.buffer, sum: exports.sum };
}

/** What is used here of a global that the types of Node and of the page declare differently, or not at all. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Pick<PolyphaseKernel, 'sum'> };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
const PAGE_BYTES = 65_536;
let compiled: object | undefined;

// types
const I32 = 0x7f;
const V128 = 0x7b;
const EMPTY = 0x40;
// locals: the parameters in their order, then those of the loop
const HELD = 0;
const FILTERS = 1;
const OUTPUT = 2;
const COUNT = 3;
const PHASE = 4;
const DOWN = 5;
const PHASES = 6;
const ROW_BYTES = 7;
const OFFSET = 8;
const ROW = 9;
const LEFT = 10;
const RIGHT = 11;
// instructions (WebAssembly core specification 2.0, chapter 5.4)
const block = [0x02, EMPTY];
const loop = [0x03, EMPTY];
const end = [0x0b];
const branch = (depth: number) => [0x0c, depth];
const branchIf = (depth: number) => [0x0d, depth];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const i32 = (value: number) => [0x41, value];
const i32EqualsZero = [0x45];
const i32LessUnsigned = [0x49];
const i32Add = [0x6a];
const i32Subtract = [0x6b];
const i32Multiply = [0x6c];
const i32DivideUnsigned = [0x6e];
const i32RemainderUnsigned = [0x70];
const i32ShiftLeft = [0x74];
const f32Add = [0x92];
const f32Store = [0x38, 0x02, 0x00];
const v128Load = (offset: number) => [0xfd, 0x00, 0x00, offset];
const v128Zero = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const f32x4Lane = (lane: number) => [0xfd, 0x1f, lane];
const f32x4Add = [0xfd, 0xe4, 0x01];
const f32x4Multiply = [0xfd, 0xe6, 0x01];

const addProducts = (sum: number, offset: number) =>
  [
    get(sum),
    [get(HELD), get(OFFSET), i32Add, v128Load(offset)],
    [get(ROW), get(OFFSET), i32Add, v128Load(offset)],
    [f32x4Multiply, f32x4Add, set(sum)],
  ].flat(2);

const body = [
  block,
  loop,
  [get(COUNT), i32EqualsZero, branchIf(1)],
  [get(FILTERS), get(PHASE), get(ROW_BYTES), i32Multiply, i32Add, set(ROW)],
  [v128Zero, tee(LEFT), set(RIGHT), i32(0), set(OFFSET)],
  loop,
  addProducts(LEFT, 0),
  addProducts(RIGHT, 16),
  [get(OFFSET), i32(32), i32Add, tee(OFFSET), get(ROW_BYTES), i32LessUnsigned, branchIf(0)],
  end,
  [get(LEFT), get(RIGHT), f32x4Add, set(LEFT), get(OUTPUT)],
  [get(LEFT), f32x4Lane(0), get(LEFT), f32x4Lane(1), f32Add],
  [get(LEFT), f32x4Lane(2), get(LEFT), f32x4Lane(3), f32Add],
  [f32Add, f32Store],
  [get(OUTPUT), i32(4), i32Add, set(OUTPUT)],
  [get(PHASE), get(DOWN), i32Add, tee(PHASE), get(PHASES), i32DivideUnsigned, i32(2), i32ShiftLeft],
  [get(HELD), i32Add, set(HELD)],
  [get(PHASE), get(PHASES), i32RemainderUnsigned, set(PHASE)],
  [get(COUNT), i32(1), i32Subtract, set(COUNT), branch(0)],
  end,
  end,
  end,
].flat(3) as number[];

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];
  const sized = (bytes: readonly number[]) => [...unsigned(bytes.length), ...bytes];
  const section = (id: number, items: readonly number[]) => [id, ...sized([1, ...items])];
  const locals = [2, 2, I32, 2, V128];
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x60, 8, ...new Array<number>(8).fill(I32), 0]),
    ...section(2, [...name('kernel'), ...name('memory'), 0x02, 0x00, 0x01]),
    ...section(3, [0]),
    ...section(7, [...name('sum'), 0x00, 0]),
    ...section(10, sized([...locals, ...body])),
  );
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

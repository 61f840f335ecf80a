import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OnnxGraph } from '../../../src/speech/models/graphs/onnx-graph.ts';
import { floats, OnnxSession } from '../../../src/speech/onnx.ts';
import { refusalOf, scratchFolder } from '../models/scratch.ts';

/** Writes a graph from `x` [rows, columns] to `y`, and runs it. */
async function run(
  describeGraph: (graph: OnnxGraph, x: string) => string,
  x: Float32Array,
  columns: number,
): Promise<{ values: number[]; dims: readonly number[]; dataBytes: number }> {
  const path = join(scratchFolder(), 'graph.onnx');
  const graph = new OnnxGraph('test', path);
  graph.name(describeGraph(graph, graph.input('x', 'float', ['rows', columns])), 'y');
  graph.output('y', 'float', ['resultRows', 'resultColumns']);
  graph.save();
  const session = await OnnxSession.load(path);
  const { y } = await session.run({ x: floats(x, [x.length / columns, columns]) }, ['y']);
  await session.close();
  return { values: [...(y!.data as Float32Array)], dims: y!.dims, dataBytes: statSync(`${path}.data`).size };
}

describe('a written graph', () => {
  test('computes what was described, with a small constant inside the graph', async () => {
    const weights = () => Float32Array.of(1, 10, 100, 1000);
    const { values, dims, dataBytes } = await run(
      (graph, x) => graph.node('MatMul', [x, graph.constant('w', 'float', [2, 2], weights)]),
      Float32Array.of(1, 2, 3, 4),
      2,
    );
    expect(values).toEqual([201, 2010, 403, 4030]);
    expect(dims).toEqual([2, 2]);
    expect(dataBytes).toBe(0);
  });

  test('reads large constants from the file beside it, each at its own place', async () => {
    const size = 1100;
    const ones = () => new Float32Array(size).fill(1);
    const counting = () => Float32Array.from({ length: size }, (_, index) => index);
    const { values, dataBytes } = await run(
      (graph, x) => {
        const sum = graph.node('Add', [x, graph.constant('ones', 'float', [size], ones)]);
        return graph.node('Mul', [sum, graph.constant('counting', 'float', [size], counting)]);
      },
      new Float32Array(size).fill(2),
      size,
    );
    expect(values).toEqual([...counting()].map((value) => 3 * value));
    expect(dataBytes).toBeGreaterThanOrEqual(2 * size * 4);
  });

  test('knows whole numbers below zero, fractions and lists as attributes', async () => {
    const { values } = await run(
      (graph, x) => {
        const [halves] = graph.nodes('Split', [x], ['first', 'second'], { axis: -1 });
        const turned = graph.node('Transpose', [halves!], { perm: [1, 0] });
        return graph.node('LeakyRelu', [turned], { alpha: { float: 0.5 } });
      },
      Float32Array.of(1, -2, 9, 9, 3, -4, 9, 9),
      4,
    );
    expect(values).toEqual([1, 3, -1, -2]);
  });

  test('slices along an axis from either end, in steps', async () => {
    const x = Float32Array.of(0, 1, 2, 3, 4, 5);
    expect((await run((graph, name) => graph.slice(name, 1, 1, -1), x, 6)).values).toEqual([1, 2, 3, 4]);
    expect((await run((graph, name) => graph.slice(name, 1, 0, 6, 2), x, 6)).values).toEqual([0, 2, 4]);
  });

  test('makes a constant once, however often it is named', async () => {
    let made = 0;
    const one = () => {
      made++;
      return Float32Array.of(1);
    };
    const { values } = await run(
      (graph, x) => {
        const add = (to: string) => graph.node('Add', [to, graph.constant('one', 'float', [1], one)]);
        return add(add(add(x)));
      },
      Float32Array.of(0, 5),
      2,
    );
    expect(values).toEqual([3, 8]);
    expect(made).toBe(1);
  });
});

describe('a file that is no graph', () => {
  test.each([
    ['an empty file', new Uint8Array(0)],
    ['other bytes', new TextEncoder().encode('this is no graph')],
  ])('%s is refused as an invalid model', async (_what, bytes) => {
    const path = join(scratchFolder(), 'graph.onnx');
    writeFileSync(path, bytes);
    expect((await refusalOf(() => OnnxSession.load(path))).code).toBe('MODEL_INVALID');
  });

  test('a missing file is refused as an invalid model', async () => {
    const path = join(scratchFolder(), 'nothing.onnx');
    expect((await refusalOf(() => OnnxSession.load(path))).code).toBe('MODEL_INVALID');
  });
});

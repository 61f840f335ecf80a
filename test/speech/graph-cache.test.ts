import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { ensureGraphs } from '../../src/speech/models/graph-cache.ts';
import { OnnxSession } from '../../src/speech/onnx.ts';
import { scratchFolder } from './models/scratch.ts';
import { TINY, writeTinyWhisper } from './models/tiny-whisper.ts';

const GRAPH_FILES = ['alignment.onnx', 'decoder.onnx', 'encoder.onnx'];

/** A model small enough to be built in a moment, and an empty cache. */
function scratch() {
  const folder = scratchFolder();
  const modelFolder = join(folder, 'tiny');
  writeTinyWhisper(modelFolder);
  return { modelFolder, cacheFolder: join(folder, 'cache') };
}

function writeCalibration(modelFolder: string, clip: number): void {
  const layers = Array.from({ length: TINY.encoderLayers }, () => ({ outliers: [0, 3], clip }));
  writeFileSync(join(modelFolder, 'calibration.json'), JSON.stringify({ layers }));
}

/** Every file of a folder with its size and the time it was written. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files.map((file) => {
      const { mtimeMs, size, ino } = statSync(join(folder, file));
      return [file, `${mtimeMs} ${size} ${ino}`];
    }),
  );
}

const graphsIn = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.onnx'));

describe('graphs', () => {
  test('are built once: the second call changes nothing', async () => {
    const { modelFolder, cacheFolder } = scratch();
    const built = await ensureGraphs(modelFolder, cacheFolder);
    expect(
      Object.values(built)
        .map((path) => basename(path))
        .sort(),
    ).toEqual(GRAPH_FILES);
    const before = snapshot(cacheFolder);
    expect(await ensureGraphs(modelFolder, cacheFolder)).toEqual(built);
    expect(snapshot(cacheFolder)).toEqual(before);
  });

  test.each(['shipped', 'float32'] as const)('of the form %s can be loaded', async (precision) => {
    const { modelFolder, cacheFolder } = scratch();
    for (const path of Object.values(await ensureGraphs(modelFolder, cacheFolder, precision))) {
      await (await OnnxSession.load(path)).close();
    }
  });

  test('of two forms lie side by side', async () => {
    const { modelFolder, cacheFolder } = scratch();
    const shipped = await ensureGraphs(modelFolder, cacheFolder);
    const inFloats = await ensureGraphs(modelFolder, cacheFolder, 'float32');
    expect(shipped.encoderPath).not.toBe(inFloats.encoderPath);
    expect(readdirSync(cacheFolder)).toHaveLength(2);
  });

  test('are the same bytes whenever they are built from the same model', async () => {
    const { modelFolder, cacheFolder } = scratch();
    const [one, other] = [
      await ensureGraphs(modelFolder, cacheFolder),
      await ensureGraphs(modelFolder, `${cacheFolder}-2`),
    ];
    for (const suffix of ['', '.data']) {
      const [a, b] = [one, other].map(({ encoderPath }) => readFileSync(`${encoderPath}${suffix}`));
      expect(a!.equals(b!)).toBe(true);
    }
    expect(basename(dirname(one.encoderPath))).toBe(basename(dirname(other.encoderPath)));
  });
});

describe('a model that changed', () => {
  test.each([
    ['another calibration', (folder: string) => writeCalibration(folder, 2)],
    ['another config', (folder: string) => appendFileSync(join(folder, 'generation_config.json'), ' ')],
  ])('by %s is built anew, and the old graphs go', async (_what, change) => {
    const { modelFolder, cacheFolder } = scratch();
    writeCalibration(modelFolder, 1);
    const old = await ensureGraphs(modelFolder, cacheFolder);
    change(modelFolder);
    const changed = await ensureGraphs(modelFolder, cacheFolder);
    expect(dirname(changed.encoderPath)).not.toBe(dirname(old.encoderPath));
    expect(readdirSync(cacheFolder)).toEqual([basename(dirname(changed.encoderPath))]);
  });

  test('leaves the graphs of other models alone', async () => {
    const { modelFolder, cacheFolder } = scratch();
    const otherFolder = join(dirname(modelFolder), 'other');
    writeTinyWhisper(otherFolder);
    const other = await ensureGraphs(otherFolder, cacheFolder);
    await ensureGraphs(modelFolder, cacheFolder);
    writeCalibration(modelFolder, 3);
    await ensureGraphs(modelFolder, cacheFolder);
    expect(graphsIn(dirname(other.encoderPath)).sort()).toEqual(GRAPH_FILES);
  });
});

describe('a build', () => {
  test('by two threads at once leaves one complete folder, never seen half-built', async () => {
    const { modelFolder, cacheFolder } = scratch();
    mkdirSync(cacheFolder);
    const seen: string[][] = [];
    const watching = setInterval(() => {
      for (const name of readdirSync(cacheFolder)) {
        if (!name.startsWith('.')) seen.push(graphsIn(join(cacheFolder, name)).sort());
      }
    }, 1);
    const [one, other] = await Promise.all([
      buildInThread(modelFolder, cacheFolder),
      buildInThread(modelFolder, cacheFolder),
    ]);
    clearInterval(watching);
    expect(one).toBe(other);
    expect(readdirSync(cacheFolder)).toEqual([basename(dirname(one))]);
    for (const graphs of [...seen, graphsIn(dirname(one)).sort()]) expect(graphs).toEqual(GRAPH_FILES);
    await (await OnnxSession.load(one)).close();
  });

  test('from a calibration that does not fit is refused, and the graphs from before stay', async () => {
    const { modelFolder, cacheFolder } = scratch();
    const { encoderPath } = await ensureGraphs(modelFolder, cacheFolder);
    writeFileSync(join(modelFolder, 'calibration.json'), '{"layers":[]}');
    await expect(ensureGraphs(modelFolder, cacheFolder)).rejects.toThrow();
    expect(existsSync(encoderPath)).toBe(true);
    expect(readdirSync(cacheFolder)).toHaveLength(1);
  });

  test('that fails leaves nothing behind', async () => {
    const { modelFolder, cacheFolder } = scratch();
    const weights = join(modelFolder, 'model.safetensors');
    writeFileSync(weights, readFileSync(weights).subarray(0, 5000));
    await expect(ensureGraphs(modelFolder, cacheFolder)).rejects.toMatchObject({ code: /^MODEL_/ });
    expect(readdirSync(cacheFolder)).toEqual([]);
  });
});

/** Where a thread of its own found the encoder, once it was built. */
function buildInThread(modelFolder: string, cacheFolder: string): Promise<string> {
  const module = new URL('../../src/speech/models/graph-cache.ts', import.meta.url);
  const code = `
    import { parentPort } from 'node:worker_threads';
    import { ensureGraphs } from ${JSON.stringify(module.href)};
    const { encoderPath } = await ensureGraphs(${JSON.stringify(modelFolder)}, ${JSON.stringify(cacheFolder)});
    parentPort.postMessage(encoderPath);`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    worker.once('message', resolve).once('error', reject);
  });
}

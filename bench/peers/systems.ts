import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fetchOriginalWeights } from '../../scripts/fetch-original-weights.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import type { Command } from './runner-process.ts';
import { writeGgml } from './to-ggml.ts';

const CACHE = join(PROJECT_DIRECTORY, '.cache', 'peers');
const PROBE_TIMEOUT_MS = 60_000;
const EXPORT_TIMEOUT_MS = 900_000;

/** A recogniser to measure: how it is called here, its beams, and how its runner is started. */
export interface System {
  readonly name: string;
  readonly beamSize: 1 | 5;
  /** Makes what it needs. @throws Error with the reason for which the system is left out. */
  prepare(): Command | Promise<Command>;
}

export interface SystemOptions {
  /** A Python that has faster-whisper, and for the export to ONNX the packages of requirements.txt. */
  readonly python: string;
  readonly exportPython: string;
}

/** Every system of the comparison; the first of each beam size is what the others are measured against. */
export function systems(options: SystemOptions): readonly System[] {
  return [
    fasterWhisper(1, options),
    fasterWhisper(5, options),
    taltid('shipped', 1),
    taltid('shipped', 5),
    taltid('float32', 1),
    taltid('float32', 5),
    transformersJs('fp32', options),
    transformersJs('q8', options),
    whisperCpp(),
  ];
}

function fasterWhisper(beamSize: 1 | 5, { python }: SystemOptions): System {
  return {
    name: `faster-whisper int8, ${search(beamSize)}`,
    beamSize,
    prepare: () => {
      requireModules(python, ['faster_whisper']);
      const { ctranslate2Folder } = fetchOriginalWeights();
      return { program: python, args: [runner('faster-whisper.py'), ctranslate2Folder, String(beamSize)] };
    },
  };
}

function taltid(precision: 'shipped' | 'float32', beamSize: 1 | 5): System {
  const name = precision === 'shipped' ? 'Taltid int8 as shipped' : 'Taltid fp32 padded to 30 s';
  return {
    name: `${name}, ${search(beamSize)}`,
    beamSize,
    prepare: () => {
      if (precision === 'shipped') return nodeRunner('taltid.ts', ['shipped', String(beamSize)]);
      const { huggingFaceFolder } = fetchOriginalWeights();
      return nodeRunner('taltid.ts', ['float32', String(beamSize), huggingFaceFolder]);
    },
  };
}

function transformersJs(type: 'fp32' | 'q8', { exportPython }: SystemOptions): System {
  return {
    name: `transformers.js ${type}, ${search(1)}`,
    beamSize: 1,
    prepare: () => {
      const folder = join(CACHE, 'onnx');
      if (!existsSync(folder)) {
        requireModules(exportPython, ['optimum.exporters.onnx', 'torch', 'onnxruntime']);
        exportOnnx(exportPython, folder);
      }
      return nodeRunner('transformers-js.ts', [folder, type]);
    },
  };
}

/** In 8 bits, which its prebuilt binary is fastest with. */
function whisperCpp(): System {
  return {
    name: `whisper.cpp q8_0, ${search(1)}`,
    beamSize: 1,
    prepare: async () => {
      const file = join(CACHE, 'ggml-q8_0.bin');
      if (!existsSync(file)) {
        mkdirSync(CACHE, { recursive: true });
        await writeGgml(fetchOriginalWeights().huggingFaceFolder, `${file}.making`);
        renameSync(`${file}.making`, file);
      }
      return nodeRunner('whisper-cpp.ts', [file]);
    },
  };
}

function search(beamSize: 1 | 5): string {
  return beamSize === 1 ? 'greedy' : `beam ${beamSize}`;
}

function nodeRunner(script: string, args: readonly string[]): Command {
  return { program: process.execPath, args: [runner(script), ...args] };
}

function runner(file: string): string {
  return join(import.meta.dirname, file);
}

function requireModules(python: string, modules: readonly string[]): void {
  const probe = spawnSync(python, ['-c', `import ${modules.join(', ')}`], { timeout: PROBE_TIMEOUT_MS });
  if (probe.status !== 0) throw new Error(`${python} has no ${modules.join(', ')} (bench/peers/requirements.txt)`);
}

function exportOnnx(python: string, folder: string): void {
  const making = `${folder}.making`;
  const args = [runner('export-onnx.py'), fetchOriginalWeights().huggingFaceFolder, making];
  const exported = spawnSync(python, args, { timeout: EXPORT_TIMEOUT_MS, encoding: 'utf8' });
  if (exported.status !== 0) throw new Error(`the export to ONNX failed: ${exported.stderr.trim().slice(-300)}`);
  renameSync(making, folder);
}

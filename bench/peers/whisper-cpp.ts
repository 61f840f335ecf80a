/** Runner of whisper.cpp (npm @fugood/whisper.node) for bench:peers: whisper-cpp.ts GGML_FILE. See protocol.ts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { floatToS16le } from '../../src/audio/pcm.ts';
import { importWhisperNode } from './packages.ts';
import { serve } from './serve.ts';

const [filePath] = process.argv.slice(2);
if (!filePath) throw new Error('expected GGML_FILE');

const packagePath = createRequire(import.meta.url).resolve('@fugood/whisper.node/package.json');
const { version } = JSON.parse(readFileSync(packagePath, 'utf8')) as { version: string };
const { initWhisper } = await importWhisperNode();
const context = await initWhisper({ filePath, useGpu: false });

// The binding knows a beam size but never leaves the greedy strategy: only greedy is measured.
await serve(`whisper.cpp through @fugood/whisper.node ${version}, q8_0, greedy`, {
  prepare: floatToS16le,
  recognise: async (pcm16) => {
    const { result } = await context.transcribeData(pcm16.buffer, { language: 'sv', maxThreads: 1 }).promise;
    return result;
  },
});

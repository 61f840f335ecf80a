/** Runner of transformers.js for bench:peers: transformers-js.ts MODEL_FOLDER fp32|q8. See protocol.ts. */
import { basename, dirname } from 'node:path';
import { importTransformers } from './packages.ts';
import { serve } from './serve.ts';

const CHUNK_SECONDS = 30;

const [folder, dtype] = process.argv.slice(2);
if (!folder || !dtype) throw new Error('expected MODEL_FOLDER fp32|q8');

const { env, pipeline } = await importTransformers();
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);
const recognise = await pipeline('automatic-speech-recognition', basename(folder), {
  dtype,
  device: 'cpu',
  session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
});

await serve(`transformers.js ${env.version}, ${dtype}, greedy`, {
  prepare: (samples) => samples,
  recognise: async (samples) => {
    // Its own way with long audio: windows of 30 s that overlap by a sixth at each end, joined by their tokens.
    const isLong = samples.length > CHUNK_SECONDS * 16_000;
    const options = isLong ? { chunk_length_s: CHUNK_SECONDS, stride_length_s: CHUNK_SECONDS / 6 } : {};
    const { text } = await recognise(samples, { language: 'sv', task: 'transcribe', ...options });
    return text;
  },
});

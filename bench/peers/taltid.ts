/**
 * Runner of our own recogniser for bench:peers: taltid.ts shipped|float32 BEAM_SIZE [MODEL_FOLDER]. See protocol.ts.
 *
 * `shipped` is the bundled model as the product runs it, a wav file through a pool of one worker. `float32` is the
 * baseline that it must not be worse than: the given weights in 32 bits, the same stretches of speech, each padded to
 * 30 s as in training, and the same lexicon.
 */
import { join } from 'node:path';
import { wavBytes } from '../../scripts/wav-bytes.ts';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { ensureGraphs } from '../../src/speech/models/graph-cache.ts';
import { readWhisperConfig } from '../../src/speech/models/read-whisper-config.ts';
import { Recogniser } from '../../src/speech/recogniser.ts';
import { speechSegments } from '../../src/speech/segments.ts';
import { SpeechTokenizer } from '../../src/speech/tokenizer.ts';
import { VoiceDetector } from '../../src/speech/voice-detector.ts';
import { WordSupport } from '../../src/speech/word-support.ts';
import type { Samples } from '../audio.ts';
import { PADDED } from '../engine.ts';
import { readyPool, transcribeFile } from '../pool.ts';
import { type Recogniser as Runner, serve } from './serve.ts';

const CACHE = join(PROJECT_DIRECTORY, '.cache', 'peers', 'taltid');

const [precision, beams, folder] = process.argv.slice(2);
const beamSize = Number(beams);
if (precision === 'shipped') {
  await serve(`Taltid, int8 as shipped with its lexicon, beam ${beamSize}`, await shipped());
} else if (precision === 'float32' && folder) {
  await serve(`Taltid, fp32, padded to 30 s, with the lexicon, beam ${beamSize}`, await float32(folder));
} else {
  throw new Error('expected shipped BEAM_SIZE or float32 BEAM_SIZE MODEL_FOLDER');
}

async function shipped(): Promise<Runner<Uint8Array<ArrayBuffer>>> {
  const pool = await readyPool({ workers: 1, queueLimit: 1, dataDirectory: CACHE });
  return { prepare: wavBytes, recognise: (file) => transcribeFile(pool, file, beamSize) };
}

async function float32(modelFolder: string): Promise<Runner<Samples>> {
  const graphs = await ensureGraphs(modelFolder, CACHE, 'float32');
  const config = readWhisperConfig(modelFolder);
  const recogniser = await Recogniser.load({ config, tokenizer: new SpeechTokenizer(modelFolder), ...graphs });
  const voices = await VoiceDetector.load();
  const options = { language: 'sv', beamSize, words: false, tail: PADDED } as const;
  const wordScoring = new WordSupport().scoring(options);
  const recognise = async (samples: Samples) => {
    const texts: string[] = [];
    for (const { startSeconds, endSeconds } of speechSegments(await voices.probabilities(samples))) {
      const speech = samples.subarray(
        Math.floor(startSeconds * SPEECH_RATE_HZ),
        Math.ceil(endSeconds * SPEECH_RATE_HZ),
      );
      const { text } = await recogniser.recognise(speech, { ...options, ...wordScoring });
      texts.push(text);
    }
    return texts.join(' ');
  };
  return { prepare: (samples) => samples, recognise };
}

import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { type SilenceTail, SpeechEncoder } from '../src/speech/encoder.ts';
import { ensureGraphs } from '../src/speech/models/graph-cache.ts';
import { readWhisperConfig } from '../src/speech/models/read-whisper-config.ts';
import { OnnxSession } from '../src/speech/onnx.ts';
import { Recogniser } from '../src/speech/recogniser.ts';
import { SpeechTokenizer } from '../src/speech/tokenizer.ts';

/** As in training: the baseline that the merged tail is measured against. */
export const PADDED: SilenceTail = { kind: 'full' };

const BUNDLED_MODEL = join(PROJECT_DIRECTORY, 'models', 'whisper-base');

/** The bundled model in this thread, without pool or worker, and its encoder once more on its own. */
export interface Engine extends AsyncDisposable {
  readonly recogniser: Recogniser;
  readonly encoder: SpeechEncoder;
  readonly melBins: number;
}

export async function loadEngine(cacheFolder: string): Promise<Engine> {
  const graphs = await ensureGraphs(BUNDLED_MODEL, cacheFolder);
  const config = readWhisperConfig(BUNDLED_MODEL);
  const recogniser = await Recogniser.load({ config, tokenizer: new SpeechTokenizer(BUNDLED_MODEL), ...graphs });
  const encoder = new SpeechEncoder(await OnnxSession.load(graphs.encoderPath), config.dimensions);
  return {
    recogniser,
    encoder,
    melBins: config.dimensions.melBins,
    [Symbol.asyncDispose]: async () => {
      await recogniser.close();
      await encoder.close();
    },
  };
}

/**
 * Fits the probabilities of a model's words to what came true on clips, and writes them into the model's folder. To be
 * run when the recogniser has changed; of the bundled model's clips those in test/fixtures are too few.
 *
 *   node scripts/fit-confidence.ts FOLDER... --provenance TEXT [--model NAME] [--only TEXT,...] [--beam N]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseBeamSize } from '../src/cli/option-values.ts';
import { loadConfig } from '../src/config.ts';
import { fitLogistic } from '../src/evaluation/logistic.ts';
import { strangenessOf } from '../src/speech/lexicon/strangeness.ts';
import { swedishLexicon } from '../src/speech/lexicon/swedish-lexicon.ts';
import { BUNDLED_DIRECTORY, resolveModel } from '../src/speech/models/registry.ts';
import { CONFIDENCE_FILE, type ConfidenceFeatures, confidenceFeatures } from '../src/speech/word-confidence.ts';
import { readClipFolder } from './clip-folder.ts';
import { hearWords } from './heard-words.ts';

/** Weights of about one are expected of some hundred words: so much keeps those down that a few words would raise. */
const RIDGE = 1;
const DIGITS = 3;
const FEATURES: readonly (keyof ConfidenceFeatures)[] = ['sum', 'mean', 'strangeness'];
/** Of the lexicon. */
const LANGUAGE = 'sv';

interface Flags {
  readonly provenance: string;
  readonly model?: string;
  readonly only?: string;
  readonly beam: number;
}

const command = new Command('fit-confidence')
  .argument('<folders...>', 'folders of clips, each with a transcripts.json')
  .requiredOption('--provenance <text>', 'what the clips are')
  .option('--model <name>', 'an installed model; the default model when not given')
  .option('--only <text>', 'clips with one of these in their file name, commas between')
  .option('--beam <count>', 'beams of the search', parseBeamSize, 5)
  .parse();
const { provenance, model, only = '', beam } = command.opts<Flags>();

const { dataDirectory } = loadConfig();
const { folder } = resolveModel({ bundledDirectory: BUNDLED_DIRECTORY, dataDirectory }, model);
const parts = only.split(',');
const clips = command.args.flatMap(readClipFolder).filter(({ file }) => parts.some((part) => file.includes(part)));
const stretches = await hearWords(clips, { modelFolder: folder, dataDirectory, language: LANGUAGE, beamSize: beam });
const strangeness = strangenessOf({ lexicon: swedishLexicon() });
const words = stretches.flat();
const cases = words.map(({ evidence, isRight }) => {
  const features = confidenceFeatures(evidence, strangeness);
  return { features: FEATURES.map((name) => features[name]), isTrue: isRight };
});
const fitted = fitLogistic(cases, RIDGE);
const right = words.filter(({ isRight }) => isRight).length;
const table = {
  provenance: `${provenance}; ${words.length} words, ${right} of them right, beam ${beam}`,
  language: LANGUAGE,
  intercept: rounded(fitted.intercept),
  weights: Object.fromEntries(FEATURES.map((name, at) => [name, rounded(fitted.weights[at]!)])),
};
writeFileSync(join(folder, CONFIDENCE_FILE), `${JSON.stringify(table, undefined, 2)}\n`);
console.log(JSON.stringify(table, undefined, 2));

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}

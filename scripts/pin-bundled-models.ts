/**
 * Writes size and SHA-256 of every file of the bundled models into models/manifest.json. To be run after a bundled
 * model was built or calibrated.
 *
 *   node scripts/pin-bundled-models.ts
 */
import { join } from 'node:path';
import { hashFolder } from '../src/speech/models/model-files.ts';
import { BUNDLED_DIRECTORY, readManifest, writeManifest } from '../src/speech/models/registry.ts';

const locations = { bundledDirectory: BUNDLED_DIRECTORY };
const manifest = readManifest(locations);
for (const model of manifest.bundled) {
  model.files = await hashFolder(join(BUNDLED_DIRECTORY, model.name));
  for (const [file, { sha256 }] of Object.entries(model.files)) console.log(`${sha256}  ${model.name}/${file}`);
}
await writeManifest(locations, manifest);

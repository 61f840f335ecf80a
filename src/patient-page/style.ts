import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const HASH_CHARACTERS = 12;

/** The page's only stylesheet. Its address holds a hash of it, so that browsers may keep it for ever. */
export const STYLE = read();

function read(): { readonly path: string; readonly css: string } {
  const css = readFileSync(join(import.meta.dirname, 'patient-page.css'), 'utf8');
  const hash = createHash('sha256').update(css).digest('hex').slice(0, HASH_CHARACTERS);
  return { path: `/min-tid/stil-${hash}.css`, css };
}

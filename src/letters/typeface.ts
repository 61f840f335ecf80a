import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AppError } from '../contracts/errors.ts';

/** Atkinson Hyperlegible Next: made for readers with low vision. SIL Open Font License. */
const PACKAGE = '@fontsource/atkinson-hyperlegible-next';
const require = createRequire(import.meta.url);

export const WEIGHTS = { regular: 400, bold: 700 } as const;
export type Weight = keyof typeof WEIGHTS;

/** The package cuts the typeface in two; the second holds the letters of the rest of Europe. */
const SUBSETS = ['latin', 'latin-ext'] as const;
type Subset = (typeof SUBSETS)[number];

/** A stretch of text that one font file can write. */
export interface Run {
  readonly font: string;
  readonly text: string;
}

/** Names and bytes of every font file that a letter may need. */
export function fontFiles(): { readonly name: string; readonly bytes: Buffer }[] {
  const weights = Object.keys(WEIGHTS) as Weight[];
  return weights.flatMap((weight) =>
    SUBSETS.map((subset) => ({
      name: fontName(weight, subset),
      bytes: readFileSync(
        require.resolve(`${PACKAGE}/files/atkinson-hyperlegible-next-${subset}-${WEIGHTS[weight]}-normal.woff`),
      ),
    })),
  );
}

/**
 * The text in stretches of one font each. `hasGlyph` says whether a font (by its name) can write a code point.
 * Throws REQUEST_INVALID for a letter that neither can: a name must not be printed with a hole in it.
 */
export function runs(text: string, weight: Weight, hasGlyph: (font: string, codePoint: number) => boolean): Run[] {
  const found: { font: string; text: string }[] = [];
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0)!;
    const last = found.at(-1);
    if (last && hasGlyph(last.font, codePoint)) {
      last.text += character;
      continue;
    }
    const font = SUBSETS.map((subset) => fontName(weight, subset)).find((name) => hasGlyph(name, codePoint));
    if (font === undefined) {
      throw new AppError('REQUEST_INVALID', 'a letter of the alphabet that the typeface does not have', {
        expected: 'Latin script',
        got: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`,
      });
    }
    found.push({ font, text: character });
  }
  return found;
}

function fontName(weight: Weight, subset: Subset): string {
  return `${weight} ${subset}`;
}

import { z } from 'zod';

/** Words in braces that stand for what a letter knows, in the text blocks of a unit. */
export const LETTER_PLACES = ['enhet', 'telefon', 'telefontid', 'patient'] as const;
export type LetterPlace = (typeof LETTER_PLACES)[number];

export const MAX_TEXT_BLOCK_CHARACTERS = 1500;

const textBlock = z
  .string()
  .trim()
  .max(MAX_TEXT_BLOCK_CHARACTERS)
  .refine((text) => unknownPlaces(text).length === 0, {
    error: `expected only {${LETTER_PLACES.join('}, {')}} in braces`,
  });

/** The text blocks of a letter. An empty one leaves its part out. */
export const LetterTexts = z.strictObject({
  /** First words of a letter with times, and of an open one. */
  introTimed: textBlock,
  introOpen: textBlock,
  /** Beside what the clinician said: what everybody does who comes for this. */
  beforeTheVisit: textBlock,
  bringWithYou: textBlock,
  cost: textBlock,
  changeOrCancel: textBlock,
  interpreter: textBlock,
  guardian: textBlock,
  closing: textBlock,
});
export type LetterTexts = z.infer<typeof LetterTexts>;
export type LetterTextBlock = keyof LetterTexts;

export const LETTER_TEXT_BLOCKS = Object.keys(LetterTexts.shape) as readonly LetterTextBlock[];

const ownBlock = textBlock.nullable();

/** What a unit or a visit type has of its own; null for what it inherits. */
export const OwnLetterTexts = z.strictObject({
  introTimed: ownBlock,
  introOpen: ownBlock,
  beforeTheVisit: ownBlock,
  bringWithYou: ownBlock,
  cost: ownBlock,
  changeOrCancel: ownBlock,
  interpreter: ownBlock,
  guardian: ownBlock,
  closing: ownBlock,
}) satisfies z.ZodType<Record<LetterTextBlock, string | null>>;
export type OwnLetterTexts = z.infer<typeof OwnLetterTexts>;

/** The text blocks that a unit begins with: short sentences, "du", no abbreviations. */
export const DEFAULT_LETTER_TEXTS: LetterTexts = {
  introTimed: 'Här kommer din tid hos {enhet}.',
  introOpen: 'Det är dags att boka en tid hos {enhet}. Du väljer själv en tid som passar dig.',
  beforeTheVisit: '',
  bringWithYou: 'Ta med legitimation och en lista över de läkemedel som du använder.',
  cost: 'Besöket kan kosta en avgift. Har du frikort betalar du ingenting. Uteblir du utan att ha hört av dig kan du få betala ändå.',
  changeOrCancel:
    'Kan du inte komma? Säg till senast dagen innan, så kan någon annan få tiden. Du kan ringa {telefon}{telefontid}.',
  interpreter: 'En tolk är bokad till besöket. Det kostar dig ingenting.',
  guardian: 'Du får brevet som vårdnadshavare för {patient}. Följ gärna med på besöket.',
  closing: 'Välkommen!\n{enhet}',
};

/** Every block as it reads: one's own, else what is inherited. */
export function withInherited(own: OwnLetterTexts | undefined, inherited: LetterTexts): LetterTexts {
  const entries = LETTER_TEXT_BLOCKS.map((block) => [block, own?.[block] ?? inherited[block]] as const);
  return Object.fromEntries(entries) as LetterTexts;
}

/** What stands in braces and is nothing that a letter knows. */
export function unknownPlaces(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name]) => name!)
    .filter((name) => !LETTER_PLACES.some((place) => place === name));
}

import { z } from 'zod';
import { LIVE_LIMITS } from '../../contracts/live.ts';
import type { Template } from '../../dictation/templates.ts';
import type { LiveWishes } from '../live/live-requests.ts';
import { recall, remember } from './remembered.ts';

/** So many words of the greatest length still fit into one message. */
const MOST_WORDS = 200;
export const LONGEST_WORDS_CHARACTERS = MOST_WORDS * (LIVE_LIMITS.vocabularyTermCharacters + 1);

const { pauseSeconds } = LIVE_LIMITS;
const KEY = 'own-settings';

/** What a user of this browser has made their own, as it stands in the fields: also what is not whole yet. */
const OwnSettings = z.object({
  /** One a line. */
  words: z.string().default(''),
  templates: z.array(z.object({ id: z.string(), name: z.string(), text: z.string() })).default([]),
  pauseSeconds: z.number().min(pauseSeconds.minimum).max(pauseSeconds.maximum).default(pauseSeconds.default),
});
export type OwnSettings = Readonly<z.infer<typeof OwnSettings>>;

export const FIRST_SETTINGS: OwnSettings = OwnSettings.parse({});

/** Those of the last visit; what cannot be read is as if it had never been. */
export function rememberedSettings(): OwnSettings {
  try {
    return OwnSettings.parse(JSON.parse(recall(KEY) ?? '{}'));
  } catch {
    return FIRST_SETTINGS;
  }
}

export function rememberSettings(settings: OwnSettings): void {
  remember(KEY, JSON.stringify(settings));
}

/** The words to expect and to write just so, each once. */
export function wordsOf({ words }: Pick<OwnSettings, 'words'>): string[] {
  const lines = words.split('\n').map((line) => line.trim().slice(0, LIVE_LIMITS.vocabularyTermCharacters));
  return [...new Set(lines)].filter((line) => line !== '').slice(0, MOST_WORDS);
}

/** The templates that have a name and a text. */
export function templatesOf({ templates }: Pick<OwnSettings, 'templates'>): Template[] {
  return templates.filter(({ name, text }) => name.trim() !== '' && text.trim() !== '');
}

export function wishesOf(settings: OwnSettings): LiveWishes {
  return { vocabulary: wordsOf(settings), pauseSeconds: settings.pauseSeconds };
}

import type { LiveStore } from '../../live/live-store.ts';
import type { VocabularyClient } from '../vocabulary-client.ts';
import { type Correction, countIn } from './correction.ts';
import { keptSoundOf } from './utterance-sound.ts';

/** What a term would have changed in the utterance that it was corrected in. */
export type Tried =
  | { readonly kind: 'helps'; readonly text: string }
  /** Only if what was heard is told as how it sounds. */
  | { readonly kind: 'helps-by-sound' }
  | { readonly kind: 'helps-not' }
  | { readonly kind: 'no-sound' };

/** Has the utterance heard again with the corrected word among those to expect. Throws PageError. */
export async function tryCorrection(
  { heard, written, sound }: Correction,
  store: LiveStore,
  client: Pick<VocabularyClient, 'try'>,
): Promise<Tried> {
  const wav = sound && (await keptSoundOf(store, sound));
  if (!wav) return { kind: 'no-sound' };
  const { with: text } = await client.try(wav, { term: written, soundsLike: null });
  if (countIn(text, written) > 0) return { kind: 'helps', text };
  const { with: bySound } = await client.try(wav, { term: written, soundsLike: heard });
  return { kind: countIn(bySound, written) > 0 ? 'helps-by-sound' : 'helps-not' };
}

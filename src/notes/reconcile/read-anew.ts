import type { ReadAs } from '../../contracts/notes.ts';
import type { ReadAnew } from '../../storage/repositories/follow-ups.ts';
import { isDecided, type ReadCard, type StoredCard, sameWords } from './cards.ts';
import { withoutKeys } from './keys.ts';
import type { Pair } from './pairs.ts';
import { REOPENED } from './reopening.ts';
import { sameValue } from './same-value.ts';

/** What becomes of a stored card that is read as this now, in the note's own keys. */
export function readAnew({ stored, read, as }: Pair, chainId: string): ReadAnew {
  const { source, sources, proposals, flags, fields, route } = read;
  const reading: ReadAs = { fields, flags: flags.map(({ flag }) => flag) };
  const places: ReadAnew = { source, sources, proposals, flags, reading };
  if (!isDecided(stored)) return { ...places, fields, route, chainId };
  const reopenedBecause = whyReopened(stored, read, as);
  return reopenedBecause === undefined ? places : { ...places, fields, route, chainId, reopenedBecause };
}

function whyReopened(stored: StoredCard, { source, fields, flags }: ReadCard, as: Pair['as']): string | undefined {
  if (stored.reading === null) return REOPENED.wordsBack(source.text);
  if (!sameWords(stored.source.text, source.text)) return REOPENED.wordsChanged(stored.source.text, source.text);
  if (as === 'changed') return REOPENED.readDifferently(source.text);
  if (as === 'unsure') return REOPENED.fewerThanBefore(source.text);
  if (!sameValue(linksOf(stored.reading.fields), linksOf(fields))) return REOPENED.readDifferently(source.text);
  const known = new Set(stored.reading.flags);
  const news = flags.find(({ flag, route }) => route !== 'auto' && !known.has(flag));
  return news && REOPENED.newQuestion(news.reason);
}

/** What fields say only by the numbers of other requests. */
function linksOf(fields: ReadCard['fields']): unknown {
  if (fields === null) return null;
  const bare = withoutKeys(fields);
  const links = Object.entries(fields).filter(([name]) => name !== 'id' && name !== 'series' && !(name in bare));
  return [Object.fromEntries(links), fields.series?.follows];
}

import type { Category } from '../grammar/values.ts';
import type { ReadToken } from '../lexical.ts';
import { hasKnownParts, isListed, sensesOf } from '../lexicon/dictionary.ts';
import { soundDistance } from './sound.ts';

const NUMBERS = ['en', 'ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio'];
const UNITS = ['dagar', 'veckor', 'månader', 'vecka', 'månad'];
const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const NUMBER_LIMIT = 1;
const UNIT_LIMIT = 0.6;
/** A word that nobody knows may differ more. */
const UNKNOWN_UNIT_LIMIT = 1;
const WEEKDAY_LIMIT = 1;

/** Units that go with "en", and those that go with "ett": with the other article another word was meant. */
const COMMON = /^(dag|vecka|månad|timme|minut)$/;
const NEUTER = /^(år|halvår|kvartal|dygn)$/;

/**
 * A known word that stands where another belongs: "om te månader", "några dager innan", "freda 26 mars". It is taken
 * for what belongs there when it sounds like it; what only cannot stand there is uncertain.
 */
export function inItsPlace(token: ReadToken, previous: ReadToken | undefined, next: ReadToken | undefined): ReadToken {
  const { lower } = token;
  const isListedWord = isListed(lower);
  if (!isListedWord && is(token, 'Action', 'Answer') && !hasKnownParts(lower)) return { ...token, uncertain: true };
  if (hasWrongArticle(lower, next)) return { ...token, uncertain: true };
  if (isListedWord) return token;
  const isAmount = /^(om|inom)$/.test(previous?.lower ?? '') && is(next, 'Unit');
  const isUnit = isAfterAmount(previous);
  const isDay = next?.kind === 'number' || next?.lower === 'den';
  const meant =
    (isAmount ? nearest(lower, NUMBERS, NUMBER_LIMIT) : undefined) ??
    (isUnit ? nearest(lower, UNITS, UNIT_LIMIT) : undefined) ??
    (isDay && lower.length > 3 ? nearest(lower, WEEKDAYS, WEEKDAY_LIMIT) : undefined);
  if (meant !== undefined) return { ...token, lower: meant, uncertain: true };
  return isAmount ? { ...token, uncertain: true } : token;
}

/** What a word that nobody knows is meant for after a number: "sex vackur". */
export function unitAfter(previous: ReadToken | undefined, lower: string): string | undefined {
  return isAfterAmount(previous) ? nearest(lower, UNITS, UNKNOWN_UNIT_LIMIT) : undefined;
}

function isAfterAmount(previous: ReadToken | undefined): boolean {
  return (previous?.kind === 'number' || is(previous, 'Vague', 'Number')) && !/^(en|ett)$/.test(previous?.lower ?? '');
}

function hasWrongArticle(lower: string, next: ReadToken | undefined): boolean {
  return (lower === 'ett' && COMMON.test(next?.lower ?? '')) || (lower === 'en' && NEUTER.test(next?.lower ?? ''));
}

function nearest(heard: string, words: readonly string[], limit: number): string | undefined {
  return words
    .map((word) => ({ word, distance: soundDistance(heard, word, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance)[0]?.word;
}

function is(token: ReadToken | undefined, ...categories: readonly Category[]): boolean {
  return token !== undefined && sensesOf(token.lower).some(({ category }) => categories.includes(category));
}

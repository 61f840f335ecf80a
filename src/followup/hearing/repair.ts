import type { FollowUpMode } from '../../contracts/followup.ts';
import type { ReadToken } from '../lexical.ts';
import { isListed, longFormWords, sensesOf } from '../lexicon/dictionary.ts';
import { ORDINARY_WORDS } from '../lexicon/ordinary-words.ts';
import { takeForOthers } from './heard-for.ts';
import { inItsPlace, unitAfter } from './in-its-place.ts';
import { apart, isPlanWord, SMALL_WORDS } from './run-together.ts';
import { soundDistance } from './sound.ts';
import { withoutStrayCommas } from './stray-commas.ts';
import { isKnownWord, nearestWord } from './vocabulary.ts';

/** How far a word may sound from what it is taken for, for each of its letters. */
const LIMIT_PER_LETTER = 0.17;
const JOINED_LIMIT_PER_LETTER = 0.2;
/** A typist's slip is one letter of a long word. */
const TYPED_LIMIT = 1;
const TYPED_SHORTEST_LETTERS = 7;
const SUSPECT_SHORTEST_LETTERS = 4;
const SUSPECT_LIMIT_PER_LETTER = 0.26;
const LONGEST_LETTERS = 30;

const SMALL_PAIR_LIMIT = 0.5;
const LONGEST_SMALL_LETTERS = 6;

/** Repairs misheard words, one or two at a time; typed text only where a long word is one letter off. */
export function repair(tokens: readonly ReadToken[], mode: FollowUpMode): ReadToken[] {
  if (mode === 'typed') return tokens.flatMap((token, at) => repairTyped(token, tokens[at - 1]));
  const repaired: ReadToken[] = [];
  const said = takeForOthers(tokens);
  let at = 0;
  while (at < said.length) {
    const joined = joinTwo(said[at]!, said[at + 1]);
    const alone = joined ?? repairOne(said[at]!, repaired.at(-1), said[at + 1]);
    repaired.push(...alone);
    at += joined ? 2 : 1;
  }
  return withoutStrayCommas(repaired);
}

function repairTyped(token: ReadToken, previous: ReadToken | undefined): ReadToken | ReadToken[] {
  const { lower, text, kind } = token;
  if (kind !== 'word' || lower.length < SUSPECT_SHORTEST_LETTERS || isKnown(lower)) return token;
  const isFirst = !previous || previous.kind === 'newline' || /^[.:!?]$/.test(previous.lower);
  const isName = text !== lower && !(isFirst && /^\p{Lu}\p{Ll}*$/u.test(text));
  if (isName) return token;
  const word = nearestWord(lower, Math.min(TYPED_LIMIT, SUSPECT_LIMIT_PER_LETTER * lower.length), false);
  if (word === undefined) return apart(token) ?? token;
  // Too short to be sure: left as it is, for a person to look at.
  return lower.length < TYPED_SHORTEST_LETTERS ? { ...token, uncertain: true } : taken(token, word);
}

function isKnown(word: string): boolean {
  return ORDINARY_WORDS.has(word) || isKnownWord(word);
}

function taken(token: ReadToken, word: string): ReadToken {
  return { ...token, lower: word, uncertain: true };
}

/** "Telefon Tid", "Prove tangning", "Mona derhus": two words for one, or cut in the wrong place. */
function joinTwo(first: ReadToken, second: ReadToken | undefined): ReadToken[] | undefined {
  if (!second || first.kind !== 'word' || second.kind !== 'word') return undefined;
  const joined = first.lower + second.lower;
  if (joined.length > LONGEST_LETTERS) return undefined;
  const whole = { ...first, text: `${first.text} ${second.text}`, end: second.end };
  if (isListed(joined) && joined.length > 6 && isThing(joined)) {
    // A role in two words is a way to write it ("diabetes sköterska"); a visit in two is how it was heard.
    const isRole = sensesOf(joined).some(({ category }) => category === 'Role');
    if (isRole && longFormWords.has(first.lower)) return undefined;
    const isWritten = isRole && isKnown(first.lower) && isKnown(second.lower);
    return [{ ...whole, lower: joined, uncertain: whole.uncertain || second.uncertain || !isWritten }];
  }
  const isUnknown = (token: ReadToken) => !isKnown(token.lower) && token.lower.length > 2;
  if (!isUnknown(first) && !isUnknown(second)) return undefined;
  const alone = [first, second]
    .filter(isUnknown)
    .every(({ lower }) => nearestWord(lower, LIMIT_PER_LETTER * lower.length, true) !== undefined);
  if (alone) return undefined;
  const word = joined.length >= 5 ? nearestWord(joined, JOINED_LIMIT_PER_LETTER * joined.length, true) : undefined;
  if (word !== undefined && word.length >= 5) return [taken(whole, word)];
  if (!isUnknown(first) || !isUnknown(second)) return undefined;
  return splitAt(joined, first.start, second);
}

function isThing(word: string): boolean {
  return sensesOf(word).some(({ category }) => category === 'Action' || category === 'Role' || category === 'Modality');
}

function repairOne(token: ReadToken, previous: ReadToken | undefined, next: ReadToken | undefined): ReadToken[] {
  const { lower, kind } = token;
  if (kind !== 'word' || lower.length > LONGEST_LETTERS || isTitle(previous)) return [token];
  if (isKnown(lower)) return [inItsPlace(token, previous, next)];
  if (lower.length < 5 && isTimePlace(previous, next)) {
    const number = nearestWord(lower, 1, false) ?? SMALL_WORDS.find((word) => soundDistance(lower, word, 0.6) <= 0.6);
    if (number !== undefined) return [taken(token, number)];
  }
  const word =
    unitAfter(previous, lower) ??
    (lower.length > 3 ? nearestWord(lower, LIMIT_PER_LETTER * lower.length, true) : undefined);
  if (word !== undefined) return [taken(token, word)];
  const parts = apart(token);
  if (parts) return parts;
  // A word grown onto another stands beside the rest of a time or a plan.
  const isBeside = next !== undefined && next.kind === 'word' && (isPlanWord(next.lower) || !isKnown(next.lower));
  return (isBeside ? splitOne(token) : undefined) ?? [token];
}

function isTitle(token: ReadToken | undefined): boolean {
  return token !== undefined && /^(dr|doktor|doktorn|läkare|syster)$/.test(token.lower);
}

function isTimePlace(previous: ReadToken | undefined, next: ReadToken | undefined): boolean {
  const isUnit =
    next !== undefined &&
    (sensesOf(next.lower).some(({ category }) => category === 'Unit') || /^v.?c?k|^mån|^mon/.test(next.lower));
  return isUnit || /^(inom)$/.test(previous?.lower ?? '');
}

/** "Amtre", "provaren": a small word grown onto another. */
function splitOne(token: ReadToken): ReadToken[] | undefined {
  return token.lower.length >= 4 ? splitAt(token.lower, token.start, token) : undefined;
}

/** Both parts must be words that times and plans are made of, one of them small. */
function splitAt(text: string, start: number, last: ReadToken): ReadToken[] | undefined {
  let best: { words: [string, string]; cost: number; cut: number } | undefined;
  for (let cut = 2; cut <= text.length - 2; cut++) {
    const [before, after] = [text.slice(0, cut), text.slice(cut)];
    const [smallLeft, smallRight] = [nearestSmall(before), nearestSmall(after)];
    if (!smallLeft && !smallRight) continue;
    const left = smallLeft ?? nearestPlanWord(before);
    const right = left && (smallRight ?? nearestPlanWord(after));
    if (!left || !right) continue;
    if (smallLeft && smallRight && left.cost + right.cost > SMALL_PAIR_LIMIT) continue;
    const cost = left.cost + right.cost;
    if (cost <= JOINED_LIMIT_PER_LETTER * text.length && cost < (best?.cost ?? Number.POSITIVE_INFINITY)) {
      best = { words: [left.word, right.word], cost, cut };
    }
  }
  if (!best) return undefined;
  // The place of the cut inside what was written is not known exactly: it never leaves the words.
  const middle = Math.min(start + best.cut, last.end - 1);
  const base = { ...last, kind: 'word' as const, uncertain: true };
  return [
    { ...base, start, end: middle, text: text.slice(0, best.cut), lower: best.words[0] },
    { ...base, start: middle, end: last.end, text: text.slice(best.cut), lower: best.words[1] },
  ];
}

interface Part {
  readonly word: string;
  readonly cost: number;
}

const MAXIMUM_KNOWN = 10_000;
const knownSmall = new Map<string, Part | undefined>();

/** The same ends of words come again and again. */
function nearestSmall(part: string): Part | undefined {
  if (part.length > LONGEST_SMALL_LETTERS) return undefined;
  if (knownSmall.has(part)) return knownSmall.get(part);
  if (knownSmall.size >= MAXIMUM_KNOWN) knownSmall.clear();
  const nearest = findSmall(part);
  knownSmall.set(part, nearest);
  return nearest;
}

function findSmall(part: string): Part | undefined {
  let nearest: Part | undefined;
  for (const word of SMALL_WORDS) {
    const cost = soundDistance(part, word, SMALL_PAIR_LIMIT);
    if (cost < (nearest?.cost ?? Number.POSITIVE_INFINITY)) nearest = { word, cost };
  }
  return nearest;
}

function nearestPlanWord(part: string): Part | undefined {
  if (part.length < 4) return undefined;
  const word = isListed(part) && isPlanWord(part) ? part : nearestWord(part, LIMIT_PER_LETTER * part.length, false);
  return word === undefined ? undefined : { word, cost: soundDistance(part, word, 2) };
}

import type { SourceSpan } from '../contracts/followup.ts';
import type { Finished } from './finish.ts';
import type { FlagSeed, TextRange } from './grammar/values.ts';
import type { Reading } from './read.ts';

/** Requests of one sentence, and those linked to them from others. */
export interface RequestGroup {
  readonly members: readonly Finished[];
  /** Causes for flags that concern all of them. */
  readonly seeds: readonly FlagSeed[];
  readonly source: SourceSpan;
}

const TEXT_WIDE = new Set<FlagSeed['name']>(['protected_identity', 'letter_to_guardian']);

/** Puts together what belongs together; a sentence that only the author can explain is a group without requests. */
export function groupRequests({ bound, finished }: Reading, span: (at: TextRange) => SourceSpan): RequestGroup[] {
  const planned = new Set(finished.map(({ draft }) => draft.sentence));
  const isDecision = (sentence: number) =>
    !planned.has(sentence) && bound.decisions.some((decision) => decision.sentence === sentence);
  const groups: Finished[][] = [];
  for (const member of finished) {
    const kin = groups.filter((group) => group.some((other) => belongTogether(member, other)));
    for (const group of kin.slice(1)) groups.splice(groups.indexOf(group), 1);
    if (kin[0]) kin[0].push(...kin.slice(1).flat(), member);
    else groups.push([member]);
  }
  const made = groups.map((members) => {
    const sentences = new Set(members.map(({ draft }) => draft.sentence));
    const seeds = bound.flags
      .filter(
        ({ seed, sentence }) =>
          sentences.has(sentence) || TEXT_WIDE.has(seed.name) || isNear(seed, sentence, sentences),
      )
      .map(({ seed }) => seed);
    return {
      members: members.toSorted((a, b) => number(a) - number(b)),
      seeds: seeds.filter(({ name }) => name !== 'other_person'),
      source: span(rangeOf(members)),
    };
  });
  const others = bound.flags
    .filter(
      ({ seed, sentence }) =>
        seed.name === 'other_person' || (seed.name === 'uncertain_hearing' && isDecision(sentence)),
    )
    .map(({ seed, at }) => ({ members: [], seeds: [seed], source: span(at) }));
  return [...made, ...others].toSorted((a, b) => a.source.start - b.source.start);
}

/** A correction or an order about a medicine speaks of the plan beside it. */
function isNear({ name }: FlagSeed, sentence: number, sentences: ReadonlySet<number>): boolean {
  const reaches =
    name === 'self_correction' ||
    name === 'voice_command' ||
    name === 'medication_instruction_verbatim' ||
    name === 'safety_info';
  return reaches && (sentences.has(sentence + 1) || sentences.has(sentence - 1));
}

function belongTogether(one: Finished, other: Finished): boolean {
  return one.draft.sentence === other.draft.sentence || linksTo(one, other) || linksTo(other, one);
}

function linksTo({ request }: Finished, other: Finished): boolean {
  const { before, after, same_day, alternative_to, series } = request;
  return [before, after, same_day, alternative_to, series?.follows].includes(other.request.id);
}

function number({ request }: Finished): number {
  return Number(request.id.slice(1));
}

function rangeOf(members: readonly Finished[]): TextRange {
  const ranges = members.flatMap(({ draft }) => [...draft.sources.values()].flat());
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}

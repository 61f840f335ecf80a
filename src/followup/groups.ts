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
/** A correction or an order about a medicine speaks of the plan beside it too. */
const REACHING = new Set<FlagSeed['name']>([
  'self_correction',
  'voice_command',
  'medication_instruction_verbatim',
  'safety_info',
]);

/**
 * Puts together what belongs together. What somebody has to look at though nothing is asked for is a group without
 * requests: another person, a denial that was heard uncertainly, a command that left no plan.
 */
export function groupRequests({ bound, finished }: Reading, span: (at: TextRange) => SourceSpan): RequestGroup[] {
  const causes = causesBySentence(bound.flags);
  const textWide = bound.flags.filter(({ seed }) => TEXT_WIDE.has(seed.name)).map(({ seed }) => seed);
  const made = groupsOf(finished).map((members): RequestGroup => {
    const seeds = [...new Set(members.map(({ draft }) => draft.sentence))].flatMap((sentence) => [
      ...(causes.get(sentence) ?? []),
      ...[sentence - 1, sentence + 1].flatMap((beside) =>
        (causes.get(beside) ?? []).filter(({ name }) => REACHING.has(name)),
      ),
    ]);
    return {
      members,
      seeds: [...seeds.filter(({ name }) => name !== 'other_person'), ...textWide],
      source: span(rangeOf(members)),
    };
  });
  const planned = new Set(finished.map(({ draft }) => draft.sentence));
  const decided = new Set(bound.decisions.map(({ sentence }) => sentence));
  const others = bound.flags
    .filter(
      ({ seed, sentence }) =>
        seed.name === 'other_person' ||
        (seed.name === 'uncertain_hearing' && decided.has(sentence) && !planned.has(sentence)) ||
        (seed.name === 'voice_command' && [-1, 0, 1].every((step) => !planned.has(sentence + step))),
    )
    .map(({ seed, at }): RequestGroup => ({ members: [], seeds: [seed], source: span(at) }));
  const lost = bound.lost.map(
    (at): RequestGroup => ({
      members: [],
      seeds: [{ name: 'unread_text', at }],
      source: span(at),
    }),
  );
  return [...made, ...others, ...lost].toSorted((a, b) => a.source.start - b.source.start);
}

function causesBySentence(flags: Reading['bound']['flags']): ReadonlyMap<number, readonly FlagSeed[]> {
  const causes = new Map<number, FlagSeed[]>();
  for (const { seed, sentence } of flags) {
    const here = causes.get(sentence);
    if (here) here.push(seed);
    else causes.set(sentence, [seed]);
  }
  return causes;
}

/** Requests of one sentence and requests that are linked, in the order of their ids. */
function groupsOf(finished: readonly Finished[]): Finished[][] {
  const first = new Map<Finished, Finished>();
  /** The request that stands for a group. */
  const headOf = (one: Finished): Finished => {
    let head = one;
    for (let next = first.get(head); next; next = first.get(head)) head = next;
    // Shortens the way for the next who asks.
    for (let at = one, next = first.get(at); next && next !== head; at = next, next = first.get(at))
      first.set(at, head);
    return head;
  };
  const join = (one: Finished, other: Finished): void => {
    const [head, joined] = [headOf(one), headOf(other)];
    if (head !== joined) first.set(joined, head);
  };
  const bySentence = new Map<number, Finished>();
  const byId = new Map(finished.map((one) => [one.request.id, one]));
  for (const one of finished) {
    const { request, draft } = one;
    join(bySentence.get(draft.sentence) ?? one, one);
    bySentence.set(draft.sentence, one);
    const { before, after, same_day, alternative_to, series } = request;
    for (const id of [before, after, same_day, alternative_to, series?.follows]) {
      const other = id === undefined ? undefined : byId.get(id);
      if (other) join(other, one);
    }
  }
  const groups = new Map<Finished, Finished[]>();
  for (const one of finished) {
    const head = headOf(one);
    const group = groups.get(head);
    if (group) group.push(one);
    else groups.set(head, [one]);
  }
  return [...groups.values()];
}

function rangeOf(members: readonly Finished[]): TextRange {
  let [start, end] = [Number.POSITIVE_INFINITY, 0];
  for (const { draft } of members) {
    for (const range of [...draft.sources.values()].flat()) {
      start = Math.min(start, range.start);
      end = Math.max(end, range.end);
    }
  }
  return { start, end };
}

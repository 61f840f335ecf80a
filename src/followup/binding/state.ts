import type { FollowUpMode, RequestType } from '../../contracts/followup.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { isA, type Node } from '../grammar/node.ts';
import type { ActionMeaning, Category, FlagSeed, TextRange } from '../grammar/values.ts';
import type { SectionKind } from '../sections.ts';
import type { Draft, DraftLink } from './draft.ts';
import type { Standing } from './standing.ts';

/** What stands between the last thing read and the next: it tells whether more is said of the same or of another. */
export type Joint = 'start' | 'break' | 'and' | 'then' | 'or' | 'none';

/** What the sentences of a text came to, before links are resolved. */
export interface Bound {
  readonly drafts: Draft[];
  readonly decisions: Denial[];
  readonly setAside: { readonly flag: FlagSeed; readonly at: TextRange }[];
  /** What must be known before an examination, word for word. */
  readonly safety: Verbatim[];
  /** Days of operations and the like, by event. */
  readonly eventDays: Map<string, LocalDate>;
  /** What to do with a medicine before a visit, word for word. */
  readonly instructions: Verbatim[];
  /** Causes for flags that belong to a sentence rather than to one request. */
  readonly flags: { readonly seed: FlagSeed; readonly at: TextRange; readonly sentence: number }[];
  /** What reads like a plan in a sentence that came to none. */
  readonly lost: TextRange[];
}

/** What the text says is not needed. */
interface Denial {
  readonly type: RequestType;
  readonly at: TextRange;
  readonly sentence: number;
}

/** Words to be kept as they are, and the sentence they stand in. */
export interface Verbatim {
  /** Only how well the kidneys work, or only a pregnancy: it does not matter to every examination. */
  readonly concerns?: 'kidneys' | 'pregnancy' | undefined;
  readonly at: TextRange;
  readonly sentence: number;
}

/** Where the reading of a text stands. */
export interface BindState {
  readonly bound: Bound;
  readonly mode: FollowUpMode;
  /** The day that times are counted from. */
  readonly ref: LocalDate;
  sentence: number;
  section: SectionKind;
  /** The draft that is spoken of in this sentence. */
  current: Draft | undefined;
  /** Read before the action that it belongs to. */
  pending: Node[];
  pendingLinks: DraftLink[];
  /** Said of the patient in a sentence that planned nothing. */
  carried: Node[];
  joint: Joint;
  /** Where "därefter" stands that nothing has followed yet. */
  thenAt: TextRange | undefined;
  /** "nej förlåt": what comes replaces what was said. */
  correctedAt: TextRange | undefined;
  /** "men jag tycker": what comes is the author's own word. */
  contrastAt: TextRange | undefined;
  missedAt: TextRange | undefined;
  /** What was denied last in this sentence. */
  denied: { readonly action: ActionMeaning; readonly decision: Denial } | undefined;
  /** Of the plan in this sentence, or else in the one before. */
  remarks: FlagSeed[];
  /** What "stryk det" took back last: a new time alone may follow. */
  struck: Draft | undefined;
  /** Phrases that were understood as part of something. */
  readonly used: Set<Node>;
}

/** A phrase in its sentence. */
export interface Place {
  readonly node: Node;
  readonly nodes: readonly Node[];
  readonly at: number;
  readonly standing: Standing;
}

/** @returns how many nodes were used; 0 hands the node on */
export type Handler = (state: BindState, place: Place) => number;

export function rangeOf({ start, end }: TextRange): TextRange {
  return { start, end };
}

export function flagSentence(state: BindState, seed: FlagSeed, at: TextRange): void {
  state.bound.flags.push({ seed: { ...seed, at: rangeOf(at) }, at: rangeOf(at), sentence: state.sentence });
}

/** Keeps in mind what speaks of the plan here or, where none is, of the one before. */
export function remark(state: BindState, name: FlagSeed['name'], at: TextRange): void {
  state.remarks.push({ name, at: rangeOf(at) });
}

/** The nodes up to the next joint, from the one after `at`. */
export function groupAfter({ nodes, at }: Place): readonly Node[] {
  const rest = nodes.slice(at + 1);
  const end = rest.findIndex((node) => isA(node, 'Break', 'And', 'Then', 'Or'));
  return end === -1 ? rest : rest.slice(0, end);
}

export function groupHas(place: Place, ...categories: readonly Category[]): boolean {
  return groupAfter(place).some((node) => isA(node, ...categories));
}

/** The drafts of the sentence that is being read: they are among the newest. */
export function draftsHere({ bound: { drafts }, sentence }: BindState): Draft[] {
  const newest = drafts.slice(drafts.findLastIndex((draft) => draft.sentence < sentence - 1) + 1);
  return newest.filter((draft) => draft.sentence === sentence);
}

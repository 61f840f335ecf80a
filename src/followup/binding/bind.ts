import type { FollowUpMode } from '../../contracts/followup.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { Category } from '../grammar/values.ts';
import type { SectionKind } from '../sections.ts';
import { readAction, readMissed, readNegatedAction } from './actions.ts';
import { readCorrectedCount } from './corrections.ts';
import { readInstead } from './denials.ts';
import {
  contrast,
  readAttachable,
  readDose,
  readEvent,
  readNotNeeded,
  readQuestion,
  readReason,
  strike,
} from './details.ts';
import { endSentence } from './end-sentence.ts';
import { readLink } from './links.ts';
import { keepSafety, readOther } from './other-standings.ts';
import { readPerson } from './persons.ts';
import { type Standing, segmentsOf } from './standing.ts';
import { type BindState, type Bound, flagSentence, type Handler, type Place, rangeOf, remark } from './state.ts';
import { readSeries, readTime } from './times.ts';
import { isSuspect } from './unread.ts';

/** A sentence's phrases, and what it stands under. */
export interface SentencePhrases {
  readonly nodes: readonly Node[];
  readonly section: SectionKind;
  /** A part of a sentence that was too long to be read at once. */
  readonly isPiece: boolean;
}

/** Binds the phrases of a text into drafts, sentence by sentence. */
export function bind(sentences: readonly SentencePhrases[], mode: FollowUpMode, ref: LocalDate): Bound {
  const state: BindState = {
    bound: {
      drafts: [],
      decisions: [],
      setAside: [],
      flags: [],
      safety: [],
      instructions: [],
      eventDays: new Map(),
      lost: [],
    },
    mode,
    ref,
    sentence: -1,
    section: 'open',
    current: undefined,
    pending: [],
    pendingLinks: [],
    carried: [],
    joint: 'start',
    thenAt: undefined,
    correctedAt: undefined,
    contrastAt: undefined,
    missedAt: undefined,
    denied: undefined,
    remarks: [],
    struck: undefined,
    used: new Set(),
  };
  for (const sentence of sentences) readSentence(state, sentence);
  return state.bound;
}

const keepGoing =
  (set: (state: BindState, place: Place) => void): Handler =>
  (state, place) => {
    set(state, place);
    return 1;
  };

/** What to do with a phrase, by the first category here that it is. */
const HANDLERS: readonly (readonly [Category, Handler])[] = [
  ['But', readInstead],
  ['Strike', keepGoing(strike)],
  [
    'Correction',
    keepGoing((state, { node }) => {
      if (state.current || state.bound.drafts.length > 0) state.correctedAt = rangeOf(node);
      if (!state.current) state.current = state.bound.drafts.findLast((draft) => draft.sentence === state.sentence - 1);
    }),
  ],
  ['Contrast', keepGoing(contrast)],
  ['Question', keepGoing(readQuestion)],
  [
    'Earlier',
    keepGoing((state, { node }) => state.current?.flags.push({ name: 'competing_times', at: rangeOf(node) })),
  ],
  ['Missed', readMissed],
  ['NegatedAction', readNegatedAction],
  ['Action', readAction],
  ['Time', readTime],
  ['Series', readSeries],
  ['Link', readLink],
  ['Person', readPerson],
  ['Reason', readReason],
  ['Trigger', readAttachable],
  ['Condition', readAttachable],
  ['Worsening', readAttachable],
  ['Need', readAttachable],
  ['Guardian', readAttachable],
  ['Prep', readAttachable],
  ['Pref', readAttachable],
  ['Minutes', readAttachable],
  ['Priority', readAttachable],
  ['Participants', readAttachable],
  ['Responsible', readAttachable],
  ['Agreed', readAttachable],
  ['Delivery', readAttachable],
  ['PatientId', readAttachable],
  ['Analyses', readAttachable],
  ['Dose', readDose],
  ['Declines', keepGoing((state, { node }) => remark(state, 'patient_declines', node))],
  ['Unsure', keepGoing((state, { node }) => remark(state, meaningOf(node, 'Unsure')!, node))],
  ['Safety', keepGoing((state, { node }) => keepSafety(state, [node]))],
  ['NotNeeded', readNotNeeded],
  ['EventVerb', (state, { nodes, at }) => readEvent(state, nodes, at)],
  ['Asks', keepGoing((state, { node }) => flagSentence(state, { name: 'unread_text' }, node))],
  ['Child', keepGoing((state, { node }) => flagSentence(state, { name: 'letter_to_guardian' }, node))],
  ['Protected', keepGoing((state, { node }) => flagSentence(state, { name: 'protected_identity' }, node))],
  ['Decision', keepGoing((state, { node }) => flagSentence(state, { name: 'needs_clinical_decision' }, node))],
  [
    'Then',
    keepGoing((state, { node }) => {
      state.thenAt = rangeOf(node);
      state.joint = 'then';
    }),
  ],
  [
    'And',
    keepGoing((state) => {
      state.joint = 'and';
    }),
  ],
  [
    'Or',
    keepGoing((state) => {
      state.joint = 'or';
    }),
  ],
  [
    'Break',
    keepGoing((state) => {
      state.joint = 'break';
    }),
  ],
  ['Number', readCorrectedCount],
];

/** Phrases between which a joint goes on to hold. */
const TRANSPARENT: readonly Category[] = [
  'Then',
  'And',
  'Or',
  'Break',
  'Filler',
  'Modal',
  'PlanVerb',
  'Unknown',
  'Contrast',
  'Correction',
];

function readSentence(state: BindState, { nodes, section, isPiece }: SentencePhrases): void {
  state.sentence++;
  state.section = section;
  Object.assign(state, {
    current: undefined,
    pending: [],
    pendingLinks: [],
    joint: 'start',
    thenAt: undefined,
    correctedAt: state.correctedAt,
    contrastAt: undefined,
    missedAt: undefined,
    denied: undefined,
    remarks: [],
  });
  let at = 0;
  for (const { nodes: inside, standing } of segmentsOf(nodes)) {
    const end = nodes.indexOf(inside[0]!) + inside.length;
    at = Math.max(at, nodes.indexOf(inside[0]!));
    if (!isPlan(standing)) {
      const from = at;
      at = readOther(state, inside, standing, nodes, at, end);
      const mayMislead = standing !== 'safety' && (standing !== 'medication' || isOfDrug(inside));
      for (const node of nodes.slice(from, at)) if (!mayMislead || !isSuspect(node, state.mode)) state.used.add(node);
    }
    while (at < end) at += readNode(state, { node: nodes[at]!, nodes, at, standing });
  }
  endSentence(state, nodes, section);
  if (isPiece) flagSentence(state, { name: 'unread_text' }, nodes.at(-1)!);
}

/** When a medicine is to be stopped: more than its dose. */
function isOfDrug(nodes: readonly Node[]): boolean {
  return nodes.some((node) => isA(node, 'DrugVerb'));
}

function isPlan(standing: Standing): boolean {
  return standing === 'plan' || standing === 'missed' || standing === 'result';
}

const RANKED = new Map(HANDLERS.map(([category, handler], rank) => [category, { handler, rank }]));

function handlersOf({ senses }: Node): readonly Handler[] {
  const found = senses.map(({ category }) => RANKED.get(category)).filter((one) => one !== undefined);
  return found.sort((one, other) => one.rank - other.rank).map(({ handler }) => handler);
}

function readNode(state: BindState, place: Place): number {
  for (const handler of handlersOf(place.node)) {
    const used = handler(state, place);
    if (used === 0) continue;
    for (const node of place.nodes.slice(place.at, place.at + used)) state.used.add(node);
    if (isA(place.node, 'Action') || !isA(place.node, ...TRANSPARENT)) state.joint = 'none';
    return used;
  }
  return 1;
}

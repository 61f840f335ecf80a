import { flagName } from '../../contracts/followup-flags.ts';
import { differingFields, fieldsOf } from './fields.ts';
import type { Judgement, TextJudgement } from './judge.ts';

/** How well labels and findings agree on one kind of thing. */
export interface Agreement {
  /** Of what was found, the share that is right; null when nothing was found. */
  readonly precision: number | null;
  /** Of what is labelled, the share that was found right; null when nothing is labelled. */
  readonly recall: number | null;
  readonly labelled: number;
  readonly found: number;
  readonly right: number;
}

/** A text with its label's kind: a phrase is a row of its own, a note holds as many as it has follow-ups. */
export interface JudgedText {
  readonly isNote: boolean;
  readonly judgement: TextJudgement;
}

export interface FollowUpFigures {
  /** Labelled phrases. */
  readonly rows: number;
  readonly notes: number;
  /** Labelled requests, of phrases and notes together. */
  readonly requests: number;
  /** Of phrases and of the labelled follow-ups of notes, the share with the label's route; null of none. */
  readonly routeAccuracy: number | null;
  /** The same, but a stricter route counts as right, as it does for speech that was misheard. */
  readonly routeSafety: number | null;
  /** Requests found, of those labelled; null of none. */
  readonly foundRate: number | null;
  /** Requests not found. */
  readonly missed: number;
  /** Ready to book where the label is not, or where there is no label. */
  readonly wrongAuto: number;
  /** Ready to book, as labelled, but with a request missed or invented or a field that differs. */
  readonly autoWithErrors: number;
  /** Requests found that are in no label, and questions about what is none. */
  readonly falseFollowUps: number;
  readonly falseFollowUpsInNotes: number;
  readonly decisions: Agreement;
  readonly flags: Agreement;
  readonly fields: Readonly<Record<string, Agreement>>;
  readonly flagNames: Readonly<Record<string, Agreement>>;
}

/** All figures over some texts. */
export function figuresOf(texts: readonly JudgedText[]): FollowUpFigures {
  const all = texts.flatMap(({ judgement }) => judgement.followUps);
  const labelled = all.filter(({ isLabelled }) => isLabelled);
  const notes = texts.filter(({ isNote }) => isNote);
  const missed = sum(all, ({ missed }) => missed.length);
  const requests = missed + sum(all, ({ pairs }) => pairs.length);
  const share = (verdicts: readonly Judgement['routeVerdict'][]) =>
    ratio(labelled.filter(({ routeVerdict }) => verdicts.includes(routeVerdict)).length, labelled.length);
  return {
    rows: texts.length - notes.length,
    notes: notes.length,
    requests,
    routeAccuracy: share(['right']),
    routeSafety: share(['right', 'stricter']),
    foundRate: ratio(requests - missed, requests),
    missed,
    wrongAuto: all.filter(({ routeVerdict }) => routeVerdict === 'wrong_auto').length,
    autoWithErrors: all.filter(isAutoWithErrors).length,
    falseFollowUps: sum(all, falseFollowUps),
    falseFollowUpsInNotes: sum(
      notes.flatMap(({ judgement }) => judgement.followUps),
      falseFollowUps,
    ),
    decisions: decisionAgreement(texts),
    ...flagAgreements(all),
    fields: fieldAgreements(all),
  };
}

function isAutoWithErrors({ foundRoute, routeVerdict, missed, invented, pairs }: Judgement): boolean {
  if (foundRoute !== 'auto' || routeVerdict !== 'right') return false;
  return (
    missed.length > 0 ||
    invented.length > 0 ||
    pairs.some(({ labelled, found }) => differingFields(labelled, found).length > 0)
  );
}

function falseFollowUps({ invented, isLabelled, pairs }: Judgement): number {
  return invented.length > 0 || isLabelled || pairs.length > 0 ? invented.length : 1;
}

function fieldAgreements(all: readonly Judgement[]): Readonly<Record<string, Agreement>> {
  const tally = new Tally();
  for (const { pairs, missed, invented } of all) {
    for (const { labelled, found } of pairs) tally.add(fieldsOf(labelled), fieldsOf(found));
    for (const request of missed) tally.add(fieldsOf(request), new Map());
    for (const request of invented) tally.add(new Map(), fieldsOf(request));
  }
  return tally.agreements();
}

function flagAgreements(all: readonly Judgement[]): Pick<FollowUpFigures, 'flags' | 'flagNames'> {
  const total = new Tally();
  const byName = new Tally();
  for (const { labelledFlags, foundFlags } of all) {
    for (const flag of new Set([...labelledFlags, ...foundFlags])) {
      const counts = { labelled: labelledFlags.includes(flag), found: foundFlags.includes(flag) };
      total.count('flags', counts);
      byName.count(flagName(flag) ?? flag, counts);
    }
  }
  return { flags: total.agreement('flags'), flagNames: byName.agreements() };
}

function decisionAgreement(texts: readonly JudgedText[]): Agreement {
  const tally = new Tally();
  for (const { judgement } of texts) {
    const { right, missed, invented } = judgement.decisions;
    for (const _ of right) tally.count('decisions', { labelled: true, found: true });
    for (const _ of missed) tally.count('decisions', { labelled: true, found: false });
    for (const _ of invented) tally.count('decisions', { labelled: false, found: true });
  }
  return tally.agreement('decisions');
}

interface Counts {
  labelled: number;
  found: number;
  right: number;
}

/** Counts by name what is labelled, what was found, and what is both. */
class Tally {
  readonly #counts = new Map<string, Counts>();

  /** A value that is found where another is labelled counts as labelled and found, not as right. */
  add(labelled: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): void {
    for (const name of new Set([...labelled.keys(), ...found.keys()])) {
      const isRight = labelled.get(name) === found.get(name);
      this.count(name, { labelled: labelled.has(name), found: found.has(name) }, isRight);
    }
  }

  count(name: string, { labelled, found }: Record<'labelled' | 'found', boolean>, isRight = labelled && found): void {
    const counts = this.#counts.get(name) ?? { labelled: 0, found: 0, right: 0 };
    counts.labelled += Number(labelled);
    counts.found += Number(found);
    counts.right += Number(isRight);
    this.#counts.set(name, counts);
  }

  agreement(name: string): Agreement {
    const { labelled, found, right } = this.#counts.get(name) ?? { labelled: 0, found: 0, right: 0 };
    return { precision: ratio(right, found), recall: ratio(right, labelled), labelled, found, right };
  }

  /** By name, what is labelled most often first. */
  agreements(): Readonly<Record<string, Agreement>> {
    const names = [...this.#counts].sort(([a, one], [b, other]) => other.labelled - one.labelled || (a < b ? -1 : 1));
    return Object.fromEntries(names.map(([name]) => [name, this.agreement(name)]));
  }
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

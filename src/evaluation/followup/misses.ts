import { differingFields, fieldsOf } from './fields.ts';
import type { Judgement, TextJudgement } from './judge.ts';
import type { StatedRequest } from './statement.ts';

/** What is not as its label says. */
export interface Miss {
  /** The words it is about. */
  readonly text: string;
  readonly route?: { readonly labelled: string; readonly found: string; readonly isWrongAuto: boolean };
  readonly missed?: readonly StatedRequest[];
  readonly falseFollowUps?: readonly StatedRequest[];
  readonly fields?: readonly FieldMiss[];
  readonly flags?: { readonly missed: readonly string[]; readonly extra: readonly string[] };
  readonly decisions?: { readonly missed: readonly string[]; readonly extra: readonly string[] };
}

export interface FieldMiss {
  /** The label's id of the request. */
  readonly request: string;
  /** The whole field, or one part of it where only parts differ: `time.target`. */
  readonly field: string;
  /** As JSON; absent where there should be none, or none was found. */
  readonly labelled?: string;
  readonly found?: string;
}

/**
 * Everything that differs, follow-up by follow-up; what was said not to be needed comes last, with the whole text.
 *
 * @param text the text that was read, in which the places of label and findings lie
 */
export function missesOf(text: string, { followUps, decisions }: TextJudgement): readonly Miss[] {
  const ofFollowUps = followUps.flatMap((judgement) => missOf(text, judgement) ?? []);
  const { missed, invented: extra } = decisions;
  return [...ofFollowUps, ...(missed.length + extra.length > 0 ? [{ text, decisions: { missed, extra } }] : [])];
}

function missOf(text: string, judgement: Judgement): Miss | undefined {
  const { place, isLabelled, routeVerdict, labelledRoute, foundRoute, pairs, missed, invented } = judgement;
  const fields = pairs.flatMap(({ labelled, found }) => fieldMisses(labelled, found));
  const flags = {
    missed: judgement.labelledFlags.filter((flag) => !judgement.foundFlags.includes(flag)),
    extra: judgement.foundFlags.filter((flag) => !judgement.labelledFlags.includes(flag)),
  };
  const isWrongAuto = routeVerdict === 'wrong_auto';
  const miss = {
    ...(routeVerdict !== 'right' && { route: { labelled: labelledRoute, found: foundRoute, isWrongAuto } }),
    ...(missed.length > 0 && { missed }),
    ...(invented.length > 0 && { falseFollowUps: invented }),
    ...(fields.length > 0 && { fields }),
    ...(isLabelled && flags.missed.length + flags.extra.length > 0 && { flags }),
  };
  return Object.keys(miss).length > 0 ? { text: text.slice(place.start, place.end), ...miss } : undefined;
}

function fieldMisses(labelled: StatedRequest, found: StatedRequest): readonly FieldMiss[] {
  const [expected, got] = [fieldsOf(labelled), fieldsOf(found)];
  const differing = differingFields(labelled, found);
  const told = differing
    .filter((name) => !name.includes('.'))
    .flatMap((name) => {
      const parts = differing.filter((part) => part.startsWith(`${name}.`));
      return expected.has(name) && got.has(name) && parts.length > 0 ? parts : [name];
    });
  return told.map((field) => ({
    request: labelled.id,
    field,
    ...(expected.has(field) && { labelled: expected.get(field)! }),
    ...(got.has(field) && { found: got.get(field)! }),
  }));
}

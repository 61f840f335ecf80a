import type { FollowUpReading, ReadRequest, SourceSpan } from '../../contracts/followup.ts';
import type { Route } from '../../contracts/followup-flags.ts';

/** A request as somebody states it. Labels of others may hold types and fields that are not known here. */
export interface StatedRequest {
  /** R1, R2 ... */
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** UTF-16 positions, the end exclusive. */
export type Place = Pick<SourceSpan, 'start' | 'end'>;

export interface PlacedRequest {
  readonly request: StatedRequest;
  readonly place: Place;
}

export interface StatedFollowUp {
  readonly requests: readonly PlacedRequest[];
  readonly flags: readonly string[];
  readonly route: Route;
  readonly place: Place;
}

export interface StatedDecision {
  readonly type: string;
  readonly place: Place;
}

/** All that a label, or a reading, says about the follow-ups of one text. */
export interface Statement {
  readonly followUps: readonly StatedFollowUp[];
  readonly decisions: readonly StatedDecision[];
}

/** What a labelled phrase and a labelled follow-up of a note have in common. */
export interface Label {
  readonly requests: readonly StatedRequest[];
  readonly flags: readonly string[];
  readonly route: Route;
}

/** The label of a phrase: one follow-up that is the whole text. */
export function phraseStatement(label: Label & { readonly negated: readonly string[] }, text: string): Statement {
  const place = { start: 0, end: text.length };
  return { followUps: [placed(label, place)], decisions: label.negated.map((type) => ({ type, place })) };
}

/**
 * The labels of a note, each where its quote stands.
 *
 * @param placeOf where the words of a quote are
 */
export function noteStatement(
  note: {
    readonly followups: readonly (Label & { readonly quote: string })[];
    readonly negated: readonly { readonly type: string; readonly quote: string }[];
  },
  placeOf: (quote: string) => Place,
): Statement {
  return {
    followUps: note.followups.map((label) => placed(label, placeOf(label.quote))),
    decisions: note.negated.map(({ type, quote }) => ({ type, place: placeOf(quote) })),
  };
}

function placed({ requests, flags, route }: Label, place: Place): StatedFollowUp {
  return { requests: requests.map((request) => ({ request, place })), flags, route, place };
}

/** A reading of a note: its follow-ups where their words stand. */
export function readingStatement({ followUps, decisions }: FollowUpReading): Statement {
  return {
    followUps: followUps.map(({ requests, flags, route, source }) => ({
      requests: requests.map((read) => ({ request: read.request, place: placeOfRequest(read, source) })),
      flags: flags.map(({ flag }) => flag),
      route,
      place: source,
    })),
    decisions: decisions.map(({ type, source }) => ({ type, place: source })),
  };
}

/** A reading of a phrase: its follow-ups taken as one, with the flags and the route of the whole text. */
export function wholeReadingStatement(reading: FollowUpReading, text: string): Statement {
  const { followUps, decisions } = readingStatement(reading);
  const { flags, route } = reading;
  const requests = followUps.flatMap((followUp) => followUp.requests);
  return { followUps: [{ requests, flags, route, place: { start: 0, end: text.length } }], decisions };
}

/** From the first to the last word that any field of the request came from. */
function placeOfRequest({ sources }: ReadRequest, followUp: Place): Place {
  const spans = Object.values(sources).flat();
  if (spans.length === 0) return followUp;
  return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) };
}

export function overlap(one: Place, other: Place): boolean {
  return one.start < other.end && other.start < one.end;
}

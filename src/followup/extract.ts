import type {
  FollowUp,
  FollowUpOptions,
  FollowUpReading,
  RaisedFlag,
  ReadRequest,
  RequestField,
  SourceSpan,
} from '../contracts/followup.ts';
import { FLAGS, flagText, strictestRoute } from '../contracts/followup-flags.ts';
import { type LocalDate, parseLocalDate } from './calendar/local-date.ts';
import type { Finished } from './finish.ts';
import type { FlagSeed, TextRange } from './grammar/values.ts';
import { groupRequests } from './groups.ts';
import { proposalsFor } from './proposals.ts';
import { type Reading, read } from './read.ts';
import { reasonFor } from './reasons.ts';

/**
 * Finds what a note says is to be done: requests with the words that each of their fields came from, flags with
 * reasons, the route that follows from them, and what was said not to be needed. The same text gives the same result.
 *
 * @param text the whole note or a part of it
 * @throws AppError REQUEST_INVALID for a reference date that is none
 */
export function extractFollowUps(text: string, options: FollowUpOptions): FollowUpReading {
  return toReading(text, read(text, options), options);
}

export function toReading(text: string, reading: Reading, { unit, refDate }: FollowUpOptions): FollowUpReading {
  const span = ({ start, end }: TextRange): SourceSpan => ({ start, end, text: text.slice(start, end) });
  // What was read has shown that it is one.
  const ref = parseLocalDate(refDate)!;
  const raise = (seed: FlagSeed): RaisedFlag => raisedFlag(seed, span, ref);
  const followUps = groupRequests(reading, span).map(({ members, seeds, source }): FollowUp => {
    const flags = distinct([...members.flatMap(({ flags: own }) => own), ...seeds].map(raise));
    const route = strictestRoute([
      ...(members.length > 0 ? ['auto' as const] : []),
      ...flags.map(({ route: least }) => least),
    ]);
    return { requests: members.map((member) => readRequest(member, span, unit)), flags, route, source };
  });
  const setAside = reading.bound.setAside.map(({ flag, at }) => ({ flag: raise(flag), source: span(at) }));
  const isEmpty = followUps.every(({ requests }) => requests.length === 0);
  const flags = new Set(followUps.flatMap((followUp) => followUp.flags.map(({ flag }) => flag)));
  if (isEmpty && reading.bound.decisions.length === 0) for (const { flag } of setAside) flags.add(flag.flag);
  return {
    followUps,
    decisions: reading.bound.decisions.map(({ type, at }) => ({ type, source: span(at) })),
    setAside,
    flags: [...flags],
    route: strictestRoute(followUps.map(({ route }) => route)),
  };
}

function readRequest(
  { draft, request }: Finished,
  span: (at: TextRange) => SourceSpan,
  unit: FollowUpOptions['unit'],
): ReadRequest {
  const sources: Partial<Record<RequestField, SourceSpan[]>> = {};
  for (const [field, ranges] of draft.sources) {
    if (field in request) sources[field] = ranges.map(span);
  }
  return { request, sources, proposals: proposalsFor(request, unit) };
}

function raisedFlag({ name, carried, at }: FlagSeed, span: (at: TextRange) => SourceSpan, ref: LocalDate): RaisedFlag {
  const source = at && span(at);
  return {
    flag: flagText(name, carried),
    name,
    route: FLAGS[name].route,
    reason: reasonFor(name, { carried, words: source?.text, ref }),
    ...(source && { source }),
  };
}

function distinct(flags: readonly RaisedFlag[]): RaisedFlag[] {
  return [...new Map(flags.toReversed().map((flag) => [flag.flag, flag])).values()].toReversed();
}

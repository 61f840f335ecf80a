import { fieldsOf } from './fields.ts';
import { overlap, type PlacedRequest } from './statement.ts';

export interface RequestPair {
  readonly labelled: PlacedRequest;
  readonly found: PlacedRequest;
}

/** What tells that two requests are one, though their types differ. */
const KINSHIP_FIELDS = ['time', 'service', 'to', 'analyses', 'trigger'];
/** More than all fields together: a request of the right type goes before one of another. */
const SAME_TYPE_POINTS = 1000;

interface Candidate {
  readonly pair: RequestPair;
  readonly points: number;
  /** How far apart in the order of their texts. */
  readonly distance: number;
}

/**
 * Which found request is which labelled one. Two can be one when their words overlap in the text and they have their
 * type in common, or what is done or when; among those the most alike go together, each with one other at most.
 */
export function pairRequests(
  labelled: readonly PlacedRequest[],
  found: readonly PlacedRequest[],
): readonly RequestPair[] {
  const candidates = labelled
    .flatMap((label, i) => found.flatMap((other, j) => candidate(label, other, Math.abs(i - j)) ?? []))
    .sort((a, b) => b.points - a.points || a.distance - b.distance);
  const taken = new Set<PlacedRequest>();
  const pairs: RequestPair[] = [];
  for (const { pair } of candidates) {
    if (taken.has(pair.labelled) || taken.has(pair.found)) continue;
    taken.add(pair.labelled).add(pair.found);
    pairs.push(pair);
  }
  return pairs;
}

function candidate(labelled: PlacedRequest, found: PlacedRequest, distance: number): Candidate | undefined {
  if (!overlap(labelled.place, found.place)) return undefined;
  const [expected, got] = [fieldsOf(labelled.request), fieldsOf(found.request)];
  const isEqual = (name: string) => expected.has(name) && expected.get(name) === got.get(name);
  if (!isEqual('type') && !KINSHIP_FIELDS.some(isEqual)) return undefined;
  const points = [...expected.keys()].filter(isEqual).length + (isEqual('type') ? SAME_TYPE_POINTS : 0);
  return { pair: { labelled, found }, points, distance };
}

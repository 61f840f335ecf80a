import { ROUTES, type Route, strictestRoute } from '../../contracts/followup-flags.ts';
import { renameIds, renameInText } from './fields.ts';
import { pairRequests, type RequestPair } from './pair-requests.ts';
import { overlap, type Place, type StatedFollowUp, type StatedRequest, type Statement } from './statement.ts';

/** How the found route stands to the labelled one, in words of what would happen. */
export type RouteVerdict =
  | 'right'
  /** A person is asked for more than the label asks for: work, but no harm. */
  | 'stricter'
  /** A person is asked for less, but asked. */
  | 'looser'
  /** Offered as ready to book against the label: the dangerous one. */
  | 'wrong_auto';

/** One labelled follow-up beside what was found of it; or, without a label, something found that nobody labelled. */
export interface Judgement {
  readonly place: Place;
  readonly isLabelled: boolean;
  readonly labelledRoute: Route;
  /** The strictest of those found; `none` when nothing was. */
  readonly foundRoute: Route;
  readonly routeVerdict: RouteVerdict;
  /** Ids of what was found are those of its labels. */
  readonly pairs: readonly { readonly labelled: StatedRequest; readonly found: StatedRequest }[];
  readonly missed: readonly StatedRequest[];
  readonly invented: readonly StatedRequest[];
  readonly labelledFlags: readonly string[];
  readonly foundFlags: readonly string[];
}

export interface TextJudgement {
  readonly followUps: readonly Judgement[];
  /** Types of what was said not to be needed. */
  readonly decisions: {
    readonly right: readonly string[];
    readonly missed: readonly string[];
    readonly invented: readonly string[];
  };
}

/** Compares what was found in a text with its label. */
export function judge(labelled: Statement, found: Statement): TextJudgement {
  const pairs = pairRequests(
    labelled.followUps.flatMap(({ requests }) => requests),
    found.followUps.flatMap(({ requests }) => requests),
  );
  const names = namesOfFound(pairs, found);
  const unclaimed = new Set(found.followUps);
  const ofLabels = labelled.followUps.map((followUp) => {
    const answers = answersTo(followUp, found.followUps, pairs);
    const claimed = answers.filter((answer) => unclaimed.delete(answer));
    return compare(followUp, answers, claimed, pairs, names);
  });
  const ofNobody = [...unclaimed].map((followUp) => compare(undefined, [followUp], [followUp], pairs, names));
  return { followUps: [...ofLabels, ...ofNobody], decisions: judgeDecisions(labelled, found) };
}

/** The found follow-ups that hold requests of the labelled one; or else those of its words that hold nobody's. */
function answersTo(
  { requests, place }: StatedFollowUp,
  found: readonly StatedFollowUp[],
  pairs: readonly RequestPair[],
): readonly StatedFollowUp[] {
  const holding = found.filter((followUp) =>
    pairs.some((pair) => requests.includes(pair.labelled) && followUp.requests.includes(pair.found)),
  );
  if (holding.length > 0) return holding;
  return found.filter(
    (followUp) => overlap(place, followUp.place) && !pairs.some((pair) => followUp.requests.includes(pair.found)),
  );
}

/** @param claimed the answers whose inventions count here: each is counted once */
function compare(
  label: StatedFollowUp | undefined,
  answers: readonly StatedFollowUp[],
  claimed: readonly StatedFollowUp[],
  pairs: readonly RequestPair[],
  names: ReadonlyMap<string, string>,
): Judgement {
  const own = pairs.filter(({ labelled }) => label?.requests.includes(labelled));
  const labelledRoute = label?.route ?? 'none';
  const foundRoutes = answers.map(({ route }) => route);
  return {
    place: label?.place ?? claimed[0]!.place,
    isLabelled: label !== undefined,
    labelledRoute,
    foundRoute: strictestRoute(foundRoutes),
    routeVerdict: routeVerdict(labelledRoute, foundRoutes),
    pairs: own.map(({ labelled, found }) => ({
      labelled: labelled.request,
      found: renameIds(found.request, names),
    })),
    missed: (label?.requests ?? [])
      .filter((request) => !own.some(({ labelled }) => labelled === request))
      .map(({ request }) => request),
    invented: claimed
      .flatMap(({ requests }) => requests)
      .filter((request) => !pairs.some(({ found }) => found === request))
      .map(({ request }) => renameIds(request, names)),
    labelledFlags: label?.flags ?? [],
    foundFlags: [...new Set(answers.flatMap(({ flags }) => flags.map((flag) => renameInText(flag, names))))],
  };
}

/** Where one label is found in several pieces, one piece that is wrongly ready to book is enough. */
function routeVerdict(labelled: Route, found: readonly Route[]): RouteVerdict {
  if (labelled !== 'auto' && found.includes('auto')) return 'wrong_auto';
  const strictest = strictestRoute(found);
  if (strictest === labelled) return 'right';
  return ROUTES.indexOf(strictest) < ROUTES.indexOf(labelled) ? 'stricter' : 'looser';
}

/** What each found id is called in the label; of a request that is in no label, a name that none there has. */
function namesOfFound(pairs: readonly RequestPair[], found: Statement): ReadonlyMap<string, string> {
  const all = found.followUps.flatMap(({ requests }) => requests);
  return new Map(
    all.map((request) => {
      const pair = pairs.find((candidate) => candidate.found === request);
      return [request.request.id, pair?.labelled.request.id ?? `${request.request.id}?`];
    }),
  );
}

function judgeDecisions(labelled: Statement, found: Statement): TextJudgement['decisions'] {
  const left = [...found.decisions];
  const right: string[] = [];
  const missed: string[] = [];
  for (const { type, place } of labelled.decisions) {
    const at = left.findIndex((decision) => decision.type === type && overlap(decision.place, place));
    if (at !== -1) left.splice(at, 1);
    (at === -1 ? missed : right).push(type);
  }
  return { right, missed, invented: left.map(({ type }) => type) };
}

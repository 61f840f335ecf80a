import type { ProposalProblem } from '../contracts/calendar.ts';
import { needsTime } from '../contracts/timed-types.ts';
import type { Candidate } from './candidates.ts';
import type { Link } from './links.ts';
import type { Resource, UnitSchedule, VisitType } from './schedule.ts';
import type { VisitNeed } from './visit-need.ts';

const MINUTE_MS = 60_000;

/** A need with everything of the unit that can serve it. */
export interface Fit {
  readonly need: VisitNeed;
  readonly visitType: VisitType;
  readonly durationMs: number;
  /** Who can do it; `isOther` is not the one who was named. */
  readonly performers: readonly { readonly resource: Resource; readonly isOther: boolean }[];
  /** Of each list one is taken; an empty one asks for nothing. */
  readonly rooms: readonly Resource[];
  readonly equipment: readonly Resource[];
  /** Interpreters of the language with times of their own here; none where they are sent for. */
  readonly interpreters: readonly Resource[];
  /** Links of other visits to this one, by their keys. */
  readonly linkedHere: readonly { readonly from: string; readonly link: Link }[];
  /** What was found on a day, by the wishes that may be given up and the day's number. */
  readonly found: Map<string, Iterable<Candidate>>;
  /** Of a list of things the first that is free at a time; undefined where none is. */
  readonly firstFree: Map<string, string | undefined>;
}

/** Finds the visit type and who does it, or says why there is none. */
export function fitNeed(
  need: VisitNeed,
  chain: readonly VisitNeed[],
  { resources, visitTypes }: Pick<UnitSchedule, 'resources' | 'visitTypes'>,
): Fit | ProposalProblem {
  if (!needsTime(need.type)) return 'no_time_needed';
  const visitType = visitTypeFor(need, visitTypes);
  if (visitType === undefined) return 'no_visit_type';
  const role = need.role ?? visitType.role;
  const performers = resources
    .filter(({ kind, staffId, role: ownRole }) => {
      if (kind !== 'person' && kind !== 'role') return false;
      return (role === null ? kind === 'person' : ownRole === role) || (staffId !== null && staffId === need.staffId);
    })
    .map((resource) => ({ resource, isOther: need.staffId !== null && resource.staffId !== need.staffId }));
  if (performers.length === 0) return 'nobody_does_it';
  const ofIds = (ids: readonly string[]) => resources.filter(({ id }) => ids.includes(id));
  const language = need.interpreterLanguage;
  const extraMinutes = language === null ? 0 : visitType.interpreterExtraMinutes;
  return {
    need,
    visitType,
    durationMs: ((need.durationMinutes ?? visitType.durationMinutes) + extraMinutes) * MINUTE_MS,
    performers,
    rooms: ofIds(visitType.roomIds),
    equipment: ofIds(visitType.equipmentIds),
    interpreters:
      language === null ? [] : resources.filter((one) => one.kind === 'interpreter' && one.language === language),
    linkedHere: chain.flatMap(({ key: from, links }) =>
      links.filter(({ to }) => to === need.key).map((link) => ({ from, link })),
    ),
    found: new Map(),
    firstFree: new Map(),
  };
}

/** The visit type that says most of what is asked for, and nothing else. */
export function visitTypeFor<Type extends Pick<VisitType, 'type' | 'service' | 'role'>>(
  { type, service, role, orderedByRole }: Pick<VisitNeed, 'type' | 'service' | 'role' | 'orderedByRole'>,
  visitTypes: readonly Type[],
): Type | undefined {
  const likeness = (one: Type) =>
    (one.service !== null && one.service.toLowerCase() === service?.toLowerCase() ? 2 : 0) +
    (one.role !== null && one.role === (role ?? orderedByRole) ? 1 : 0);
  return visitTypes
    .filter((one) => one.type === type)
    .filter((one) => one.service === null || one.service.toLowerCase() === service?.toLowerCase())
    .filter((one) => one.role === null || role === null || one.role === role)
    .toSorted((one, other) => likeness(other) - likeness(one))[0];
}

import type { Placement } from '../booking/placing.ts';
import type { Anchor } from '../booking/series.ts';
import type { VisitNeed } from '../booking/visit-need.ts';
import { both } from '../booking/wishes.ts';
import type { Chain } from './chain.ts';

/** Where a visit of a series is in a placement: what the next ones are counted from. */
export function anchorIn(
  { needs, occasion }: Pick<Chain, 'needs' | 'occasion'>,
  { at }: Pick<Placement, 'at'>,
): Anchor {
  const root = needs.find(({ links }) => !links.some(({ to }) => at.has(to)))!;
  return { occasion, day: at.get(root.key)!.date };
}

/** What is placed already, as needs that stay: nobody is at two places. */
export function stayingNeeds({ visits }: Pick<Placement, 'visits'>): VisitNeed[] {
  return visits.map(({ fit, ...visit }) => ({ ...fit.need, links: [], fixed: visit }));
}

/** Placements of visits that follow each other in a series; the later one knows of the earlier. */
export function joined(one: Placement, later: Placement): Placement {
  return {
    at: new Map([...one.at, ...later.at]),
    visits: [...one.visits, ...later.visits],
    givesUp: both(one.givesUp, later.givesUp),
    cost: one.cost + later.cost,
  };
}

import { addDays, daysBetween, type LocalDate, laterOf } from '../followup/calendar/local-date.ts';
import { linkedDays } from './links.ts';
import type { VisitNeed } from './visit-need.ts';

/** Around the days that are meant. */
const NEAR = { beforeDays: 14, afterDays: 28 } as const;
/** Past the window, where nothing in it is free. */
const FAR = { beforeDays: 28, afterDays: 60, openDays: 30 } as const;

/** A chain's first visit: the one that hangs on nothing which is still to be placed. */
export function rootOf(needs: readonly VisitNeed[]): VisitNeed {
  const open = needs.filter(({ fixed }) => fixed === null);
  return open.find(({ links }) => !links.some(({ to }) => open.some(({ key }) => key === to))) ?? open[0] ?? needs[0]!;
}

/**
 * Visits that hang together with a task's, the task's own first; links are followed both ways. A request that only
 * stands in the same note is no part of it.
 */
export function linkedNeeds(needs: readonly VisitNeed[], taskId: string): VisitNeed[] {
  const linked = needs.filter((need) => need.taskId === taskId);
  for (const need of linked) {
    for (const other of needs) {
      const hangsOn = need.links.some(({ to }) => to === other.key) || other.links.some(({ to }) => to === need.key);
      if (hangsOn && !linked.includes(other)) linked.push(other);
    }
  }
  return linked;
}

/** What hangs on a task's visit, near or far: a test before it, a letter's answer after the test. */
export function hangingOn(needs: readonly VisitNeed[], taskId: string): VisitNeed[] {
  const hanging = needs.filter((need) => need.taskId === taskId);
  for (const { key } of hanging) {
    for (const other of needs) {
      if (other.links.some(({ to }) => to === key) && !hanging.includes(other)) hanging.push(other);
    }
  }
  return hanging.slice(1);
}

/** The days that have to be known for a search: near what is meant, or all on which something could be had. */
export function daysToSearch(
  needs: readonly VisitNeed[],
  today: LocalDate,
  reach: 'near' | 'far',
): { firstDay: LocalDate; lastDay: LocalDate } {
  const focus = laterOf(focusOf(needs), today);
  const margin = chainDays(needs, focus, reach === 'far' ? 'widest' : 'kept');
  if (reach === 'near') {
    return {
      firstDay: laterOf(addDays(focus, -NEAR.beforeDays - margin), today),
      lastDay: addDays(focus, NEAR.afterDays + margin),
    };
  }
  const { latest, aim } = rootOf(needs);
  const end = laterOf(latest ?? aim?.to ?? focus, addDays(focus, FAR.openDays));
  return {
    firstDay: laterOf(addDays(focus, -FAR.beforeDays - margin), today),
    lastDay: addDays(end, FAR.afterDays + margin),
  };

  function focusOf(chain: readonly VisitNeed[]): LocalDate {
    const root = rootOf(chain);
    for (const link of root.links) {
      const other = chain.find(({ key }) => key === link.to)?.fixed;
      if (other) return linkedDays(link, other.date).wanted;
    }
    return root.aim?.from ?? root.floor ?? today;
  }
}

/** How far apart the visits of a chain may lie. */
function chainDays(needs: readonly VisitNeed[], focus: LocalDate, span: 'kept' | 'widest'): number {
  const distances = needs.flatMap(({ links }) =>
    links
      .filter(({ offset, kind }) => offset !== null || kind === 'same_day')
      .flatMap((link) => {
        const { from, to } = linkedDays(link, focus)[span];
        return [Math.abs(daysBetween(focus, from)), Math.abs(daysBetween(focus, to))];
      }),
  );
  return Math.max(0, ...distances);
}

import type { FollowUpRequest } from '../../contracts/followup.ts';

interface Link {
  readonly requestKey: string | null;
  readonly fields: FollowUpRequest;
  readonly targetDate: string | null;
}

/** Sorts after every day. */
const NO_DAY = '9999-12-31';

/** What belongs together in the order in which it is done: as the links say, else by måldatum. */
export function inOrderOfChain<L extends Link>(links: readonly L[]): L[] {
  const left = links.toSorted((one, other) => dayOf(one).localeCompare(dayOf(other)));
  const ordered: L[] = [];
  while (left.length > 0) {
    const ready = left.findIndex((link) => !left.some((other) => other !== link && comesBefore(other, link)));
    // Links that go round in a circle end by the day.
    ordered.push(...left.splice(Math.max(0, ready), 1));
  }
  return ordered;
}

function comesBefore(one: Link, other: Link): boolean {
  return (
    (one.fields.before !== undefined && one.fields.before === other.requestKey) ||
    (other.fields.after !== undefined && other.fields.after === one.requestKey)
  );
}

function dayOf({ targetDate }: Link): string {
  return targetDate ?? NO_DAY;
}

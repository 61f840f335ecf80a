import type { DictationView } from '../../contracts/dictations-api.ts';

/** What is to be done about a dictation, in the order in which the page shows it. */
export const GROUPS = ['failed', 'toCorrect', 'underWay', 'atAuthor'] as const;
export type Group = (typeof GROUPS)[number];

function groupOf({ state, handedOverAt }: DictationView): Group | undefined {
  switch (state) {
    case 'failed':
      return 'failed';
    case 'received':
    case 'transcribing':
      return 'underWay';
    case 'drafted':
      return handedOverAt === null ? 'toCorrect' : 'atAuthor';
    case 'signed':
    case 'withdrawn':
      return undefined;
    default:
      return state satisfies never;
  }
}

/** Each group with what is in it, the longest waiting first; groups with nothing are left out. */
export function grouped(items: readonly DictationView[]): readonly (readonly [Group, readonly DictationView[]])[] {
  const inOrder = items.toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
  const groups = Map.groupBy(inOrder, groupOf);
  return GROUPS.flatMap((group) => {
    const found = groups.get(group);
    return found ? [[group, found] as const] : [];
  });
}

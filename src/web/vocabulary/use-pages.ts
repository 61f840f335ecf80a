import { useCallback, useEffect, useRef, useState } from 'react';
import { PageError } from '../page-error.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

interface PagesState<Item> extends Page<Item> {
  readonly isLoading: boolean;
  readonly failure: string | undefined;
}

const LOADING = { items: [], next: null, isLoading: true, failure: undefined };
/** Typing goes on for as long. */
const SETTLE_MS = 150;

/**
 * A list that comes in pages, from its beginning whenever `fetchPage` is another function.
 * @param change makes items other ones, such as one that was changed on the server
 */
export function usePages<Item>(fetchPage: (after: string | null) => Promise<Page<Item>>) {
  const [state, setState] = useState<PagesState<Item>>(LOADING);
  /** Answers to a question that is no longer asked are dropped. */
  const round = useRef(0);

  const load = useCallback(
    async (earlier: readonly Item[], after: string | null) => {
      round.current += 1;
      const mine = round.current;
      setState((before) => ({ ...before, isLoading: true, failure: undefined }));
      try {
        const { items, next } = await fetchPage(after);
        if (mine === round.current) setState({ ...LOADING, items: [...earlier, ...items], next, isLoading: false });
      } catch (error) {
        const failure = PageError.from(error).code;
        if (mine === round.current) setState({ items: earlier, next: after, isLoading: false, failure });
      }
    },
    [fetchPage],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load([], null), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [load]);

  return {
    ...state,
    loadMore: () => load(state.items, state.next),
    reload: () => load([], null),
    change: (make: (items: readonly Item[]) => readonly Item[]) =>
      setState((before) => ({ ...before, items: make(before.items) })),
  };
}

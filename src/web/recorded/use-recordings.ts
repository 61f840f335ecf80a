import { useCallback, useEffect, useRef, useState } from 'react';
import type { DictationsUnderWay, DictationView } from '../../contracts/dictations-api.ts';
import { PageError } from '../page-error.ts';
import { startLiveHints } from '../queue/live-hints.ts';
import type { RecordingsClient } from './recordings-client.ts';

/** How far a recording is transcribed is no event, and no look at a patient: it is asked for while one is under way. */
const PROGRESS_EVERY_MS = 2_000;

interface Recordings {
  /** Undefined until they are known. */
  readonly items: readonly DictationView[] | undefined;
  readonly hasMore: boolean;
  readonly failure: string | undefined;
  readonly refresh: () => void;
}

/** The dictations that something is left to do about, kept up while the page is looked at. */
export function useRecordings(client: RecordingsClient): Recordings {
  const [state, setState] = useState<Omit<Recordings, 'refresh'>>({
    items: undefined,
    hasMore: false,
    failure: undefined,
  });
  const round = useRef(0);
  const refresh = useCallback(() => {
    round.current += 1;
    const mine = round.current;
    client.list().then(
      ({ items, next }) => mine === round.current && setState({ items, hasMore: next !== null, failure: undefined }),
      (error) => mine === round.current && setState((known) => ({ ...known, failure: PageError.from(error).code })),
    );
  }, [client]);
  useEffect(() => {
    refresh();
    return startLiveHints(refresh, ['dictation']);
  }, [refresh]);
  const isUnderWay = state.items?.some(({ state: now }) => now === 'transcribing') ?? false;
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(() => {
      if (document.hidden) return;
      client.underWay().then(
        (progress) =>
          setState((known) => ({ ...known, items: known.items?.map((item) => withProgress(item, progress)) })),
        // The list itself tells when the server is away.
        () => undefined,
      );
    }, PROGRESS_EVERY_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, client]);
  return { ...state, refresh };
}

function withProgress(item: DictationView, progress: DictationsUnderWay['items']): DictationView {
  const found = progress.find(({ id }) => id === item.id);
  return found && item.state === 'transcribing' ? { ...item, progress: found } : item;
}
